public import FileIO

/// What ends the records of a file, outside quotes.
public enum LineEnding: String, Hashable, Sendable, Codable, CaseIterable {
  case lf, crlf, cr, mixed
}

/// What spaces and tabs at the edges of a field mean.
public enum FieldSpacing: String, Hashable, Sendable, Codable, CaseIterable {
  /// They are text; a quote behind one is a stray quote.
  case kept = "keep"
  /// They are nothing between a quote and the separator next to it, text elsewhere.
  case aroundQuotes = "quotes"
  /// They are nothing behind a delimiter, at a record's start and behind a closing quote.
  case initial
  /// They are nothing at both edges of a field that is not in quotes.
  case trimmed = "trim"
}

/// How a header's names differ from those of other files.
package struct HeaderForm: Hashable, Sendable, Codable {
  /// Whether there is one name less than records have fields, and the first column has none.
  package var lacksFirstName = false
  /// Whether numbers are the names.
  package var hasNumbers = false
  /// Whether records of units stand below the names, which are no part of them.
  package var hasUnitsBelow = false
  /// Whether the last of those records are the ids of a survey, behind its questions.
  package var hasQuestionsBelow = false
  /// How many records the header may take: without those below the first, columns would have types.
  package var possibleRecordCount = 1
  /// A name that may as well be a value of its column; empty where the header is beyond doubt.
  package var doubtfulName: [UInt8] = []
  /// What stands before the first name, as it does before the lines above, and is no part of it.
  package var sign: [UInt8] = []

  package init() {}
}

/// How a file spells its table.
public struct CSVDialect: Hashable, Sendable, Codable {
  /// The byte between two fields, or the first of them.
  public var delimiter: UInt8
  /// The further bytes of a longer delimiter, as in `||`.
  public var delimiterTail: [UInt8] = []
  /// The byte that encloses fields; `nil` when quotes are plain text.
  public var quote: UInt8?
  /// The byte that takes the meaning from a quote, delimiter, line end or itself behind it; `nil`
  /// where only quotes are doubled.
  public var escape: UInt8?
  /// What lines that are no records begin with; empty where all lines are.
  public var comment: [UInt8] = []
  /// The width of records that may begin like a comment: set where comments are a guess.
  package var commentExemptWidth: Int?
  /// The table's width, where a line may tell by it that a quote in it is text.
  package var quoteMendWidth: Int?
  /// What spaces at the edges of fields mean.
  public var spacing = FieldSpacing.kept
  /// Whether the first record names the columns.
  public var hasHeader: Bool
  /// How many records the header takes, where there is one.
  public var headerRecordCount = 1
  /// How the header's names differ from the usual ones.
  package var headerForm = HeaderForm()
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

  /// A byte that no UTF-8 has: each line is one field.
  package static let noDelimiter: UInt8 = 0xFF

  /// The whole delimiter; empty where lines are not divided.
  public var delimiterText: String {
    delimiter == Self.noDelimiter
      ? "" : String(decoding: [delimiter] + delimiterTail, as: UTF8.self)
  }

  /// Whether only `RecordMachine` can read it: neither the scan nor libcsv knows these things.
  package var needsMachine: Bool {
    !delimiterTail.isEmpty || escape != nil || !comment.isEmpty || spacing != .kept
  }

  /// The delimiter and quote of chunks whose records were spelled again, if any were.
  package var ofChunks: CSVDialect { needsMachine ? CSVDialect() : self }

  /// The quote as chunks have it: 0 stands for "no quoting".
  package var quoteOrZero: UInt8 { ofChunks.quote ?? 0 }
}
