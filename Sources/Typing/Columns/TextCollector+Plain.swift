import Columnar
import Platform

extension TextCollector {
  mutating func collectPlain(
    _ fields: FieldSlice, _ scratch: ColumnScratch, _ context: TypingContext,
    _ slabs: inout SlabWriter, _ keepsValues: Bool
  ) -> ColumnChunk? {
    let ends = UnsafeMutableRawPointer(scratch.values).assumingMemoryBound(to: UInt32.self)
    let (byteCount, hasEscapes) = measure(fields, scratch, context, ends)
    guard keepsValues || hasEscapes else {
      noteTexts(scratch) { fields[$0].bytes }
      return nil
    }
    let bytes = keepsValues ? slabs.allocate(byteCount) : nil
    let target = bytes?.pointer(as: UInt8.self) ?? scratch.text(byteCount: byteCount)
    var start = 0
    for row in 0..<fields.rowCount {
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
    noteTexts(target, ends, scratch)
    return bytes.map { textChunk($0, ends, scratch, &slabs) }
  }

  /// Finds the nulls and where each text will end, once doubled quotes in it are made one.
  private mutating func measure(
    _ fields: FieldSlice, _ scratch: ColumnScratch, _ context: TypingContext,
    _ ends: UnsafeMutablePointer<UInt32>
  ) -> (byteCount: Int, hasEscapes: Bool) {
    var (minimum, maximum) = (profile.minimumLength, profile.maximumLength)
    var position = 0
    var longByteCount = 0
    var hasEscapes = false
    for row in 0..<fields.rowCount {
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
      minimum = min(minimum, count)
      maximum = max(maximum, count)
      longByteCount &+= count > 12 ? count : 0
    }
    (profile.minimumLength, profile.maximumLength) = (minimum, maximum)
    source.addText(scratch, context, byteCount: position, longByteCount: longByteCount)
    profile.byteCount += position
    return (position, hasEscapes)
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
      values: .text(
        TextChunk(
          bytes: bytes, ends: endSlice, byteCount: rowCount == 0 ? 0 : Int(ends[rowCount - 1]))
      ))
  }

  /// Notes a chunk's texts, of which each row's ends at its place in `ends`.
  mutating func noteTexts(
    _ bytes: UnsafeMutablePointer<UInt8>, _ ends: UnsafeMutablePointer<UInt32>,
    _ scratch: ColumnScratch
  ) {
    noteTexts(scratch) { row in
      let start = row == 0 ? 0 : Int(ends[row &- 1])
      return UnsafeBufferPointer(start: bytes + start, count: Int(ends[row]) &- start)
    }
  }

  /// Forms, extremes and the count over a chunk's texts, each with 8 readable bytes after it. What
  /// `scratch` has of hashes is lost.
  @inline(__always)
  private mutating func noteTexts(
    _ scratch: ColumnScratch, _ text: (_ row: Int) -> UnsafeBufferPointer<UInt8>
  ) {
    let hasNulls = scratch.report.nullCount > 0
    let isSketched = sketch != nil
    var hashCount = 0
    var extremes = TextExtremes()
    for row in 0..<scratch.report.rowCount {
      if hasNulls, scratch.isNull(row) { continue }
      let text = text(row)
      if !source.isPlainText(text), source.addValue(text, rows: 1) { scratch.markMissing(row) }
      if profile.forms.rawValue != 0 {
        profile.forms = TextForms(classifying: text, among: profile.forms)
      }
      profile.digits.note(text)
      fingerprints?.insert(text)
      sample?.add(text)
      if isSketched {
        scratch.hashes[hashCount] = hashBytes(text.baseAddress.unsafelyUnwrapped, text.count)
        hashCount &+= 1
      }
      extremes.note(text)
    }
    sketch?.insert(hashes: UnsafeBufferPointer(start: scratch.hashes, count: hashCount))
    checkCount()
    note(extremes)
  }

  mutating func noteExtremes(of table: TextTable) {
    var extremes = TextExtremes()
    for code in 0..<table.count { extremes.note(table[code]) }
    note(extremes)
  }

  private mutating func note(_ extremes: TextExtremes) {
    guard let lowest = extremes.lowest, let highest = extremes.highest else { return }
    noteExtreme(lowest)
    // One text may have megabytes. The empty one begins where the next does.
    if highest.baseAddress != lowest.baseAddress || highest.count != lowest.count {
      noteExtreme(highest)
    }
  }

  mutating func noteExtreme(_ text: UnsafeBufferPointer<UInt8>) {
    guard hasExtremes else {
      profile.minimum = Array(text)
      profile.maximum = profile.minimum
      hasExtremes = true
      return
    }
    if profile.minimum.withUnsafeBufferPointer({ precedes(text, $0) }) {
      profile.minimum = Array(text)
    }
    if profile.maximum.withUnsafeBufferPointer({ precedes($0, text) }) {
      profile.maximum = Array(text)
    }
  }
}

/// The smallest and the largest of some texts in byte order.
private struct TextExtremes {
  private(set) var lowest: UnsafeBufferPointer<UInt8>?
  private(set) var highest: UnsafeBufferPointer<UInt8>?
  private var lowestKey = UInt64.max
  private var highestKey: UInt64 = 0

  @inline(__always)
  mutating func note(_ text: UnsafeBufferPointer<UInt8>) {
    let key = leadingKey(text)
    if key <= lowestKey {
      if key < lowestKey || lowest.map({ precedes(text, $0) }) ?? true {
        (lowest, lowestKey) = (text, key)
      }
    }
    if key >= highestKey {
      if key > highestKey || highest.map({ precedes($0, text) }) ?? true {
        (highest, highestKey) = (text, key)
      }
    }
  }
}
