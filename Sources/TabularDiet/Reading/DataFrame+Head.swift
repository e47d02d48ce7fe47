package import Columnar
import MemoryDiet
package import Pipeline

extension DataFrame {
  /// The first rows of a table, at least `rowLimit` of them where it has so many, of the types that
  /// all rows call for; without a limit the whole table.
  ///
  /// All of the input is read to learn the types, but only the chunks that hold these rows are kept.
  package init(
    first rowLimit: Int?, of reading: TableReading,
    onSource: (TableSource) throws -> Void = { _ in }
  ) throws {
    func finish(_ table: consuming LoadedTable) throws -> DataFrame {
      try LeanTable(finishing: table, plan: nil, policy: LayoutPolicy()).frame!
    }
    guard let rowLimit else {
      let whole = try reading.load(keepsValues: true)
      try onSource(whole.source)
      self = try finish(whole)
      return
    }
    let whole = try reading.load(keepsValues: false)
    try onSource(whole.source)
    var reading = reading
    reading.progress = nil
    guard whole.columns.count == whole.source.columnCount else {
      // Columns that only longer records have cannot be told what they are.
      self = try finish(try reading.load(keepsValues: true))
      return
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
      if table.rowCount >= min(rowLimit, whole.rowCount) {
        self = try finish(table)
        return
      }
      chunkLimit *= 4
    }
  }
}
