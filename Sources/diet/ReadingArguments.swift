import ArgumentParser
import Columnar
import DelimitedText
import FileIO
import Pipeline
import Platform
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
    help: ArgumentHelp(
      "A word that is null in every column, or in the column that is named in front of it. May be"
        + " repeated. Where no column has that name, the = is part of the word.",
      valueName: "[column=]word"))
  var nullToken: [String] = []

  @Option(
    name: .customLong("type"), parsing: .singleValue,
    help: ArgumentHelp("A column's type, as in zip=string.", valueName: "column=type"))
  var types: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("How dates are written, as in %d/%m/%Y.", valueName: "[column=]format"))
  var dateFormat: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Two words that are true and false.", valueName: "[column=]yes,no"))
  var boolean: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "What digits behind zeros are: text or numeric.", valueName: "[column=]kind"))
  var zeroPadded: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("The decimal separator.", valueName: "[column=]sign"))
  var decimal: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("The separator of thousands.", valueName: "[column=]sign"))
  var thousands: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Columns of numbers with a sign of money, of percent or a unit beside them, which is left out"
        + " and said; negative ones may stand in parentheses. Or all: those with a sign of money or"
        + " percent in every value.",
      valueName: "a,b"))
  var number: [String] = []

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

  /// What `--type` settles of single columns.
  private func targets() throws -> [String: ColumnTarget] {
    try validated { () throws(OptionError) in try spelled.targets() }
  }

  private var spelled: SpelledTyping {
    var spelled = SpelledTyping()
    spelled.nullTokens = nullToken.map { .words($0) }
    spelled.types = types
    spelled.dateFormats = dateFormat.map { .words($0) }
    spelled.boolean = boolean.map { .words($0) }
    spelled.zeroPadded = zeroPadded.map { .words($0) }
    spelled.decimal = decimal.map { .words($0) }
    spelled.thousands = thousands.map { .words($0) }
    spelled.numbers = number.flatMap(ColumnNames.names)
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
