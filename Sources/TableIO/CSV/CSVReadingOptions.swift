/// How to read CSV: what is forced instead of detected, and how much to hold at a time.
public struct CSVReadingOptions: Sendable {
  /// Which tokenizer reads the records.
  public enum Engine: String, Hashable, Sendable, Codable, CaseIterable {
    /// The SIMD scan, and libcsv for every chunk whose quotes are not plain RFC 4180.
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

  /// What to do with bytes that are not UTF-8.
  public enum InvalidUTF8: String, Hashable, Sendable, Codable, CaseIterable {
    /// An error that names the place and the likely encoding.
    case error
    /// U+FFFD for each maximal invalid part.
    case replace
  }

  /// The delimiter; detected when `nil`.
  public var delimiter: UInt8?
  /// The quote.
  public var quoting: Quoting
  /// Whether the first record is a header; decided by its fields when `nil`.
  public var hasHeader: Bool?
  /// The encoding; told by the byte order mark, else UTF-8, when `nil`.
  public var encoding: TextEncoding?
  /// The tokenizer.
  public var engine: Engine
  /// How many threads parse chunks; all cores when `nil`.
  public var threads: Int?
  /// Whether a short, long or irregularly quoted record is an error.
  public var isStrict: Bool
  /// Lines to drop at the start of each file, before the header.
  public var skippedLineCount: Int
  /// The bytes read for one chunk. Results do not depend on it.
  public var chunkByteCount: Int
  /// What to do with bytes that are not UTF-8.
  public var invalidUTF8: InvalidUTF8
  /// Whether the stored bytes of each file are hashed (XXH3-128) while they are read.
  public var computesDigest: Bool

  public init(
    delimiter: UInt8? = nil, quoting: Quoting = .detected, hasHeader: Bool? = nil,
    encoding: TextEncoding? = nil, engine: Engine = .automatic, threads: Int? = nil,
    isStrict: Bool = false, skippedLineCount: Int = 0, chunkByteCount: Int = 1 << 19,
    invalidUTF8: InvalidUTF8 = .error, computesDigest: Bool = false
  ) {
    self.delimiter = delimiter
    self.quoting = quoting
    self.hasHeader = hasHeader
    self.encoding = encoding
    self.engine = engine
    self.threads = threads
    self.isStrict = isStrict
    self.skippedLineCount = skippedLineCount
    self.chunkByteCount = chunkByteCount
    self.invalidUTF8 = invalidUTF8
    self.computesDigest = computesDigest
  }

  /// Throws when the options contradict each other or no engine can do what they ask.
  package func validate() throws(CSVReadingError) {
    if let delimiter, !Self.canSeparate(delimiter) {
      throw CSVReadingError(
        .unsupportedDialect, text: [delimiter], "the delimiter is not one plain ASCII character",
        advice: "use for example `,`, `;`, `|` or a tab")
    }
    if case .enclosed(let quote) = quoting {
      guard Self.canSeparate(quote), quote != delimiter else {
        throw CSVReadingError(
          .unsupportedDialect, text: [quote],
          "the quote is not one plain ASCII character other than the delimiter",
          advice: "use for example `\"` or `'`")
      }
    }
    if engine == .libcsv, quoting == .none {
      throw CSVReadingError(
        .unsupportedDialect, "libcsv cannot read a file without quoting",
        advice: "leave out `--engine libcsv` or `--quote none`")
    }
    precondition(chunkByteCount > 0, "chunkByteCount must be positive")
  }

  private static func canSeparate(_ byte: UInt8) -> Bool {
    byte < 0x80 && byte != 0 && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r")
  }
}
