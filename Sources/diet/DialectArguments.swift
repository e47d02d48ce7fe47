import ArgumentParser
import TableIO

/// How records are told apart: the same for every verb.
struct DialectArguments: ParsableArguments {
  @Option(help: "The delimiter: a character, or tab. Found by evidence otherwise.")
  var delimiter: String?

  @Option(help: "The quote: a character, or none.")
  var quote: String?

  @Flag(inversion: .prefixedNo, help: "Whether the first record names the columns.")
  var header: Bool?

  @Option(help: "utf-8, utf-16le, utf-16be, latin-1 or windows-1252.")
  var encoding: String?

  @Option(help: "What to do with bytes that are not UTF-8: error or replace.")
  var invalidUtf8 = "error"

  @Option(help: "Lines to leave out before the header.")
  var skip = 0

  @Flag(help: "Refuse short, long and oddly quoted records.")
  var strict = false

  @Option(help: "The tokenizer: automatic, or libcsv alone.")
  var engine = "automatic"

  @Option(help: "Threads. All cores otherwise.")
  var threads: Int?

  func readingOptions(computesDigest: Bool = false) throws -> CSVReadingOptions {
    var options = CSVReadingOptions()
    options.delimiter = try delimiter.map { try Self.byte($0, option: "--delimiter") }
    if let quote {
      options.quoting =
        quote == "none" || quote.isEmpty
        ? .none : .enclosed(by: try Self.byte(quote, option: "--quote"))
    }
    options.hasHeader = header
    if let encoding {
      guard let named = TextEncoding(rawValue: encoding.lowercased()) else {
        throw ValidationError(
          "--encoding: '\(encoding)' is none of utf-8, utf-16le, utf-16be, latin-1, windows-1252")
      }
      options.encoding = named
    }
    guard let invalid = CSVReadingOptions.InvalidUTF8(rawValue: invalidUtf8) else {
      throw ValidationError("--invalid-utf8: '\(invalidUtf8)' is neither error nor replace")
    }
    options.invalidUTF8 = invalid
    guard let engine = CSVReadingOptions.Engine(rawValue: engine) else {
      throw ValidationError("--engine: '\(engine)' is neither automatic nor libcsv")
    }
    options.engine = engine
    if let threads {
      guard (1...1024).contains(threads) else {
        throw ValidationError("--threads: \(threads) is not between 1 and 1024")
      }
      options.threads = threads
    }
    guard skip >= 0 else { throw ValidationError("--skip: \(skip) is below 0") }
    options.skippedLineCount = skip
    options.isStrict = strict
    options.computesDigest = computesDigest
    return options
  }

  /// The inputs; what can be read only once is kept while it is read.
  static func inputs(
    _ paths: [String], computesDigest: Bool = false
  ) throws -> [CSVInput] {
    try inputsReadOnce(paths)
    return try paths.map { try CSVInput.readingAgain(path: $0, computesDigest: computesDigest) }
  }

  /// The inputs for one pass: none is kept.
  @discardableResult
  static func inputsReadOnce(_ paths: [String]) throws -> [CSVInput] {
    guard paths.filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("standard input can be given once")
    }
    return paths.map(CSVInput.path)
  }

  static func byte(_ text: String, option: String) throws -> UInt8 {
    if text == "tab" || text == "\\t" { return 0x09 }
    guard text.utf8.count == 1, let byte = text.utf8.first else {
      throw ValidationError("\(option): '\(text)' is not one character")
    }
    return byte
  }
}
