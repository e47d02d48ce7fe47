import Columnar
import DelimitedText
import Engines
import Typing

extension LoadedTable {
  init(
    _ result: LoadingPass.Result, blocks: PandasBlocks?, notes: [Int: Note],
    dateFormats: [Int: String], skipped: (String) -> Bool, keepsValues: Bool,
    inputsRead: [CSVChunkReader.FinishedInput], trials: [TrialResult] = []
  ) {
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
        zip(result.missingRows, typed).map { rows, typed in
          PandasBitmaps.Column(rows: rows, source: typed.profile.source)
        })
      for index in typed.indices {
        typed[index].profile.source.pandasBitmapByteCount = byteCounts[index]
      }
    }
    result.noteRelations(on: typed)
    for trial in trials {
      typed[trial.plan.column].narrower.append(NarrowerColumn(trial, rowCount: rows))
    }
    self.init(
      typed.filter { !skipped($0.profile.name) }, source: .csv(result.source), rowCount: rows,
      anomalies: result.anomalies, inputsRead: inputsRead, keepsValues: keepsValues)
  }
}
