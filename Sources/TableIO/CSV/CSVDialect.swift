/// What ends the records of a file, outside quotes.
public enum LineEnding: String, Hashable, Sendable, Codable, CaseIterable {
  case lf, crlf, cr, mixed
}

/// How a file spells its table.
public struct CSVDialect: Hashable, Sendable, Codable {
  /// The ASCII byte between two fields.
  public var delimiter: UInt8
  /// The byte that encloses fields; `nil` when quotes are plain text.
  public var quote: UInt8?
  /// Whether the first record names the columns.
  public var hasHeader: Bool
  /// The encoding of the stored bytes.
  public var encoding: TextEncoding
  /// What ends records, as far as the sample shows.
  public var lineEnding: LineEnding

  public init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""),
    hasHeader: Bool = true, encoding: TextEncoding = .utf8, lineEnding: LineEnding = .lf
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.hasHeader = hasHeader
    self.encoding = encoding
    self.lineEnding = lineEnding
  }

  /// The quote as the C scan takes it: 0 stands for "no quoting".
  package var quoteOrZero: UInt8 { quote ?? 0 }
}
