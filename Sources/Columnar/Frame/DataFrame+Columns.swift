extension DataFrame {
  /// A table of columns that no file was read for. Its profiles know rows and nulls
  /// only, until it is `profiled()`.
  ///
  /// - Throws: `FrameError` where columns differ in length, and where two have one name.
  public init(_ columns: [Column]) throws(FrameError) {
    if let first = columns.first, let other = columns.first(where: { $0.count != first.count }) {
      throw FrameError(
        .differentRowCounts, column: other.name,
        "it has \(other.count) rows, '\(first.name)' has \(first.count)")
    }
    if let name = Self.doubledName(in: columns.map(\.name)) { throw .twice(name) }
    self.init(aligned: columns)
  }

  /// The same of columns that are known to be of one length. Two may have one name, as in some files.
  ///
  /// - Precondition: all columns have the same number of rows.
  package init(aligned columns: [Column]) {
    self.init(
      columns: columns, profiles: columns.map(ColumnProfile.init(countsOf:)),
      rowCount: columns.first?.count ?? 0)
  }

  /// The first name that stands twice.
  package static func doubledName(in names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
  }

  /// The first column with that name, held as it is in this table, so that one which follows from others may.
  ///
  /// - Throws: `FrameError` for a name that no column has.
  package func column(_ name: String) throws(FrameError) -> Column {
    guard let column = self[name] else { throw .noColumn(name, among: columns.map(\.name)) }
    return column
  }

  /// The columns with these names, in this order.
  ///
  /// - Throws: `FrameError` for a name that no column has, and for one that is given twice.
  public func selecting(_ names: [String]) throws(FrameError) -> DataFrame {
    if let name = Self.doubledName(in: names) { throw .twice(name) }
    var places: [Int] = []
    for name in names {
      guard let place = columns.firstIndex(where: { $0.name == name }) else {
        throw .noColumn(name, among: columns.map(\.name))
      }
      places.append(place)
    }
    return DataFrame(
      columns: places.map { columns[$0] }, profiles: places.map { profiles[$0] },
      rowCount: rowCount, anomalies: anomalies)
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
