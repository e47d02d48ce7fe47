import CKernels
public import Columnar
public import FileIO

/// How to read CSV: what is forced instead of detected, and how much to hold at a time.
public struct CSVReadingOptions: Hashable, Sendable {
  /// Which tokenizer reads the records.
  public enum Engine: String, Hashable, Sendable, Codable, CaseIterable {
    /// The SIMD scan, and a state machine for records whose quotes are not plain RFC 4180.
    case automatic
    /// libcsv alone, the reference.
    case libcsv
  }

  /// What the file says about quoting, or what the caller says instead.
  public enum Quoting: Hashable, Sendable {
    case detected
    case none
    case enclosed(by: UInt8)
  }

  /// What takes the meaning from the character behind it.
  public enum Escaping: Hashable, Sendable {
    /// Found by evidence.
    case detected
    /// Nothing: quotes are doubled.
    case doubled
    case character(UInt8)
  }

  /// Which lines are no records.
  public enum Comments: Hashable, Sendable {
    /// Found by evidence.
    case detected
    case none
    /// Lines that begin so.
    case prefix([UInt8])
  }

  /// What becomes of short, long and irregularly quoted records.
  public enum BadRecords: String, Hashable, Sendable, Codable, CaseIterable {
    /// They are read without losing anything, counted, and reported.
    case kept = "keep"
    /// The first of them is an error.
    case refused = "error"
    /// They are left out, counted, and reported.
    case skipped = "skip"
    /// The same, and their text is kept with the reasons.
    case collected = "collect"
  }

  /// What to do with bytes that are not UTF-8.
  public enum InvalidUTF8: String, Hashable, Sendable, Codable, CaseIterable {
    /// An error that names the place and the likely encoding.
    case error
    /// U+FFFD for each maximal invalid part.
    case replace
  }

  /// The delimiter, or the first byte of it; detected when `nil`. `CSVDialect.noDelimiter` makes each
  /// line one field.
  public var delimiter: UInt8?
  /// The further bytes of a longer delimiter.
  public var delimiterTail: [UInt8] = []
  /// The quote.
  public var quoting: Quoting
  /// The evidence that quotes are text, where all of the input was looked at.
  package var quotesAsText: QuotesAsText?
  /// The escape character.
  public var escaping = Escaping.detected
  /// The comment lines.
  public var comments = Comments.detected
  /// What spaces at the edges of fields mean; detected when `nil`.
  public var spacing: FieldSpacing?
  /// How many records the header takes; detected when `nil`.
  public var headerRecordCount: Int?
  /// Whether the first record is a header; decided by its fields when `nil`.
  public var hasHeader: Bool?
  /// The encoding; told by the byte order mark, else UTF-8, when `nil`.
  public var encoding: TextEncoding?
  /// The tokenizer.
  public var engine: Engine
  /// How many threads parse chunks; all cores when `nil`.
  public var threads: Int?
  /// The same as a number.
  package var threadCount: Int { max(1, threads ?? Int(diet_available_processors())) }
  /// What becomes of short, long and irregularly quoted records.
  public var badRecords: BadRecords
  /// How several files make one table.
  public var files = FileOptions()
  /// Whether records that equal the header are left out.
  public var dropsRepeatedHeaders = false
  /// Lines to drop at the start of each file, before the header.
  public var skippedLineCount: Int
  /// Lines to drop at the end of each file.
  public var skippedFooterLineCount = 0
  /// The bytes read for one chunk. Results do not depend on it.
  public var chunkByteCount: Int
  /// What to do with bytes that are not UTF-8.
  public var invalidUTF8: InvalidUTF8
  /// How many times their size compressed data may grow to, past the first 64 MB.
  public var maximumExpansion = 200
  /// What packed files are refused as, that are no text.
  package var typedFormats = TypedFileSignatures([])
  /// Which bytes of the text of the only file are read: the records that begin there. All where it is `nil`.
  package var byteRange: Range<Int>?
  /// Where a record is known to begin, at the range's start or before it.
  package var knownStart: KnownStart?
  /// How the stored bytes of each file are hashed while they are read; not at all when `nil`.
  public var digestAlgorithm: DigestAlgorithm?

