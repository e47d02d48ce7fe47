package import Columnar
package import DelimitedText
package import Typing

/// A table as it was read: what each column is, and its values where they were kept.
package struct LoadedTable {
  package let source: TableSource
  package let rowCount: Int
  package let anomalies: TableAnomalies
  package let inputsRead: [CSVChunkReader.FinishedInput]
  /// Whether the columns have their values.
  package let keepsValues: Bool
  /// Which values that keep columns wide were looked for.
  package var obstacles = ObstacleSearch.none
  package private(set) var columns: [TypedColumn]

  /// Hands the columns over, so that their chunks can be dropped as they are consumed.
  package mutating func takeColumns() -> [TypedColumn] {
    defer { columns = [] }
    return columns
  }

  /// Puts a column before the one with that number.
  mutating func insert(_ column: TypedColumn, at place: Int) { columns.insert(column, at: place) }

  /// Puts columns in the order of their ranks; those of one rank stay in theirs.
  package mutating func sortColumns(by rank: (_ name: String) -> Int) {
    let ranks = columns.map { rank($0.profile.name) }
    columns = columns.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.map { columns[$0] }
  }

  package init(
    _ columns: [TypedColumn], source: TableSource, rowCount: Int,
    anomalies: TableAnomalies = TableAnomalies(), inputsRead: [CSVChunkReader.FinishedInput],
    keepsValues: Bool
  ) {
    self.columns = columns
    self.source = source
    self.rowCount = rowCount
    self.anomalies = anomalies
    self.inputsRead = inputsRead
    self.keepsValues = keepsValues
  }
}
