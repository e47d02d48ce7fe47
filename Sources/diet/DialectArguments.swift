import ArgumentParser
import DelimitedText
import FileIO
import Pipeline
import Platform
import TabularDiet

/// How records are told apart: the same for every verb.
struct DialectArguments: ParsableArguments {
  @Option(
    help:
      "The delimiter: one or more characters, or tab, comma, semicolon, pipe. Found by evidence otherwise."
  )
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

  @Option(help: "utf-8, utf-16le, windows-1251, shift_jis …: all that iconv reads.")
  var encoding: String?

  @Option(help: "What to do with bytes that are not UTF-8: error or replace.")
  var invalidUtf8 = "error"

  @Option(parsing: .unconditional, help: "Lines to leave out before the header.")
  var skip = 0

  @Option(parsing: .unconditional, help: "Lines to leave out at the end of each file.")
  var skipFooter = 0

  @Option(help: "Records that equal the header: keep or drop.")
  var repeatedHeaders = "keep"

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

  @Flag(
    help:
      "Put columns of the same name together, wherever they stand; null where a file has none.")
  var unionByName = false

  @Flag(
    inversion: .prefixedNo,
    help: "Whether key=value in paths makes columns; in folders and patterns otherwise.")
  var hive: Bool?

  @Option(
    help: ArgumentHelp("A column that says which file each row is from.", valueName: "name"))
  var fileNameColumn: String?

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

  func readingOptions(digestAlgorithm: DigestAlgorithm? = nil) throws -> CSVReadingOptions {
    try validated { () throws(OptionError) in
      try spelled.readingOptions(digestAlgorithm: digestAlgorithm)
    }
  }

  /// What `paths` lead to, as these options and `typing` say; what can be read only once is kept while
  /// it is read.
  func table(
    _ paths: [String], typing: SpelledTyping = SpelledTyping(), digestAlgorithm: DigestAlgorithm?
  ) throws -> TableReading {
    let files = try files(paths, digestAlgorithm: digestAlgorithm)
    do {
      var table = try TableReading(
        inputs: files.inputs, dialect: spelled, typing: typing, digestAlgorithm: digestAlgorithm)
      table.reading.files.notes = files.notes
      return table
    } catch let error as OptionError {
      throw ValidationError(error.description)
    }
  }

  private var spelled: SpelledDialect {
    var spelled = SpelledDialect()
    spelled.delimiter = delimiter
    spelled.quote = quote
    spelled.escape = escape
    spelled.comment = comment
    spelled.spaces = spaces
    spelled.header = header
    spelled.headerRecords = headerRecords
    spelled.encoding = encoding
    spelled.invalidUTF8 = invalidUtf8
    spelled.skip = skip
    spelled.skipFooter = skipFooter
    spelled.repeatedHeaders = repeatedHeaders
    spelled.strict = strict
    spelled.onBadRecord = onBadRecord
    spelled.engine = engine
    spelled.maxExpansion = maxExpansion
    spelled.threads = threads
    spelled.unionByName = unionByName
    spelled.fileNameColumn = fileNameColumn
    spelled.hive = hive
    return spelled
  }

  /// Whether a bad record is a finding, for which the exit code is 1.
  var refusesBadRecords: Bool { spelled.refusesBadRecords }

  /// The file for records that are left out.
  var rejectsPath: String? { spelled.rejectsPath }

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

  /// Refuses a file that is no text. What can be read only once is not looked at.
  static func refuseTypedFile(_ path: String, _ advice: String) throws {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let format = try TypedFileFormats.format(of: .path(path))
    else { return }
    throw CommandFailure(
      code: 2, message: "\(path): this is \(format.words), whose columns have types; \(advice)")
  }

  /// What `paths` lead to.
  ///
  /// - Parameter keepsStreams: Whether what can be read only once is kept while it is read.
  func files(
    _ paths: [String], digestAlgorithm: DigestAlgorithm? = nil, keepsStreams: Bool = true
  ) throws -> InputFiles {
    guard paths.filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("standard input can be given once")
    }
    return try InputFiles(
      paths, readsHiveKeys: hive, digestAlgorithm: digestAlgorithm, keepsStreams: keepsStreams)
  }

  /// Those given that say how several files make one table.
  var fileOptions: [String] {
    [
      ("--union-by-name", unionByName), ("--hive", hive == true),
      ("--file-name-column", fileNameColumn != nil),
    ].filter(\.1).map(\.0)
  }
}

/// What `body` gives; an option that is wrong is the user's.
func validated<R>(_ body: () throws(OptionError) -> R) throws -> R {
  do {
    return try body()
  } catch {
    throw ValidationError(error.description)
  }
}
