extension DataFrame {
  /// A table of columns that no file was read for. Its profiles know rows and nulls
  /// only, until it is `profiled()`.
  ///
  /// - Precondition: all columns have the same number of rows.
  public init(_ columns: [Column]) {
    self.init(
      columns: columns, profiles: columns.map(ColumnProfile.init(countsOf:)),
      rowCount: columns.first?.count ?? 0)
  }

  /// The columns with these names, in this order; names that no column has are left out.
  public func selecting(_ names: [String]) -> DataFrame {
    let places = names.compactMap { name in columns.firstIndex { $0.name == name } }
    return DataFrame(
      columns: places.map { columns[$0] }, profiles: places.map { profiles[$0] },
      rowCount: rowCount)
  }
}

extension ColumnProfile {
  /// What a finished column says of itself without a look at its rows.
  init(countsOf column: Column) {
    self.init(
      name: column.name, type: column.type, rowCount: column.count, nullCount: column.nullCount)
    isDistinctExact = valueCount == 0
    distinctCount = isDistinctExact ? 0 : nil
    dictionaryCount = distinctCount
  }
}

extension DataFrame {
  /// Rows without any column.
  package init(emptyOf rowCount: Int) { self.init(columns: [], profiles: [], rowCount: rowCount) }
}
