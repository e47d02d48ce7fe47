public import Columnar
public import DelimitedText
public import MemoryDiet
import Options

extension DataFrame {
  /// The table in a CSV file, every column in the narrowest layout that holds it exactly.
  ///
  /// With a plan, columns are read as the plan says, and a value that does not fit is an error that
  /// names its line; without one, types are found from all fields of all rows.
  ///
  /// - Parameter types: The types that columns are to have, by their names; a value that is none of its
  ///   column's type is an error.
  /// - Throws: `OptionError`, `ReadingError`, `LayoutError`.
  public init(
    contentsOfCSVFile path: String, plan: DietPlan? = nil,
    options: CSVReadingOptions = CSVReadingOptions(), typing: TypingOptions = TypingOptions(),
    types: [String: LogicalType] = [:], policy: LayoutPolicy = LayoutPolicy()
  ) throws {
    try self.init(
      contentsOfCSVFiles: [path], plan: plan, options: options, typing: typing, types: types,
      policy: policy)
  }

  /// The table in several CSV files, one after the other; a folder stands for all files in it. They
  /// have the same columns, unless `options.files` says otherwise.
  public init(
    contentsOfCSVFiles paths: [String], plan: DietPlan? = nil,
    options: CSVReadingOptions = CSVReadingOptions(), typing: TypingOptions = TypingOptions(),
    types: [String: LogicalType] = [:], policy: LayoutPolicy = LayoutPolicy()
  ) throws {
    var reading = ReadingOptions()
    reading.text = options
    if plan == nil { reading.typing = typing }
    reading.types = types
    reading.layout = policy
    try self.init(paths, options: reading, format: .text, plan: plan)
  }

  /// The table in files of one format. Columns that the plan does not name are stored as is best.
  init(_ paths: [String], options: ReadingOptions, format: TableFormat, plan: DietPlan?) throws {
    var preparation = Preparation(plan: plan)
    preparation.allowsOtherColumns = true
    preparation.hashes = false
    self = try TableReader(paths, options: options, digest: nil, format: format)
      .prepare(preparation).frame
  }
}

extension DataFrame {
  /// Writes the table to the CSV file at `path`, which appears when it is complete: a header, commas,
  /// quotes where a field needs them, line feeds (RFC 4180). A null is an empty field, an empty text
  /// is `""`, so that both are read back.
  ///
  /// - Throws: `OutputError`.
  public func write(toCSVFile path: String) throws {
    try CSVFileWriter(self).write(to: path)
  }
}
