/// Lines that no delimiter divides: a table of one column, whatever signs stand in its text.
struct FreeText {
  let dialect: CSVDialect
  let confidence: Double
  /// The usual delimiter that divides most lines; `nil` where none occurs.
  let divider: UInt8?

  /// `nil` where a delimiter explains the lines, or none occurs in the whole input.
  init?(
    _ text: UnsafeBufferPointer<UInt8>, _ best: DialectCandidate, _ base: CSVDialect,
    isComplete: Bool, _ options: CSVReadingOptions
  ) {
    // A header longer than the sample tells nothing.
    guard best.shapes.records.count > 1 else { return nil }
    // A writer that quotes would have quoted a text with the delimiter in it.
    let isUndivided =
      best.score == 0 && !(best.shapes.hasQuotes && best.shapes.isQuotingRegular)
    guard isUndivided || Self.isProse(text, best) else { return nil }
    divider = Self.divider(of: text)
    var dialect = base
    dialect.delimiter =
      isUndivided && isComplete && divider == nil
      ? CSVDialect().delimiter : CSVDialect.noDelimiter
    dialect.delimiterTail = []
    switch options.quoting {
    case .none: dialect.quote = nil
    case .enclosed(let quote): dialect.quote = quote
    case .detected:
      let shapes = RecordShapes(text, dialect)
      if !shapes.isQuotingRegular, options.guessesSurroundings, options.engine == .automatic {
        dialect.quote = nil
      }
    }
    self.dialect = dialect
    confidence = isUndivided && best.width < 2 ? (divider != nil ? 0.9 : 1) : 0.8
  }

  private static let delimiters = Array(",;\t|".utf8)

  private static func divider(of text: UnsafeBufferPointer<UInt8>) -> UInt8? {
    var counts = delimiters.map { _ in 0 }
    for line in text.split(separator: UInt8(ascii: "\n")) {
      for (index, delimiter) in delimiters.enumerated() where line.contains(delimiter) {
        counts[index] += 1
      }
    }
    let most = counts.max() ?? 0
    return most > 0 ? counts.firstIndex(of: most).map { delimiters[$0] } : nil
  }

  /// The delimiter is punctuation: a space follows it, hardly any part is a number, and lines have
  /// it more or less often, or once each below a name without one.
  private static func isProse(
    _ text: UnsafeBufferPointer<UInt8>, _ best: DialectCandidate
  ) -> Bool {
    let delimiter = best.dialect.delimiter
    guard best.dialect.delimiterTail.isEmpty, best.width > 1, best.typedShare < 0.05,
      ",;:".utf8.contains(delimiter), let first = best.shapes.records.first
    else { return false }
    let isUneven = best.share < 0.6 && best.bodyShare < 0.6
    guard isUneven || first.width == 1 && best.width == 2 else { return false }
    var count = 0
    var apart = 0
    for index in text.indices.dropLast() where text[index] == delimiter {
      count += 1
      apart += text[index + 1] == UInt8(ascii: " ") ? 1 : 0
    }
    return count > 0 && (isUneven ? apart * 10 >= count * 9 : apart == count)
  }
}