  public init(
    delimiter: UInt8? = nil, quoting: Quoting = .detected, hasHeader: Bool? = nil,
    encoding: TextEncoding? = nil, engine: Engine = .automatic, threads: Int? = nil,
    isStrict: Bool = false, skippedLineCount: Int = 0, chunkByteCount: Int = 1 << 19,
    invalidUTF8: InvalidUTF8 = .error, digestAlgorithm: DigestAlgorithm? = nil
  ) {
    self.delimiter = delimiter
    self.quoting = quoting
    self.hasHeader = hasHeader
    self.encoding = encoding
    self.engine = engine
    self.threads = threads
    badRecords = isStrict ? .refused : .kept
    self.skippedLineCount = skippedLineCount
    self.chunkByteCount = chunkByteCount
    self.invalidUTF8 = invalidUTF8
    self.digestAlgorithm = digestAlgorithm
  }

  /// Whether a short, long or irregularly quoted record is an error.
  public var isStrict: Bool {
    get { badRecords == .refused }
    set { badRecords = newValue ? .refused : .kept }
  }

  /// Whether some records are left out of the table.
  var dropsRecords: Bool { dropsBadRecords || dropsRepeatedHeaders }

  /// Whether it is left to the reader what quotes mean.
  package var guessesQuotes: Bool {
    quoting == .detected && quotesAsText == nil && guessesSurroundings && !isStrict
      && engine == .automatic
  }

  /// Whether lines that quoted fields take with them are counted.
  package var countsSwallowedLines: Bool {
    guessesQuotes || isStrict && quoting == .detected && engine == .automatic
  }

  /// Whether bad records are left out.
  var dropsBadRecords: Bool { badRecords == .skipped || badRecords == .collected }

  /// Whether lines around the table, and between its records, may be taken for something else. Who
  /// names the delimiter knows the file.
  var guessesSurroundings: Bool { delimiter == nil }

  /// Throws when the options contradict each other or no engine can do what they ask.
  package func validate() throws(ReadingError) {
    guard (1...1 << 30).contains(chunkByteCount) else {
      throw ReadingError(
        .unsupportedDialect, "text is not read in chunks of \(chunkByteCount) bytes",
        remedy: "take 1 byte to 1 GiB")
    }
    if let delimiter, delimiter != CSVDialect.noDelimiter, !Self.canSeparate(delimiter) {
      throw ReadingError(
        .unsupportedDialect, text: [delimiter] + delimiterTail,
        delimiterTail.isEmpty
          ? "the delimiter is not one plain ASCII character"
          : "the delimiter is not made of plain ASCII characters",
        remedy: "use for example `,`, `;`, `|` or a tab")
    }
    if case .enclosed(let quote) = quoting {
      guard Self.canSeparate(quote), quote != delimiter else {
        throw ReadingError(
          .unsupportedDialect, text: [quote],
          "the quote is not one plain ASCII character other than the delimiter",
          remedy: "use for example `\"` or `'`")
      }
    }
    if engine == .libcsv, let (what, option) = beyondLibcsv {
      throw ReadingError(
        .unsupportedDialect, "libcsv cannot read a file \(what)",
        remedy: "leave out \(option: "engine", "libcsv") or \(option: option)")
    }
    if !delimiterTail.allSatisfy(Self.canSeparate) {
      throw ReadingError(
        .unsupportedDialect, text: [delimiter ?? 0] + delimiterTail,
        "the delimiter is not made of plain ASCII characters",
        remedy: "use for example `||` or `::`")
    }
    if case .character(let escape) = escaping {
      guard Self.canSeparate(escape), escape != delimiter else {
        throw ReadingError(
          .unsupportedDialect, text: [escape],
          "the escape is not one plain ASCII character other than the delimiter",
          remedy: "use for example `\\`")
      }
    }
    if files.unionsByName, hasHeader == false {
      throw ReadingError(
        .unsupportedDialect, "columns are put together by names, which no header tells",
        remedy: "leave out \(option: "union-by-name") or \(no: "header")")
    }
    precondition(chunkByteCount > 0, "chunkByteCount must be positive")
  }

  /// What libcsv has no words for, and the option that asks for it.
  private var beyondLibcsv: (what: String, option: Sentence.Option)? {
    if quoting == .none { return ("without quoting", .init("quote", .text("none"))) }
    if !delimiterTail.isEmpty {
      return ("whose delimiter is longer than one byte", .init("delimiter"))
    }
    if case .character = escaping {
      return ("with an escape character", .init("escape"))
    }
    if case .prefix = comments { return ("with comments", .init("comment")) }
    if let spacing, spacing != .kept {
      return (
        "where spaces around fields are nothing", .init("spaces", .text(spacing.rawValue))
      )
    }
    return nil
  }

  private static func canSeparate(_ byte: UInt8) -> Bool {
    byte < 0x80 && byte != 0 && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r")
  }
}
