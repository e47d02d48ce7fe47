public import Columnar

extension RowGroups {
  /// The rows of each group with the largest values of a column, at most `count` a group: the groups in their
  /// order, within each the largest first, of equal values the earlier row. Nulls and NaN are not among them.
  ///
  ///     try flights.grouped(by: "carrier").largest(3, by: "dep_delay")
  ///
  /// One pass over the rows, and memory for `count` rows of each group.
  ///
  /// - Throws: `GroupingError` for a column that there is not, and a negative count.
  public func largest(_ count: Int, by name: String) throws(GroupingError) -> DataFrame {
    try extremes(count, name, isGreatest: true)
  }

  /// The rows of each group with the smallest values of a column, at most `count` a group: the groups in their
  /// order, within each the smallest first, of equal values the earlier row. Nulls and NaN are not among them.
  ///
  /// - Throws: `GroupingError` for a column that there is not, and a negative count.
  public func smallest(_ count: Int, by name: String) throws(GroupingError) -> DataFrame {
    try extremes(count, name, isGreatest: false)
  }

  private func extremes(
    _ count: Int, _ name: String, isGreatest: Bool
  ) throws(GroupingError) -> DataFrame {
    let column = try frame.columns(named: [name])[0]
    guard count >= 0 else {
      throw GroupingError(
        .argumentOutOfRange, column: name,
        among: [isGreatest ? "largest" : "smallest", "a count from 0"])
    }
    let places = index.sizes().counts.map { min(Int($0), count) }
    let found = index.extremeRows(ColumnRows(column), places, isGreatest: isGreatest)
    return frame.taking(rowNumbers: slots.flatMap { found[$0] })
  }
}
