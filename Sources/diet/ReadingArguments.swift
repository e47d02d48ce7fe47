import ArgumentParser
import Columnar
import Glibc
import TableIO
import TabularDiet

/// How the input is read: the same for every verb.
struct ReadingArguments: ParsableArguments {
  @Argument(
    help:
      "CSV files of the same columns, compressed too, or Arrow or Parquet files, or folders of them; - is standard input."
  )
  var paths: [String]

  @OptionGroup var dialect: DialectArguments

  @Option(
    parsing: .unconditionalSingleValue,
    help: "A word that is null in every column. May be repeated.")
  var nullToken: [String] = []

  @Option(
    name: .customLong("type"), parsing: .singleValue,
    help: ArgumentHelp("A column's type, as in zip=string.", valueName: "column=type"))
  var types: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("How dates are written, as in %d/%m/%Y.", valueName: "[column=]format"))
  var dateFormat: [String] = []

  @Option(help: ArgumentHelp("Two words that are true and false.", valueName: "yes,no"))
  var boolean: String?

  @Option(help: "What digits behind zeros are: text or numeric.")
  var zeroPadded = "text"

  @Option(help: "The decimal separator.")
  var decimal: String?

  @Option(help: "The separator of thousands.")
  var thousands: String?

  @Option(parsing: .singleValue, help: ArgumentHelp("Not these columns.", valueName: "a,b"))
  var drop: [String] = []

  @Flag(help: "Keep numbers as text where binary64 would lose digits.")
  var exact = false

  func validate() throws {
    _ = try typingOptions()
    _ = try targets()
    guard paths.filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("standard input can be given once")
    }
  }

  func readingOptions(digestAlgorithm: DigestAlgorithm? = nil) throws -> CSVReadingOptions {
    try dialect.readingOptions(digestAlgorithm: digestAlgorithm)
  }

  func typingOptions() throws -> TypingOptions {
    try validated { () throws(OptionError) in try spelled.typingOptions() }
  }

  /// What `--type` and `--date-format` settle of single columns.
  func targets() throws -> [String: ColumnTarget] {
    try validated { () throws(OptionError) in try spelled.targets() }
  }

  private var spelled: SpelledTyping {
    var spelled = SpelledTyping()
    spelled.nullTokens = nullToken
    spelled.types = types
    spelled.dateFormats = dateFormat
    spelled.boolean = boolean
    spelled.zeroPadded = zeroPadded
    spelled.decimal = decimal
    spelled.thousands = thousands
    spelled.exact = exact
    return spelled
  }

  /// Says on standard error what was odd or left out, and writes the records that were rejected.
  func report(on source: TableSource) throws {
    for note in source.notes { writeToStandardError("diet: note: \(note)\n") }
    if let path = dialect.rejectsPath, let table = source.csv { try table.saveRejects(to: path) }
  }

  /// What is to be read, and how.
  func table(digestAlgorithm: DigestAlgorithm? = nil) throws -> TableReading {
    var table = try dialect.table(paths, typing: spelled, digestAlgorithm: digestAlgorithm)
    table.drop = AnalyzeCommand.columnSet(drop)
    return table
  }

  /// Throws where the file that is to be written is one of those that are read.
  func refuseToOverwriteInput(_ output: String, option: String) throws {
    var target = stat()
    guard stat(output, &target) == 0 else { return }
    for input in try dialect.files(paths, keepsStreams: false).inputs {
      let path = input.path
      var source = stat()
      guard stat(path, &source) == 0, source.st_ino == target.st_ino, source.st_dev == target.st_dev
      else { continue }
      throw CommandFailure(
        code: 2, message: "\(output): that is the input; name another file with \(option)")
    }
  }
}
