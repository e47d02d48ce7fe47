public import Columnar
import Kernels
import MemoryDiet
package import Pipeline

extension TableReader {
  /// The first `rowLimit` rows of the table, or all where it has fewer, of the types that all rows call for.
  ///
  /// All of the input is read to learn the types, and the start of it once more: only the parts that hold
  /// these rows are kept.
  ///
  /// - Throws: `OptionError` where an option is not for such a table; `ReadingError`.
  public func head(_ rowLimit: Int) throws -> DataFrame {
    try head(max(0, rowLimit), onSource: { _ in }).head(max(0, rowLimit))
  }

  /// The same; without a limit the whole table.
  ///
  /// - Parameter onSource: Called with what was read, before values are.
  package func head(
    _ rowLimit: Int?, onSource: (TableSource) throws -> Void
  ) throws -> DataFrame {
    var reading = try reading()
    func finish(_ table: consuming LoadedTable) throws -> DataFrame {
      try PreparedTable(
        finishing: table, by: self, typing: reading.typing, plan: nil, policy: policy
      ).frame
    }
    guard let rowLimit else {
      let whole = try reading.load(keepsValues: true)
      try onSource(whole.source)
      return try finish(whole)
    }
    let whole = try reading.load(keepsValues: false)
    try onSource(whole.source)
    reading.progress = nil
    guard whole.columns.count == whole.source.columnCount else {
      // Columns that only longer records have cannot be told what they are.
      return try finish(try reading.load(keepsValues: true))
    }
    // What all rows call for.
    reading.typing = reading.typing.settled(by: whole.columns.map(\.profile))
    reading.targets = [:]
    reading.plan = DietPlan(
      typing: reading.typing,
      columns: whole.columns.map(\.profile).map {
        DietPlan.PlannedColumn(
          name: $0.name, type: $0.type, layout: Layout(encoding: "constant"),
          dateFormat: $0.dateFormat)
      })
    var chunkLimit = 1
    while true {
      let table = try reading.load(
        keepsValues: true, chunkLimit: chunkLimit, rowLimit: rowLimit)
      if table.rowCount >= min(rowLimit, whole.rowCount) { return try finish(table) }
      chunkLimit *= 4
    }
  }
}
