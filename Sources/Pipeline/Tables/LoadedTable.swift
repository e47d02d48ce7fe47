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
