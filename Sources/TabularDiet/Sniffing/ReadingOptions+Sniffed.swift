import Columnar
import DelimitedText
import Options

extension ReadingOptions {
  /// The options that force what was found in a file.
  init(forcing file: SniffedFile) {
    self.init()
    let (dialect, surroundings) = (file.finding.dialect, file.finding.surroundings)
    text.delimiter = dialect.delimiter
    text.delimiterTail = dialect.delimiterTail
    text.quoting = dialect.quote.map { .enclosed(by: $0) } ?? .none
    text.escaping = dialect.escape.map { .character($0) } ?? .detected
    text.comments = dialect.comment.isEmpty ? .detected : .prefix(dialect.comment)
    text.spacing = dialect.spacing == .kept ? nil : dialect.spacing
    text.skippedLineCount = surroundings.preambleLineCount + file.readingOptions.skippedLineCount
    text.skippedFooterLineCount =
      surroundings.footerLineCount + file.readingOptions.skippedFooterLineCount
    text.hasHeader = dialect.hasHeader
    text.headerRecordCount =
      dialect.hasHeader && dialect.headerRecordCount > 1 ? dialect.headerRecordCount : nil
    text.encoding = file.likelyEncoding ?? dialect.encoding
    if file.finding.decimalSeparator == UInt8(ascii: ",") { meanings["decimal"] = [","] }
  }

  /// Each option that is given with its value, as a shell takes it.
  var shellOptions: [String] {
    given().map { $0.option.words(for: $0.value).map(\.shellWord).joined(separator: " ") }
  }
}
