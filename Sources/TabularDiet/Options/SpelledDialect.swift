package import DelimitedText
import FileIO

/// How records are told apart, in the words in which users say it: those of the command's options,
/// and of the C and Python interfaces.
package struct SpelledDialect: Hashable, Sendable {
  package var delimiter: String?
  package var quote: String?
  package var escape: String?
  package var comment: String?
  package var spaces: String?
  package var header: Bool?
  package var headerRecords: Int?
  package var encoding: String?
  package var invalidUTF8 = "error"
  package var skip = 0
  package var skipFooter = 0
  /// `keep` or `drop`.
  package var repeatedHeaders = "keep"
  package var strict = false
  /// `error`, `skip`, or `collect=` and a path.
  package var onBadRecord: String?
  package var engine = "automatic"
  package var maxExpansion: Int?
  package var threads: Int?
  package var unionByName = false
  package var fileNameColumn: String?
  package var hive: Bool?

  package init() {}

  /// Those given that say how text is read, as the command spells them.
  var textOptions: [String] {
    let given: [(String, Bool)] = [
      ("--delimiter", delimiter != nil), ("--quote", quote != nil), ("--escape", escape != nil),
      ("--comment", comment != nil), ("--spaces", spaces != nil),
      (header == false ? "--no-header" : "--header", header != nil),
      ("--header-records", headerRecords != nil), ("--encoding", encoding != nil),
      ("--invalid-utf8", invalidUTF8 != "error"), ("--skip", skip != 0),
      ("--skip-footer", skipFooter != 0),
      ("--repeated-headers", repeatedHeaders != "keep"), ("--strict", strict),
      ("--on-bad-record", onBadRecord != nil), ("--engine", engine != "automatic"),
      ("--max-expansion", maxExpansion != nil),
    ]
    return given.filter(\.1).map(\.0)
  }

  /// What these words mean.
  package func readingOptions(
    digestAlgorithm: DigestAlgorithm? = nil
  ) throws(OptionError) -> CSVReadingOptions {
    var options = CSVReadingOptions()
    if let delimiter {
      let bytes =
        delimiter == "none"
        ? [CSVDialect.noDelimiter] : try optionBytes(delimiter, "--delimiter")
      options.delimiter = bytes[0]
      options.delimiterTail = Array(bytes.dropFirst())
    }
    if let quote {
      options.quoting =
        quote == "none" || quote.isEmpty ? .none : .enclosed(by: try optionByte(quote, "--quote"))
    }
    if let escape {
      options.escaping =
        escape == "none" ? .doubled : .character(try optionByte(escape, "--escape"))
    }
    if let comment {
      options.comments =
        comment == "none" ? .none : .prefix(try optionBytes(comment, "--comment"))
    }
    if let spaces {
      guard let spacing = FieldSpacing(rawValue: spaces) else {
        throw OptionError("--spaces: '\(spaces)' is none of keep, quotes, initial, trim")
      }
      options.spacing = spacing
    }
    try setHeader(of: &options)
    try setText(of: &options)
    try setLimits(of: &options)
    try setFiles(of: &options)
    options.badRecords = try badRecords()
    options.digestAlgorithm = digestAlgorithm
    return options
  }

  private func setHeader(of options: inout CSVReadingOptions) throws(OptionError) {
    options.hasHeader = header
    if let headerRecords {
      guard (1...100).contains(headerRecords), header != false else {
        throw OptionError("--header-records: \(headerRecords) is not between 1 and 100")
      }
      options.headerRecordCount = headerRecords
    }
    guard skip >= 0 else { throw OptionError("--skip: \(skip) is below 0") }
    options.skippedLineCount = skip
    guard skipFooter >= 0 else { throw OptionError("--skip-footer: \(skipFooter) is below 0") }
    options.skippedFooterLineCount = skipFooter
    guard ["keep", "drop"].contains(repeatedHeaders) else {
      throw OptionError("--repeated-headers: '\(repeatedHeaders)' is neither keep nor drop")
    }
    options.dropsRepeatedHeaders = repeatedHeaders == "drop"
  }

  private func setFiles(of options: inout CSVReadingOptions) throws(OptionError) {
    options.files.unionsByName = unionByName
    options.files.readsHiveKeys = hive
    guard fileNameColumn != "" else {
      throw OptionError("--file-name-column: '' is no name of a column")
    }
    options.files.fileNameColumn = fileNameColumn
  }

  private func setText(of options: inout CSVReadingOptions) throws(OptionError) {
    if let encoding {
      guard let named = TextEncoding(rawValue: encoding) else {
        let near = TextEncoding.names(near: encoding).joined(separator: ", ")
        throw OptionError(
          "--encoding: '\(encoding)' is no encoding that is known here; "
            + (near.isEmpty ? "`iconv -l` lists many" : "near it are \(near)"))
      }
      options.encoding = named
    }
    guard let invalid = CSVReadingOptions.InvalidUTF8(rawValue: invalidUTF8) else {
      throw OptionError(
        invalidUTF8 == "binary"
          ? "--invalid-utf8: there are no columns of bytes; `--encoding latin-1` keeps every byte"
            + " as the character of its number"
          : "--invalid-utf8: '\(invalidUTF8)' is neither error nor replace")
    }
    options.invalidUTF8 = invalid
  }

  private func setLimits(of options: inout CSVReadingOptions) throws(OptionError) {
    guard let engine = CSVReadingOptions.Engine(rawValue: engine) else {
      throw OptionError("--engine: '\(engine)' is neither automatic nor libcsv")
    }
    options.engine = engine
    if let threads {
      guard (1...1024).contains(threads) else {
        throw OptionError("--threads: \(threads) is not between 1 and 1024")
      }
      options.threads = threads
    }
    if let maxExpansion {
      guard maxExpansion > 0 else {
        throw OptionError("--max-expansion: \(maxExpansion) is below 1")
      }
      options.maximumExpansion = maxExpansion
    }
  }

  /// Whether a bad record is a finding, for which the command's exit code is 1.
  package var refusesBadRecords: Bool { strict || onBadRecord == "error" }

  private func badRecords() throws(OptionError) -> CSVReadingOptions.BadRecords {
    guard let onBadRecord else { return strict ? .refused : .kept }
    guard !strict else {
      throw OptionError("--strict and --on-bad-record contradict each other")
    }
    switch onBadRecord {
    case "error": return .refused
    case "skip": return .skipped
    case _ where rejectsPath != nil: return .collected
    case "collect", "collect=":
      throw OptionError("--on-bad-record collect: name the file to write the records to")
    default:
      throw OptionError("--on-bad-record: '\(onBadRecord)' is none of error, skip, collect")
    }
  }

  /// The file for records that are left out.
  package var rejectsPath: String? {
    guard let onBadRecord, onBadRecord.hasPrefix("collect="), onBadRecord.utf8.count > 8 else {
      return nil
    }
    return String(onBadRecord.dropFirst(8))
  }
}

private let characterNames: [String: UInt8] = [
  "tab": 0x09, "space": 0x20, "comma": 0x2C, "semicolon": 0x3B, "colon": 0x3A, "pipe": 0x7C,
]

/// The characters that an option names; `tab`, `comma`, `\\t` and `\\x1f` are ways to type some of
/// them.
func optionBytes(_ text: String, _ option: String) throws(OptionError) -> [UInt8] {
  if let byte = characterNames[text] { return [byte] }
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
  guard !bytes.isEmpty else { throw OptionError("\(option): '' is no character") }
  return bytes
}

/// The one character that an option names.
func optionByte(_ text: String, _ option: String) throws(OptionError) -> UInt8 {
  let bytes = try optionBytes(text, option)
  guard bytes.count == 1 else {
    throw OptionError("\(option): '\(text)' is not one ASCII character")
  }
  return bytes[0]
}
