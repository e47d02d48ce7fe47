import CKernels
import Columnar
import Glibc

/// Gathers one thread's share of a text column: its distinct strings while a dictionary may pay,
/// and the facts that the byte formulas need.
struct TextCollector {
  /// All distinct strings so far. Past 2^20 of them it stays, for the chunks whose codes point to
  /// it, but takes no more.
  private(set) var table = TextTable()
  private(set) var isOpen = true
  private var sketch: DistinctSketch?
  private let purpose: IntegerSet.Purpose
  private(set) var profile = TextProfile()
  /// What the fields were as they stood in the file.
  private(set) var source = SourceSurvey()
  private var classifiedCount = 0
  /// The strings that engines may read as missing, the empty one too.
  private var missingCodes: [UInt32] = []
  /// The bytes of each string as an integer of Python's, as long as all strings are digits.
  private var pythonByteCounts: [Int] = []
  private var escaped: [UInt8] = []
  /// Three quarters of the last chunk's values were the same as the one before.
  private var hasRuns = false

  init(purpose: IntegerSet.Purpose) { self.purpose = purpose }

  /// Reads every row as text. The chunk is `nil` unless the values are to be kept.
  mutating func collect(
    _ fields: FieldSlice, _ scratch: ColumnScratch, _ context: TypingContext,
    slabs: inout SlabWriter, keepsValues: Bool
  ) -> ColumnChunk? {
    scratch.begin(rowCount: fields.rowCount)
    let chunk =
      isOpen
      ? collectCodes(fields, scratch, context, &slabs, keepsValues)
      : collectPlain(fields, scratch, context, &slabs, keepsValues)
    scratch.report.kind = scratch.report.valueCount == 0 ? .null : .string
    return chunk
  }

  // MARK: - Codes

  private mutating func collectCodes(
    _ fields: FieldSlice, _ scratch: ColumnScratch, _ context: TypingContext,
    _ slabs: inout SlabWriter, _ keepsValues: Bool
  ) -> ColumnChunk? {
    let codes = UnsafeMutableRawPointer(scratch.values).assumingMemoryBound(to: UInt32.self)
    var byteCount = 0
    var longByteCount = 0
    if table.count < 16_384 {
      // Looking at the value before pays in runs only: elsewhere the branch is guessed wrong.
      let looksBack = hasRuns
      var repeats = 0
      var last = Field(start: fields.bytes, count: -1, isQuoted: false)
      var lastCode = UInt32.max
      for row in 0..<fields.rowCount {
        var field = fields[row]
        if looksBack, field.count == last.count, equalBytes(field.start, last.start, field.count) {
          repeats &+= 1
          codes[row] = lastCode
          byteCount &+= field.count
          longByteCount &+= field.count > 12 ? field.count : 0
          continue
        }
        if let word = context.nulls.textIndex(of: field) {
          scratch.markNull(row, word: word)
          codes[row] = 0
          continue
        }
        if field.isQuoted { field = unescaped(field, fields.quote) }
        let code = table.code(
          of: field.start, count: field.count, hash: hashBytes(field.start, field.count))
        codes[row] = code
        byteCount &+= field.count
        longByteCount &+= field.count > 12 ? field.count : 0
        if looksBack {
          if !field.isQuoted { (last, lastCode) = (field, code) }
        } else {
          repeats &+= code == lastCode ? 1 : 0
          lastCode = code
        }
      }
      hasRuns = repeats &* 4 > fields.rowCount &* 3
    } else {
      // A large table is not in cache: hash a whole chunk first, then look up with the slots of
      // the next rows already on their way.
      let hashes = scratch.hashes
      for row in 0..<fields.rowCount {
        let field = fields[row]
        hashes[row] = hashBytes(field.start, field.count)
      }
      let ahead = 12
      for row in 0..<fields.rowCount {
        if row &+ ahead < fields.rowCount { table.prefetch(hashes[row &+ ahead]) }
        var field = fields[row]
        var hash = hashes[row]
        if let word = context.nulls.textIndex(of: field) {
          scratch.markNull(row, word: word)
          codes[row] = 0
          continue
        }
        if field.isQuoted {
          field = unescaped(field, fields.quote)
          hash = hashBytes(field.start, field.count)
        }
        codes[row] = table.code(of: field.start, count: field.count, hash: hash)
        byteCount &+= field.count
        longByteCount &+= field.count > 12 ? field.count : 0
      }
    }
    profile.byteCount += byteCount
    source.addText(scratch, context, byteCount: byteCount, longByteCount: longByteCount)
    classifyNewStrings()
    countStrings(codes, scratch)
    let chunk = keepsValues ? store(codes, scratch, &slabs) : nil
    if table.count > TextTable.maximumCount { close(keepsStrings: keepsValues) }
    return chunk
  }

