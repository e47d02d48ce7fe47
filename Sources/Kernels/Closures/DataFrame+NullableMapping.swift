public import Columnar

// Closures that see nulls, and texts: one row after the other, in one thread.

extension DataFrame {
  /// What the closure makes of each value, `nil` for a null, on either side. Any type of values goes in
  /// and comes out; `map` of a closure over numbers that are not optional is much faster.
  ///
  ///     let initials = try frame.mapOptional("name") { (name: String?) in name?.prefix(1).uppercased() }
  ///
  /// - Throws: `ElementError` where there is no such column, or where `A` does not hold its values;
  ///   `FrameError` for a result that no column holds; what the closure throws.
  public func mapOptional<A: ColumnValue, R: ColumnValue>(
    _ a: String, _ body: (A?) throws -> R?
  ) throws -> Column {
    let values = try values(a, as: A.self)
    return try R._column(a, of: try values.map(body))
  }

  /// What the closure makes of the values of two columns, `nil` for a null.
  ///
  /// - Throws: As the same of one column.
  public func mapOptional<A: ColumnValue, B: ColumnValue, R: ColumnValue>(
    _ a: String, _ b: String, _ body: (A?, B?) throws -> R?
  ) throws -> Column {
    let (first, second) = (try values(a, as: A.self), try values(b, as: B.self))
    var results: [R?] = []
    results.reserveCapacity(rowCount)
    for (x, y) in zip(first, second) { results.append(try body(x, y)) }
    return try R._column("\(a), \(b)", of: results)
  }
}
