import Columnar
import DelimitedText
import Typing

extension LoadedTable {
  /// A table that was read from arrays. All columns are settled.
  init(
    _ columns: [LoadedColumn], _ source: ArrayTableSource, rowCount: Int, keepsValues: Bool,
    inputsRead: [CSVChunkReader.FinishedInput], adjust: (Int, inout ColumnProfile) -> Void
  ) {
    let typed = columns.enumerated().map { index, column in
      let typed = TypedColumn(column, rowCount: rowCount, note: nil, keepsValues: keepsValues)
      adjust(index, &typed.profile)
      typed.values?.declared = typed.profile.stored?.declared
      return typed
    }
    self.init(
      typed, source: .arrays(source), rowCount: rowCount, inputsRead: inputsRead,
      keepsValues: keepsValues)
  }
}
