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
  /// - Parameters:
  ///   - types: The types that columns are to have, by their names; a value that is none of its column's type
  ///     is an error.
  ///   - policy: How columns are stored that no plan names.
  ///   - matching: What becomes of the columns in which the table and the plan differ.
  /// - Throws: `OptionError`, `ReadingError`, `LayoutError`.
  public init(
    contentsOfCSVFile path: String, plan: DietPlan? = nil,
    options: CSVReadingOptions = CSVReadingOptions(), typing: TypingOptions = TypingOptions(),
    types: [String: LogicalType] = [:], policy: LayoutPolicy = LayoutPolicy(),
    matching: PlanMatching = PlanMatching()
  ) throws {
    try self.init(
      contentsOfCSVFiles: [path], plan: plan, options: options, typing: typing, types: types,
      policy: policy, matching: matching)
  }

  /// The table in several CSV files, one after the other; a folder stands for all files in it. They
  /// have the same columns, unless `options.files` says otherwise, or a plan whose columns are restored and added
  /// where a file has them elsewhere or not at all.
  public init(
    contentsOfCSVFiles paths: [String], plan: DietPlan? = nil,
    options: CSVReadingOptions = CSVReadingOptions(), typing: TypingOptions = TypingOptions(),
    types: [String: LogicalType] = [:], policy: LayoutPolicy = LayoutPolicy(),
    matching: PlanMatching = PlanMatching()
  ) throws {
    var reading = ReadingOptions()
    reading.text = options
    if plan == nil { reading.typing = typing }
    reading.types = types
    reading.layout = policy
    try self.init(paths, options: reading, format: .text, plan: plan, matching: matching)
  }

  /// The table in files of one format. What the plan says of columns that are not to be read is left out.
  init(
    _ paths: [String], options: ReadingOptions, format: TableFormat, plan: DietPlan?,
    matching: PlanMatching
  ) throws {
    var (plan, options) = (plan, options)
    // Each file lacks or moves what it may: columns are told by their names.
    let isByName = matching.missingColumns == .add && matching.movedColumns == .restore
    if plan != nil, isByName, options.text.hasHeader != false {
      options.text.files.unionsByName = true
    }
    if let columns = options.columns {
      let names = Set(columns)
      plan?.columns.removeAll { !names.contains($0.name) }
    }
    var preparation = Preparation(plan: plan)
    preparation.matching = matching
    preparation.hashes = false
    var reader = try TableReader(paths, options: options, digest: nil, format: format)
    reader.keepsTypes = true
    self = try reader.prepare(preparation).frameWithAnomalies
  }
}

extension DataFrame {
  /// Writes the table to the CSV file at `path`, which appears when it is complete: a header, commas,
  /// quotes where a field needs them, line feeds (RFC 4180). A null is an empty field, an empty text
  /// is `""`, so that both are read back. Where the name of a column could be a value, as those that `pivoted` makes
  /// of numbers, all names are in quotes, by which readers here know a header above values that have none.
  ///
  /// - Throws: `OutputError`.
  public func write(toCSVFile path: String) throws {
    try CSVFileWriter(self, marksNames: true).write(to: path)
  }
}
