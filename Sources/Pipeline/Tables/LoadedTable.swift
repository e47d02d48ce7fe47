import Columnar
package import DelimitedText
import Engines
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

  init(
    _ result: LoadingPass.Result, blocks: PandasBlocks?, notes: [Int: String],
    dateFormats: [Int: String], skipped: (String) -> Bool, keepsValues: Bool,
    inputsRead: [CSVChunkReader.FinishedInput], trials: [TrialResult] = []
  ) {
    source = .csv(result.source)
    self.keepsValues = keepsValues
    rowCount = result.rowCount
    anomalies = result.anomalies
    self.inputsRead = inputsRead
    let (found, rows) = (result.columns, result.rowCount)
    let typed = Array(found.indices).parallelMap(threads: result.source.options.threadCount) {
      let typed = TypedColumn(
        found[$0], rowCount: rows, note: notes[$0], keepsValues: keepsValues)
      if typed.profile.type == .date || typed.profile.type.unit != nil {
        typed.profile.dateFormat = dateFormats[$0]
      }
      return typed
    }
    if let blocks {
      let bitmaps = PandasBitmaps(blocks, chunks: result.pieces, rowCount: result.rowCount)
      let byteCounts = bitmaps.byteCounts(
        zip(result.columns, typed).map { column, typed in
          PandasBitmaps.Column(
            rows: column.reports.map(\.missingRows), source: typed.profile.source)
        })
      for index in typed.indices {
        typed[index].profile.source.pandasBitmapByteCount = byteCounts[index]
      }
    }
    result.noteRelations(on: typed)
    for trial in trials {
      typed[trial.plan.column].narrower.append(NarrowerColumn(trial, rowCount: rowCount))
    }
    columns = typed.filter { !skipped($0.profile.name) }
  }

  /// A table that was read from arrays. All columns are settled.
  init(
    _ columns: [LoadedColumn], _ source: ArrayTableSource, rowCount: Int, keepsValues: Bool,
    inputsRead: [CSVChunkReader.FinishedInput], adjust: (Int, inout ColumnProfile) -> Void
  ) {
    self.source = .arrays(source)
    self.rowCount = rowCount
    self.keepsValues = keepsValues
    self.inputsRead = inputsRead
    anomalies = TableAnomalies()
    self.columns = columns.enumerated().map { index, column in
      let typed = TypedColumn(column, rowCount: rowCount, note: nil, keepsValues: keepsValues)
      adjust(index, &typed.profile)
      typed.values?.declared = typed.profile.stored?.declared
      return typed
    }
  }
}
