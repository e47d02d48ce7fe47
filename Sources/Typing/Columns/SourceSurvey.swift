import Columnar

/// Gathers, chunk after chunk on one thread, what a column's fields are as they stand in the file.
///
/// Nothing here runs within the loops that parse: nulls are counted by their words where they are
/// marked, odd spellings are facts of the slow paths, and the rest follows from a chunk's report.
struct SourceSurvey {
  private(set) var facts = SourceFacts()

  /// Adds a chunk that was read as numbers, times or booleans.
  mutating func add(
    _ fields: FieldSlice, _ scratch: ColumnScratch, _ context: TypingContext, countsBytes: Bool
  ) {
    let report = scratch.report
    facts.fieldCount += report.rowCount
    addNulls(scratch, context)
    facts.words.nan = facts.words.nan + scratch.nanWords.mixedCase
    facts.words.lowercaseNaN = facts.words.lowercaseNaN + scratch.nanWords.lowercase
    if countsBytes {
      let lengths = scratch.byteCounts ?? Self.lengths(of: fields)
      facts.byteCount += lengths.all
      facts.longByteCount += lengths.long
    }
    if report.valueCount > 0 { addShapes(report, fields, scratch) }
    facts.simplify()
  }

  /// Adds a chunk that was read as text, but for its strings.
  mutating func addText(
    _ scratch: ColumnScratch, _ context: TypingContext, byteCount: Int, longByteCount: Int
  ) {
    facts.byteCount += byteCount
    facts.longByteCount += longByteCount
    facts.fieldCount += scratch.report.rowCount
    addNulls(scratch, context)
    for (index, count) in scratch.wordCounts where index >= NullWords.firstUserWord {
      let byteCount = context.nulls.spelling(index).count * count
      facts.byteCount += byteCount
      if context.nulls.spelling(index).count > 12 { facts.longByteCount += byteCount }
    }
  }

  /// Adds `rows` fields of the same text, which is no null of ours; true where pandas reads them as
  /// missing.
  @discardableResult
  mutating func addValue(_ text: UnsafeBufferPointer<UInt8>, rows: Int) -> Bool {
    if addString(text) {
      addMissing(text, rows: rows)
      return true
    }
    if hasOnlyIntegers {
      facts.pythonIntegerByteCount += rows * FieldReading.pythonByteCount(text)
    }
    return false
  }

  /// Whether nothing is to be learned of a text: there is other text, and it is no word for a missing value.
  @inline(__always)
  func isPlainText(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count > NullWordTallies.longestWordByteCount && facts.shapes.contains(.text)
  }

  /// Adds the shape of a string; true where it has none, being nothing or a word for a missing
  /// value, and its rows are to be counted.
  mutating func addString(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.count == 0 || NullWordTallies.group(of: text) != nil { return true }
    // Once there is text, nothing else can change what engines take the column for.
    if facts.shapes.contains(.text) { return false }
    let reading = FieldReading(text)
    facts.shapes.formUnion(reading.shapes)
    if let integer = reading.integer {
      facts.minimumInteger = min(facts.minimumInteger, integer)
      facts.maximumInteger = max(facts.maximumInteger, integer)
    }
    facts.simplify()
    return false
  }

  mutating func addMissing(_ text: UnsafeBufferPointer<UInt8>, rows: Int) {
    if let group = NullWordTallies.group(of: text) {
      facts.words[keyPath: group].add(rows, of: text.count)
    } else {
      facts.quotedEmptyCount += rows
    }
  }

  /// Whether all values so far are digits, and there are some.
  var hasOnlyIntegers: Bool { facts.integers != nil }

  mutating func addPythonBytes(_ byteCount: Int) { facts.pythonIntegerByteCount += byteCount }

  // MARK: - Typed chunks

  private mutating func addNulls(_ scratch: ColumnScratch, _ context: TypingContext) {
    for (index, count) in scratch.wordCounts {
      switch index {
      case NullWords.empty: facts.emptyCount += count
      case NullWords.quotedEmpty: facts.quotedEmptyCount += count
      default:
        // A word of the user's is a value to engines that were not told.
        context.nulls.spelling(index).withUnsafeBufferPointer {
          _ = addValue($0, rows: count)
        }
      }
    }
  }

