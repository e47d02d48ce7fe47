public import Columnar
public import DelimitedText
import FileIO
public import MemoryDiet
package import Pipeline

extension DataFrame {
  /// The table in a CSV file, every column in the narrowest layout that holds it exactly.
  ///
  /// With a plan, columns are read as the plan says, and a value that does not fit is an error that
  /// names its line; without one, types are found from all fields of all rows.
  ///
  /// - Parameter types: The types that columns are to have, by their names; a value that is none of its
  ///   column's type is an error.
  /// - Throws: `ReadingError`, `LayoutError`.
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
    var options = options
    let files = try InputFiles(paths, readsHiveKeys: options.files.readsHiveKeys)
    options.files.notes = files.notes
    let loader = TableLoader(
      inputs: files.inputs, reading: options, typing: plan?.typing ?? typing,
      keepsValues: true, countsDistinct: false,
      targets: (plan.map(ColumnTarget.targets) ?? [:])
        .merging(types.mapValues { ColumnTarget(type: $0) }) { _, told in told })
    let table = try LeanTable(finishing: try loader.load(), plan: plan, policy: policy)
    self = table.frame!
  }
}

extension ColumnTarget {
  /// What each column of a plan is to be read as.
  package static func targets(_ plan: DietPlan) -> [String: ColumnTarget] {
    var targets: [String: ColumnTarget] = [:]
    for column in plan.columns {
      targets[column.name] =
        column.dateFormat.flatMap { ColumnTarget(datePattern: $0, type: column.type) }
        ?? ColumnTarget(type: column.type)
    }
    return targets
  }
}