  private func store(
    _ codes: UnsafeMutablePointer<UInt32>, _ scratch: ColumnScratch, _ slabs: inout SlabWriter
  ) -> ColumnChunk {
    let rowCount = scratch.report.rowCount
    if scratch.report.valueCount == 0 { return .nulls(rowCount) }
    let width = table.count <= 1 << 8 ? 1 : table.count <= 1 << 16 ? 2 : 4
    let slice = slabs.allocate(rowCount * width)
    switch width {
    case 1:
      let target = slice.pointer(as: UInt8.self)
      for row in 0..<rowCount { target[row] = UInt8(truncatingIfNeeded: codes[row]) }
    case 2:
      let target = slice.pointer(as: UInt16.self)
      for row in 0..<rowCount { target[row] = UInt16(truncatingIfNeeded: codes[row]) }
    default: memcpy(slice.base, codes, rowCount * 4)
    }
    return ColumnChunk(
      rowCount: rowCount, nullCount: scratch.report.nullCount,
      validity: scratch.storeValidity(&slabs),
      values: .codes(CodeChunk(dictionary: table, width: width, codes: slice)))
  }

  private mutating func classifyNewStrings() {
    while classifiedCount < table.count {
      let text = table[classifiedCount]
      profile.minimumLength = min(profile.minimumLength, text.count)
      profile.maximumLength = max(profile.maximumLength, text.count)
      if profile.forms.rawValue != 0 {
        profile.forms.formIntersection(TextForms(classifying: text))
      }
      let isMissing = source.addString(text)
      if isMissing { missingCodes.append(UInt32(classifiedCount)) }
      if source.hasOnlyIntegers {
        pythonByteCounts += Array(
          repeating: 0, count: classifiedCount - pythonByteCounts.count)
        pythonByteCounts.append(isMissing ? 0 : FieldReading.pythonByteCount(text))
      }
      classifiedCount += 1
    }
  }

  /// Counts the rows of the strings of which engines need to know how often they occur.
  private mutating func countStrings(
    _ codes: UnsafeMutablePointer<UInt32>, _ scratch: ColumnScratch
  ) {
    let rowCount = scratch.report.rowCount
    if let last = missingCodes.last {
      var counts = [Int](repeating: 0, count: missingCodes.count)
      for row in 0..<rowCount where codes[row] <= last && !scratch.isNull(row) {
        guard let index = missingCodes.firstIndex(of: codes[row]) else { continue }
        counts[index] += 1
        scratch.markMissing(row)
      }
      for (index, code) in missingCodes.enumerated() where counts[index] > 0 {
        source.addMissing(table[Int(code)], rows: counts[index])
      }
    }
    if source.hasOnlyIntegers, !pythonByteCounts.isEmpty {
      var byteCount = 0
      for row in 0..<rowCount where !scratch.isNull(row) {
        byteCount &+= pythonByteCounts[Int(codes[row])]
      }
      source.addPythonBytes(byteCount)
    }
  }

  /// Takes no more strings into the dictionary: there are too many.
  private mutating func close(keepsStrings: Bool) {
    isOpen = false
    noteExtremesOfTable()
    if purpose == .report {
      var sketch = DistinctSketch()
      for code in 0..<table.count {
        let text = table[code]
        sketch.insert(hash: hashBytes(text.baseAddress.unsafelyUnwrapped, text.count))
      }
      self.sketch = sketch
    }
    if keepsStrings { table.dropIndex() } else { table = TextTable() }
  }

