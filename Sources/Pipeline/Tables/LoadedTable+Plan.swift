import Columnar
import Typing

extension LoadedTable {
  /// Puts a column of this name, of which no row has a value, before the column with that number.
  package mutating func insertNulls(_ name: String, at place: Int) {
    var column = LoadedColumn(
      name: name, chunks: rowCount > 0 ? [TypedChunk(.null, .nulls(rowCount))] : [], parsers: [],
      missingRowCount: rowCount)
    column.settle(as: TypeResolver.Settled(type: .null, kind: .null, fidelity: .text))
    insert(
      TypedColumn(column, rowCount: rowCount, note: nil, keepsValues: keepsValues), at: place)
  }
}
