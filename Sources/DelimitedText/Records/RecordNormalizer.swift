import Columnar
import FileIO

/// Writes ragged or oddly quoted records as a full rectangle of plain RFC 4180.
///
/// Missing fields become empty (null), extra ones widen the rectangle unless they are empty in
/// every record, blank lines go away in tables of two or more columns. `""` stays `""`.
struct RecordNormalizer: ~Copyable {
  let dialect: CSVDialect
  /// The table's columns; the rectangle may have more.
  let columnCount: Int
  /// The records, an LF after each.
  var buffer = ChunkBuffer(capacity: 0)
  /// The end of every field in `buffer`.
  private(set) var separators = sentinelled(capacity: 0)
  private var separatorCapacity = 0
  private(set) var columns = 0
  private(set) var rows = 0
  /// Whether some field is enclosed in quotes.
  var hasQuotes = false
  var anomalies = RecordAnomalies()

  /// The most fields that a chunk may be padded to: a record of a million fields among a million
  /// short ones would otherwise ask for terabytes.
  private static let cellLimit = 1 << 25

  init(dialect: CSVDialect, columnCount: Int) {
    self.dialect = dialect
    self.columnCount = columnCount
  }

  deinit { freeSentinelled(separators, capacity: separatorCapacity) }

  /// The rectangle, valid until the next `write`.
  func chunk(hasNonASCII: Bool, hasNUL: Bool) -> RegularChunk {
    RegularChunk(
      bytes: buffer.start, byteCount: buffer.count, separators: separators, rows: rows,
      columns: columns, mayHaveQuotes: hasQuotes, trimsCR: false, hasNonASCII: hasNonASCII,
      hasNUL: hasNUL, anomalies: anomalies)
  }

  /// Starts a rectangle of at most `records` rows.
  ///
  /// - Parameter byteCount: what the fields take without their separators, at most.
  /// - Throws: when the rectangle would be beyond reason; the error names no place.
  mutating func begin(width: Int, records: Int, byteCount: Int) throws(ReadingError) {
    guard width <= CSVTableSource.columnLimit else { throw ReadingError.tooManyColumns(width) }
    guard records <= Self.cellLimit / max(1, width) else {
      throw ReadingError(
        .raggedRecord, "a record near here has \(width) fields, the table \(columnCount)",
        remedy: "check the delimiter and the quotes; \(option: "strict") names the line")
    }
    columns = width
    rows = 0
    hasQuotes = false
    anomalies = RecordAnomalies()
    buffer.count = 0
    buffer.reserve(byteCount + records * width)
    if records * width > separatorCapacity {
      freeSentinelled(separators, capacity: separatorCapacity)
      separatorCapacity = records * width
      separators = sentinelled(capacity: separatorCapacity)
    }
  }

  /// Counts what is odd about the next record; false when it is a blank line to drop.
  mutating func accepts(fieldCount: Int) -> Bool {
    if fieldCount == 0 && columnCount != 1 {
      anomalies.blank.note(row: rows)
      return false
    }
    if fieldCount > columnCount { anomalies.long.note(row: rows) }
    if fieldCount < columnCount && fieldCount > 0 { anomalies.short.note(row: rows) }
    return true
  }

  /// Ends the field that was appended last.
  mutating func endField(_ column: Int) {
    separators[rows * columns + column] = UInt32(truncatingIfNeeded: buffer.count)
    buffer.append(column + 1 == columns ? UInt8(ascii: "\n") : dialect.delimiter)
  }

  /// Ends the row, its fields from `column` on being empty.
  mutating func endRow(emptyFrom column: Int) {
    for missing in column..<columns { endField(missing) }
    rows += 1
  }
}
