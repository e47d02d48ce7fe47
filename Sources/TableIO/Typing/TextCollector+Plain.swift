import Columnar
import Glibc

extension TextCollector {
  mutating func collectPlain(
    _ fields: FieldSlice, _ scratch: ColumnScratch, _ context: TypingContext,
    _ slabs: inout SlabWriter, _ keepsValues: Bool
  ) -> ColumnChunk? {
    let rowCount = fields.rowCount
    let ends = UnsafeMutableRawPointer(scratch.values).assumingMemoryBound(to: UInt32.self)
    var position = 0
    var longByteCount = 0
    var hasEscapes = false
    for row in 0..<rowCount {
      let field = fields[row]
      if let word = context.nulls.textIndex(of: field) {
        scratch.markNull(row, word: word)
        ends[row] = UInt32(truncatingIfNeeded: position)
        continue
      }
      var count = field.count
      if field.isQuoted {
        let doubled = field.doubledQuoteCount(fields.quote)
        hasEscapes = hasEscapes || doubled > 0
        count &-= doubled
      }
      position &+= count
      ends[row] = UInt32(truncatingIfNeeded: position)
      profile.minimumLength = min(profile.minimumLength, count)
      profile.maximumLength = max(profile.maximumLength, count)
      longByteCount &+= count > 12 ? count : 0
    }
    source.addText(scratch, context, byteCount: position, longByteCount: longByteCount)
    profile.byteCount += position
    let bytes = slabs.allocate(position)
    let target = bytes.pointer(as: UInt8.self)
    var start = 0
    for row in 0..<rowCount {
      let end = Int(ends[row])
      if end > start {
        let field = fields[row]
        if hasEscapes, field.isQuoted {
          field.unescape(fields.quote, to: target + start)
        } else {
          copyBytes(field.start, to: target + start, count: end &- start)
        }
      }
      start = end
    }
    noteExtremes(target, ends, scratch)
    return keepsValues ? textChunk(bytes, ends, scratch, &slabs) : nil
  }

  /// A chunk of the text in `bytes`, of which each row's ends at its place in `ends`.
  func textChunk(
    _ bytes: SlabSlice, _ ends: UnsafeMutablePointer<UInt32>, _ scratch: ColumnScratch,
    _ slabs: inout SlabWriter
  ) -> ColumnChunk {
    let rowCount = scratch.report.rowCount
    if scratch.report.valueCount == 0 { return .nulls(rowCount) }
    let endSlice = slabs.allocate(rowCount * 4)
    memcpy(endSlice.base, ends, rowCount * 4)
    return ColumnChunk(
      rowCount: rowCount, nullCount: scratch.report.nullCount,
      validity: scratch.storeValidity(&slabs),
      values: .text(TextChunk(bytes: bytes, ends: endSlice)))
  }

  /// Forms, extremes and the sketch over a chunk's plain text.
  mutating func noteExtremes(
    _ bytes: UnsafeMutablePointer<UInt8>, _ ends: UnsafeMutablePointer<UInt32>,
    _ scratch: ColumnScratch
  ) {
    var start = 0
    var lowest: (key: UInt64, start: Int, count: Int)?
    var highest: (key: UInt64, start: Int, count: Int)?
    for row in 0..<scratch.report.rowCount {
      let end = Int(ends[row])
      let count = end &- start
      defer { start = end }
      if count == 0, scratch.isNull(row) { continue }
      let text = UnsafeBufferPointer(start: bytes + start, count: count)
      if source.addValue(text, rows: 1) { scratch.markMissing(row) }
      if profile.forms.rawValue != 0 {
        profile.forms.formIntersection(TextForms(classifying: text))
      }
      if sketch != nil { sketch!.insert(hash: hashBytes(bytes + start, count)) }
      let key = leadingKey(text)
      if lowest == nil || key < lowest!.key
        || (key == lowest!.key
          && text.lexicographicallyPrecedes(
            UnsafeBufferPointer(start: bytes + lowest!.start, count: lowest!.count)))
      {
        lowest = (key, start, count)
      }
      if highest == nil || key > highest!.key
        || (key == highest!.key
          && UnsafeBufferPointer(start: bytes + highest!.start, count: highest!.count)
            .lexicographicallyPrecedes(text))
      {
        highest = (key, start, count)
      }
    }
    for extreme in [lowest, highest] {
      guard let extreme else { continue }
      noteExtreme(UnsafeBufferPointer(start: bytes + extreme.start, count: extreme.count))
    }
  }

  mutating func noteExtremesOfTable() {
    for code in 0..<table.count { noteExtreme(table[code]) }
  }

  mutating func noteExtreme(_ text: UnsafeBufferPointer<UInt8>) {
    if !hasExtremes || text.lexicographicallyPrecedes(profile.minimum) {
      profile.minimum = Array(text)
    }
    if !hasExtremes || profile.maximum.lexicographicallyPrecedes(text) {
      profile.maximum = Array(text)
    }
    hasExtremes = true
  }
}
