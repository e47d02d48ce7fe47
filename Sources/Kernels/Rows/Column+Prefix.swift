package import Columnar

extension Column {
  /// The first rows: all, or about `limit`, down to a whole word of the bitmap. Buffers are shared:
  /// nothing is copied, and the footprint is that of all rows. Rows that have to be decoded are taken.
  package func prefix(_ limit: Int) -> Column {
    let rows = ColumnRows(self).prefix(limit)
    if rows.count == count { return self }
    if derivation == nil, case .decoded = view {
      return taking(rowNumbers: Array(0..<UInt32(rows.count)))
    }
    var prefix = withRows(
      count: rows.count, nullCount: rows.nullCount, validity: validity?.bits, values: values,
      offsets: offsets)
    // Rows of which none has a value follow from nothing.
    if prefix.nullCount < prefix.count { prefix.derivation = derivation }
    return prefix
  }
}
