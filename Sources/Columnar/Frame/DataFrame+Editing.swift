/// The same table with other columns. Nothing is copied: buffers are shared.
extension DataFrame {
  /// This table with a further column at its end.
  ///
  /// - Throws: `FrameError` where the column has another number of rows, or a name that there is.
  public func adding(_ column: Column) throws(FrameError) -> DataFrame {
    guard self[column.name] == nil else { throw .twice(column.name) }
    return try replacing(column, at: nil)
  }

  /// This table with a column in the place of that of the same name, or at its end where there is none.
  ///
  /// - Throws: `FrameError` where the column has another number of rows.
  public func assigning(_ column: Column) throws(FrameError) -> DataFrame {
    try replacing(column, at: columns.firstIndex { $0.name == column.name })
  }

  private func replacing(_ column: Column, at place: Int?) throws(FrameError) -> DataFrame {
    guard column.count == rowCount || columns.isEmpty && rowCount == 0 else {
      throw FrameError(
        .differentRowCounts, column: column.name,
        "it has \(column.count) rows, the table has \(rowCount)")
    }
    var (columns, profiles) = (columns, profiles)
    let profile = ColumnProfile(countsOf: column)
    if let place {
      columns[place] = column
      profiles[place] = profile
    } else {
      columns.append(column)
      profiles.append(profile)
    }
    return DataFrame(
      columns: columns, profiles: profiles, rowCount: column.count,
      anomalies: anomalies)
  }

  /// This table without the columns of these names.
  ///
  /// - Throws: `FrameError` for a name that no column has.
  public func dropping(_ names: String...) throws(FrameError) -> DataFrame {
    try dropping(names)
  }

  /// This table without the columns of these names.
  ///
  /// - Throws: `FrameError` for a name that no column has.
  public func dropping(_ names: [String]) throws(FrameError) -> DataFrame {
    for name in names where self[name] == nil {
      throw .noColumn(name, among: columns.map(\.name))
    }
    return selecting { !names.contains($0.name) }
  }

  /// The columns for which `isWanted` is true, in their order.
  ///
  ///     flights.selecting { $0.type == .float }
  public func selecting(where isWanted: (Column) throws -> Bool) rethrows -> DataFrame {
    let places = try columns.indices.filter { try isWanted(columns[$0]) }
    return DataFrame(
      columns: places.map { columns[$0] }, profiles: places.map { profiles[$0] },
      rowCount: rowCount, anomalies: anomalies)
  }

  /// This table with another name for a column.
  ///
  /// - Throws: `FrameError` where no column has the name, or another has the new one.
  public func renaming(_ name: String, to newName: String) throws(FrameError) -> DataFrame {
    try renaming([name: newName])
  }

  /// This table with other names for some columns, all at once: two may exchange theirs.
  ///
  /// - Throws: `FrameError` where no column has a name, and where two would have one.
  public func renaming(_ names: [String: String]) throws(FrameError) -> DataFrame {
    for name in names.keys.sorted() where self[name] == nil {
      throw .noColumn(name, among: columns.map(\.name))
    }
    let renamed = columns.map { column in names[column.name].map(column.renamed) ?? column }
    if let name = Self.doubledName(in: renamed.map(\.name)) { throw .twice(name) }
    var profiles = profiles
    for place in profiles.indices { profiles[place].name = renamed[place].name }
    return DataFrame(
      columns: renamed, profiles: profiles, rowCount: rowCount,
      anomalies: anomalies)
  }
}
