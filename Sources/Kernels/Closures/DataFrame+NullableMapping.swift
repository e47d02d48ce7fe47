public import Columnar

// Closures that see nulls, and texts: one row after the other, in one thread. Inlinable, so that the
// client's compiler makes a loop for its own closure.

extension DataFrame {
  /// What the closure makes of each value, `nil` for a null, on either side. Any type of values goes in
  /// and comes out; `map` of a closure over numbers that are not optional is much faster.
  ///
  ///     let initials = try frame.mapOptional("name") { (name: String?) in name?.prefix(1).uppercased() }
  ///
  /// - Throws: `ElementError` where there is no such column, or where `A` does not hold its values;
  ///   `FrameError` for a result that no column holds; what the closure throws.
  @inlinable
  public func mapOptional<A: ColumnValue, R: ColumnValue>(
    _ a: String, _ body: (A?) throws -> R?
  ) throws -> Column {
    let values = try values(a, as: A.self)
    var results: [R?] = []
    results.reserveCapacity(rowCount)
    for value in values { results.append(try body(value)) }
    return try R._column(a, of: results)
  }

  /// What the closure makes of the values of two columns, `nil` for a null.
  ///
  /// - Throws: As the same of one column.
  @inlinable
  public func mapOptional<A: ColumnValue, B: ColumnValue, R: ColumnValue>(
    _ a: String, _ b: String, _ body: (A?, B?) throws -> R?
  ) throws -> Column {
    let (first, second) = (try values(a, as: A.self), try values(b, as: B.self))
    var results: [R?] = []
    results.reserveCapacity(rowCount)
    for (x, y) in zip(first, second) { results.append(try body(x, y)) }
    return try R._column("\(a), \(b)", of: results)
  }

  /// What the closure makes of the values of three and more columns, `nil` for a null: texts, dates and
  /// numbers together.
  ///
  ///     let labels = try frame.mapOptional("carrier", "flight", "origin") {
  ///       (carrier: String?, flight: Int?, origin: String?) in "\(carrier ?? "?")\(flight ?? 0) \(origin ?? "")"
  ///     }
  ///
  /// - Throws: As the same of one column, and `FrameError` where the closure takes fewer or more values
  ///   than columns are named.
  @inlinable
  public func mapOptional<each A: ColumnValue, R: ColumnValue>(
    _ a: String, _ b: String, _ c: String, _ more: String...,
    body: (repeat (each A)?) throws -> R?
  ) throws -> Column {
    let names = [a, b, c] + more
    var count = 0
    for _ in repeat (each A).self { count += 1 }
    try Self.check(names, of: count)
    var rest = names[...]
    let columns = (repeat try values(rest.removeFirst(), as: (each A).self))
    var results: [R?] = []
    results.reserveCapacity(rowCount)
    for row in 0..<rowCount { results.append(try body(repeat (each columns)[row])) }
    return try R._column(names.joined(separator: ", "), of: results)
  }

  /// - Throws: `FrameError` where a closure takes another number of values.
  @usableFromInline
  static func check(_ names: [String], of count: Int) throws(FrameError) {
    guard count == names.count else {
      throw FrameError(
        .argumentOutOfRange, "the closure takes \(count) values, \(names.count) columns are named")
    }
  }
}
