import Columnar
import FileIO

extension ReadingError {

  /// A quote that nothing closes before the input ends.
  ///
  /// - Parameters:
  ///   - text: the input from the quote on.
  ///   - isHeader: whether it stands in the header, which cannot be left out.
  static func unterminatedQuote(
    file: String, line: Int?, byteOffset: Int, text: some Collection<UInt8>, isHeader: Bool = false
  ) -> ReadingError {
    ReadingError(
      .unterminatedQuote, file: file, line: line, byteOffset: byteOffset,
      text: Array(text.prefix(61)), "a quoted field opens here and is never closed",
      remedy: isHeader
        ? "close the quote, or read quotes as text with \(option: "quote", "none")"
        : "close the quote, or leave the line out with \(option: "on-bad-record", "skip")")
  }

  /// A record with more fields than a table may have columns.
  static func tooManyColumns(
    _ count: Int, file: String? = nil, line: Int? = nil, byteOffset: Int? = nil
  ) -> ReadingError {
    ReadingError(
      .tooManyColumns, file: file, line: line, byteOffset: byteOffset,
      "the record has \(count) fields, a table has at most \(CSVTableSource.columnLimit) columns",
      remedy:
        "look for a line end that is missing, or name the delimiter with \(option: "delimiter")")
  }

  /// A record that does not fit the memory set aside for one.
  static func recordTooLong(
    file: String, line: Int?, byteOffset: Int, limit: Int
  ) -> ReadingError {
    let quotes: Sentence =
      "look for a quote that is not closed, or read quotes as text with \(option: "quote", "none")"
    guard limit == MemoryLimit.recordByteCount else {
      return ReadingError(
        .recordTooLong, file: file, line: line, byteOffset: byteOffset,
        "the record that begins here does not end within \(limit) bytes", remedy: quotes)
    }
    return ReadingError(
      .recordTooLong, file: file, line: line, byteOffset: byteOffset,
      "the record that begins here does not end within \(limit) bytes, a sixty-fourth of the memory that may be taken",
      remedy: quotes + "; a record that is meant takes more --max-memory")
  }
}