  // MARK: - Plain text

  private mutating func collectPlain(
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
    guard keepsValues else { return nil }
    if scratch.report.valueCount == 0 { return .nulls(rowCount) }
    let endSlice = slabs.allocate(rowCount * 4)
    memcpy(endSlice.base, ends, rowCount * 4)
    return ColumnChunk(
      rowCount: rowCount, nullCount: scratch.report.nullCount,
      validity: scratch.storeValidity(&slabs),
      values: .text(TextChunk(bytes: bytes, ends: endSlice)))
  }

  /// Forms, extremes and the sketch over a chunk's plain text.
  private mutating func noteExtremes(
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

  private mutating func noteExtremesOfTable() {
    for code in 0..<table.count { noteExtreme(table[code]) }
  }

  private var hasExtremes = false

  private mutating func noteExtreme(_ text: UnsafeBufferPointer<UInt8>) {
    if !hasExtremes || text.lexicographicallyPrecedes(profile.minimum) {
      profile.minimum = Array(text)
    }
    if !hasExtremes || profile.maximum.lexicographicallyPrecedes(text) {
      profile.maximum = Array(text)
    }
    hasExtremes = true
  }

  // MARK: - Quotes

  /// The field with doubled quotes made one; valid until the next call.
  private mutating func unescaped(_ field: Field, _ quote: UInt8) -> Field {
    let doubled = field.doubledQuoteCount(quote)
    if doubled == 0 { return field }
    let count = field.count - doubled
    if escaped.count < count + 16 { escaped = [UInt8](repeating: 0, count: count * 2 + 16) }
    // The array is this collector's own and is not resized before the field is used.
    return escaped.withUnsafeMutableBufferPointer { buffer in
      field.unescape(quote, to: buffer.baseAddress.unsafelyUnwrapped)
      return Field(
        start: UnsafePointer(buffer.baseAddress.unsafelyUnwrapped), count: count, isQuoted: true)
    }
  }

  // MARK: - The whole column

  /// Joins the shares of all threads; `nil` for the text where there are too many strings for a
  /// dictionary.
  static func united(
    _ shares: [TextCollector]
  ) -> (profile: TextProfile, distinct: SortedText?, count: Int?, isExact: Bool) {
    var profile = TextProfile()
    profile.forms = .all
    let used = shares.filter { $0.table.count > 0 || !$0.isOpen }
    for share in used {
      profile.byteCount += share.profile.byteCount
      profile.minimumLength = min(profile.minimumLength, share.profile.minimumLength)
      profile.maximumLength = max(profile.maximumLength, share.profile.maximumLength)
      profile.forms.formIntersection(share.profile.forms)
    }
    if used.allSatisfy(\.isOpen), let distinct = SortedText(uniting: used.map(\.table)) {
      profile.distinctByteCount = distinct.table.byteCount
      if distinct.count > 0 {
        profile.minimum = Array(distinct[0])
        profile.maximum = Array(distinct[distinct.count - 1])
      }
      return (profile, distinct, distinct.count, true)
    }
    var united = TextCollector(purpose: .report)
    var sketch = DistinctSketch()
    var hasSketch = false
    for var share in used {
      if share.isOpen {
        share.noteExtremesOfTable()
        for code in 0..<share.table.count {
          let text = share.table[code]
          sketch.insert(hash: hashBytes(text.baseAddress.unsafelyUnwrapped, text.count))
        }
        hasSketch = hasSketch || share.purpose == .report
      } else if let other = share.sketch {
        sketch.formUnion(other)
        hasSketch = true
      }
      for extreme in [share.profile.minimum, share.profile.maximum] {
        extreme.withUnsafeBufferPointer { united.noteExtreme($0) }
      }
    }
    profile.minimum = united.profile.minimum
    profile.maximum = united.profile.maximum
    return (profile, nil, hasSketch ? sketch.estimate : nil, false)
  }
}
