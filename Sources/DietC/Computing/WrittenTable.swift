import Columnar
import MemoryDiet
import Options
import TabularDiet

/// Files held against the tables that they were written from.
enum WrittenTable {
  /// Reads the file and compares every value with the table: a decimal as itself or as the binary64 that spells it.
  ///
  /// - Throws: `OtherValuesError` with the first difference, and what reading throws.
  static func verify(_ path: String, against frame: DataFrame) throws {
    guard let format = LeanFormats.format(of: path) else {
      throw OptionError("\(path): the name tells no format; it ends in \(LeanFormats.suffixList)")
    }
    let plan = DietPlan(for: frame)
    // Text is read in the layouts of the plan, by which columns are compared.
    let planned = try frame.applying(plan)
    let differences = try format.differences(at: path, from: planned, plan: plan)
    guard let difference = differences.first else { return }
    let place = difference.column.map { "column `\($0)`" } ?? "the file"
    let row = difference.row.map { ", row \($0 + 1)" } ?? ""
    throw OtherValuesError(
      description: "\(path): \(place)\(row): it has \(difference.file ?? "nothing"), the table"
        + " \(difference.table ?? "nothing")")
  }
}

/// A file that is not what was written.
struct OtherValuesError: Error, CustomStringConvertible {
  let description: String
}
