import ArgumentParser
import Columnar
import TableIO
import TabularDiet

/// How the input is read: the same for every verb.
struct ReadingArguments: ParsableArguments {
  @Argument(help: "CSV files of the same columns, .zst and .gz too; - is standard input.")
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

  @Flag(help: "Keep numbers as text where binary64 would lose digits.")
  var exact = false

  func validate() throws {
    _ = try typingOptions()
    _ = try targets()
    guard paths.filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("standard input can be given once")
    }
  }

  func readingOptions(computesDigest: Bool = false) throws -> CSVReadingOptions {
    try dialect.readingOptions(computesDigest: computesDigest)
  }

  func typingOptions() throws -> TypingOptions {
    var options = TypingOptions()
    options.nullTokens = nullToken
    switch zeroPadded {
    case "text": break
    case "numeric": options.readsZeroPaddedNumbers = true
    default: throw ValidationError("--zero-padded: '\(zeroPadded)' is neither text nor numeric")
    }
    if let boolean {
      let words = boolean.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 2, words[0] != words[1], !words.contains("") else {
        throw ValidationError("--boolean: '\(boolean)' is not two words, as in yes,no")
      }
      options.booleanWords = (words[0], words[1])
    }
    options.decimalSeparator = try decimal.map {
      try DialectArguments.byte($0, option: "--decimal")
    }
    options.thousandsSeparator = try thousands.map {
      try DialectArguments.byte($0, option: "--thousands")
    }
    if options.decimalSeparator != nil, options.decimalSeparator == options.thousandsSeparator {
      throw ValidationError("--decimal and --thousands are the same")
    }
    options.keepsExactDigits = exact
    for format in dateFormat where Self.split(format) == nil {
      guard ColumnTarget(datePattern: format) != nil else { throw Self.wrongFormat(format) }
      options.dateFormats.append(format)
    }
    return options
  }

  /// What `--type` and `--date-format` settle of single columns.
  func targets() throws -> [String: ColumnTarget] {
    var targets: [String: ColumnTarget] = [:]
    for text in types {
      guard let (name, typeName) = Self.split(text) else {
        throw ValidationError("--type: '\(text)' is not column=type")
      }
      guard let type = LogicalType(named: typeName) else {
        throw ValidationError(
          "--type: there is no type '\(typeName)'; types are boolean, integer, decimal(2), float,"
            + " date, time(s), timestamp(ms), string")
      }
      targets[name] = ColumnTarget(type: type)
    }
    for text in dateFormat {
      guard let (name, format) = Self.split(text) else { continue }
      guard let target = ColumnTarget(datePattern: format) else { throw Self.wrongFormat(format) }
      targets[name] = target
    }
    return targets
  }

  /// Says on standard error what was odd or left out, and writes the records that were rejected.
  func report(on table: CSVTableSource) throws {
    for note in table.notes { writeToStandardError("diet: note: \(note)\n") }
    guard let path = dialect.rejectsPath else { return }
    try dialect.refuseToOverwrite(path)
    try table.writeRejects(to: path)
  }

  /// The inputs; what can be read only once is kept while it is read.
  func inputs(computesDigest: Bool = false) throws -> [CSVInput] {
    try DialectArguments.inputs(paths, computesDigest: computesDigest)
  }

  private static func split(_ text: String) -> (String, String)? {
    guard let index = text.lastIndex(of: "="), index > text.startIndex else { return nil }
    return (String(text[..<index]), String(text[text.index(after: index)...]))
  }

  private static func wrongFormat(_ format: String) -> ValidationError {
    ValidationError("--date-format: '\(format)' needs each of %d, %m and %Y once")
  }
}
