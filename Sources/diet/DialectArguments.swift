import ArgumentParser
import Glibc
import TableIO

/// How records are told apart: the same for every verb.
struct DialectArguments: ParsableArguments {
  @Option(help: "The delimiter: one or more characters, or tab. Found by evidence otherwise.")
  var delimiter: String?

  @Option(help: "The quote: a character, or none.")
  var quote: String?

  @Option(help: "The escape: a character, or none where quotes are doubled.")
  var escape: String?

  @Option(help: "What lines begin with that are comments, or none.")
  var comment: String?

  @Option(
    help: "Spaces at the edges of fields: keep, quotes (nothing around quotes), initial, trim.")
  var spaces: String?

  @Flag(inversion: .prefixedNo, help: "Whether the first record names the columns.")
  var header: Bool?

  @Option(help: "How many records the header takes; several are joined.")
  var headerRecords: Int?

  @Option(help: "utf-8, utf-16le, utf-16be, latin-1 or windows-1252.")
  var encoding: String?

  @Option(help: "What to do with bytes that are not UTF-8: error or replace.")
  var invalidUtf8 = "error"

  @Option(parsing: .unconditional, help: "Lines to leave out before the header.")
  var skip = 0

  @Flag(help: "Refuse short, long and oddly quoted records.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "What becomes of them instead: error, skip, or collect and the file to write them to.",
      valueName: "error|skip|collect file"))
  var onBadRecord: String?

  @Option(help: "The tokenizer: automatic, or libcsv alone.")
  var engine = "automatic"

  @Option(
    help: ArgumentHelp(
      "How many times their size compressed data may grow to; 200 otherwise.", valueName: "n"))
  var maxExpansion: Int?

  @Option(help: "Threads. All cores otherwise.")
  var threads: Int?

  /// What contradicts itself is told before anything is read.
  func validate() throws {
    do {
      try readingOptions().validate()
    } catch let error as CSVReadingError {
      throw ValidationError("\(error)")
    }
  }

  func readingOptions(computesDigest: Bool = false) throws -> CSVReadingOptions {
    var options = CSVReadingOptions()
    if let delimiter {
      let bytes = try Self.bytes(delimiter, option: "--delimiter")
      options.delimiter = bytes[0]
      options.delimiterTail = Array(bytes.dropFirst())
    }
    if let quote {
      options.quoting =
        quote == "none" || quote.isEmpty
        ? .none : .enclosed(by: try Self.byte(quote, option: "--quote"))
    }
    if let escape {
      options.escaping =
        escape == "none" ? .doubled : .character(try Self.byte(escape, option: "--escape"))
    }
    if let comment {
      options.comments =
        comment == "none" ? .none : .prefix(try Self.bytes(comment, option: "--comment"))
    }
    if let spaces {
      guard let spacing = FieldSpacing(rawValue: spaces) else {
        throw ValidationError("--spaces: '\(spaces)' is none of keep, quotes, initial, trim")
      }
      options.spacing = spacing
    }
    options.hasHeader = header
    if let headerRecords {
      guard (1...100).contains(headerRecords), header != false else {
        throw ValidationError("--header-records: \(headerRecords) is not between 1 and 100")
      }
      options.headerRecordCount = headerRecords
    }
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
    if let maxExpansion {
      guard maxExpansion > 0 else {
        throw ValidationError("--max-expansion: \(maxExpansion) is below 1")
      }
      options.maximumExpansion = maxExpansion
    }
    guard skip >= 0 else { throw ValidationError("--skip: \(skip) is below 0") }
    options.skippedLineCount = skip
    options.badRecords = try badRecords()
    options.computesDigest = computesDigest
    return options
  }

  /// Whether a bad record is a finding, for which the exit code is 1.
  var refusesBadRecords: Bool { strict || onBadRecord == "error" }

  private func badRecords() throws -> CSVReadingOptions.BadRecords {
    guard let onBadRecord else { return strict ? .refused : .kept }
    guard !strict else {
      throw ValidationError("--strict and --on-bad-record contradict each other")
    }
    switch onBadRecord {
    case "error": return .refused
    case "skip": return .skipped
    case _ where rejectsPath != nil: return .collected
    case "collect", "collect=":
      throw ValidationError("--on-bad-record collect: name the file to write the records to")
    default:
      throw ValidationError("--on-bad-record: '\(onBadRecord)' is none of error, skip, collect")
    }
  }

  /// The file for records that are left out.
  var rejectsPath: String? {
    guard let onBadRecord, onBadRecord.hasPrefix("collect="), onBadRecord.utf8.count > 8 else {
      return nil
    }
    return String(onBadRecord.dropFirst(8))
  }

  /// A file that holds anything but rejects is not one to replace: it may be an input.
  func refuseToOverwrite(_ path: String) throws {
    guard let file = fopen(path, "r") else { return }
    defer { fclose(file) }
    var start = [UInt8](repeating: 0, count: CSVTableSource.rejectsHeader.utf8.count)
    let count = fread(&start, 1, start.count, file)
    guard count == 0 || start.elementsEqual(CSVTableSource.rejectsHeader.utf8) else {
      throw CommandFailure(
        code: 2,
        message: "\(path): that file has something else in it than rejected records;"
          + " name another one behind `--on-bad-record collect`")
    }
  }

  /// Makes `--on-bad-record collect FILE` one value, which is how it is parsed.
  static func joiningCollect(_ arguments: [String]) -> [String] {
    var joined: [String] = []
    for argument in arguments {
      if joined.suffix(2) == ["--on-bad-record", "collect"], !argument.hasPrefix("-") {
        joined[joined.count - 1] = "collect=\(argument)"
      } else if joined.last == "--on-bad-record=collect", !argument.hasPrefix("-") {
        joined[joined.count - 1] += "=\(argument)"
      } else {
        joined.append(argument)
      }
    }
    return joined
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

  /// The characters that an option names; `tab`, `\\t` and `\\x1f` are ways to type some of them.
  static func bytes(_ text: String, option: String) throws -> [UInt8] {
    if text == "tab" { return [0x09] }
    if text == "space" { return [0x20] }
    var bytes: [UInt8] = []
    var rest = Substring(text)
    while let next = rest.first {
      if rest.hasPrefix("\\t") {
        bytes.append(0x09)
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("\\x"), rest.count >= 4,
        let byte = UInt8(rest.dropFirst(2).prefix(2), radix: 16)
      {
        bytes.append(byte)
        rest = rest.dropFirst(4)
      } else {
        bytes += next.utf8
        rest = rest.dropFirst()
      }
    }
    guard !bytes.isEmpty else { throw ValidationError("\(option): '' is no character") }
    return bytes
  }

  static func byte(_ text: String, option: String) throws -> UInt8 {
    let bytes = try bytes(text, option: option)
    guard bytes.count == 1 else {
      throw ValidationError("\(option): '\(text)' is not one ASCII character")
    }
    return bytes[0]
  }
}