  private mutating func addShapes(
    _ report: ChunkReport, _ fields: FieldSlice, _ scratch: ColumnScratch
  ) {
    let seen = report.facts
    switch report.kind {
    case .null, .ambiguousDate: return
    case .string: facts.shapes.insert(.text)
    case .boolean: facts.shapes.insert(report.style == ChunkReport.toldStyle ? .text : .boolean)
    case .integer, .decimal:
      if seen.contains(.usesDecimalPoint) { facts.shapes.insert(.float) }
      if report.minimumDigits == 0 { facts.shapes.insert(.integer) }
      if report.kind == .integer, facts.shapes.isSubset(of: .integers) {
        facts.minimumInteger = min(facts.minimumInteger, report.minimumValue)
        facts.maximumInteger = max(facts.maximumInteger, report.maximumValue)
      }
    case .float:
      if seen.contains(.wholeNumber) { facts.shapes.insert(.integer) }
      if seen.contains(.binaryFloat) { facts.shapes.insert(.float) }
      if seen.contains(.looseFloat) { facts.shapes.insert(.looseFloat) }
      if seen.contains(.plusNaN) { facts.shapes.insert(.plusNaN) }
      if seen.contains(.oddNaN) { facts.shapes.insert(.oddNaN) }
    case _ where report.isFormatted: addFormattedDates(report, fields, scratch)
    case .date:
      facts.shapes.insert(.date)
      noteFar(report.minimum, report.maximum, perDay: 1)
    case .time:
      facts.shapes.insert(report.maximumDigits > 0 ? .text : .time)
    case .duration: facts.shapes.insert(.text)
    case .timestamp(let unit):
      facts.shapes.insert(seen.contains(.zoned) ? .zonedTimestamp : .timestamp)
      if report.maximumDigits > 0 { facts.shapes.insert(.fraction) }
      noteFar(report.minimum, report.maximum, perDay: 86_400 * unit.perSecond)
    }
    if seen.contains(.plusInteger) { facts.shapes.insert(.plusInteger) }
    if seen.contains(.outerSpace) { facts.shapes.insert(.outerSpace) }
    // Nobody else was told of the separators.
    if seen.contains(.usesDecimalComma) || seen.contains(.grouped) { facts.shapes.insert(.text) }
  }

  private mutating func noteFar(_ minimum: Int64, _ maximum: Int64, perDay: Int64) {
    let first = minimum / perDay - (minimum % perDay < 0 ? 1 : 0)
    let last = maximum / perDay - (maximum % perDay < 0 ? 1 : 0)
    if FieldReading.isFar(day: first) || FieldReading.isFar(day: last) {
      facts.shapes.insert(.farFromEpoch)
    }
  }

  /// Times and instants in a format, whose digits may vary: as other text.
  private mutating func addFormattedTimes(
    _ report: ChunkReport, _ fields: FieldSlice, _ scratch: ColumnScratch
  ) {
    for row in 0..<report.rowCount where !scratch.isNull(row) {
      _ = addString(fields[row].bytes)
      if facts.shapes.contains(.text) { return }
    }
  }

  /// Days in a format that was named or found: one field shows what all look like.
  private mutating func addFormattedDates(
    _ report: ChunkReport, _ fields: FieldSlice, _ scratch: ColumnScratch
  ) {
    guard report.kind == .date else { return addFormattedTimes(report, fields, scratch) }
    let row = (0..<report.rowCount).first { !scratch.isNull($0) }
    guard let row else { return }
    let reading = FieldReading(fields[row].bytes)
    if reading.shapes.isSubset(of: .integers) {
      facts.shapes.insert(.integer)
      // Eight digits: which ones is of no account.
      facts.minimumInteger = min(facts.minimumInteger, 0)
      facts.maximumInteger = max(facts.maximumInteger, 99_999_999)
    } else {
      let isISO = reading.shapes.contains(.date) && !report.facts.contains(.nonCanonical)
      facts.shapes.insert(isISO ? .date : .text)
    }
  }

  // MARK: - Lengths

  /// The bytes of all fields, and of those longer than 12 bytes.
  private static func lengths(of fields: FieldSlice) -> (all: Int, long: Int) {
    var all = 0
    var long = 0
    var row = 0
    while row < fields.rowCount {
      let count = fields[row].count
      all &+= count
      long &+= count > 12 ? count : 0
      row &+= 1
    }
    return (all, long)
  }
}
