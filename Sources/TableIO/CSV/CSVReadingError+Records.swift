extension CSVReadingError {
  /// A quote that nothing closes before the input ends.
  ///
  /// - Parameter text: the input from the quote on.
  static func unterminatedQuote(
    file: String, line: Int?, byteOffset: Int, text: some Collection<UInt8>
  ) -> CSVReadingError {
    CSVReadingError(
      .unterminatedQuote, file: file, line: line, byteOffset: byteOffset,
      text: Array(text.prefix(61)), "a quoted field opens here and is never closed",
      advice: "close the quote, or read quotes as text with `--quote none`")
  }

  /// A record that does not fit the memory set aside for one.
  static func recordTooLong(
    file: String, line: Int?, byteOffset: Int, limit: Int
  ) -> CSVReadingError {
    CSVReadingError(
      .recordTooLong, file: file, line: line, byteOffset: byteOffset,
      "the record that begins here does not end within \(limit) bytes",
      advice: "look for a quote that is not closed, or read quotes as text with `--quote none`")
  }
}
