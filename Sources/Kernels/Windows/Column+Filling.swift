public import Columnar

extension Column {
  /// Each null takes the value of the last row before it that has one: forward fill.
  ///
  /// - Parameters:
  ///   - limit: How many rows a value fills at the most; none below 1.
  ///   - nan: With `skip`, NaN is filled as nulls are; where there is nothing to fill it with, it stays.
  public func forwardFilled(limit: Int = .max, nan: NaNPolicy = .propagate) -> Column {
    let limit = max(0, limit)
    let rows = ColumnRows(self)
    let skipsNaN = nan == .skip && rows.hasNaN
    if rows.nullCount == 0 && !skipsNaN { return self }
    var sources = [UInt32](repeating: noRow, count: count)
    var last = noRow
    func see(_ row: Int, isThere: Bool, isNull: Bool) {
      if isThere { last = UInt32(row) }
      if last != noRow, row - Int(last) <= limit {
        sources[row] = last
      } else if !isNull {
        sources[row] = UInt32(row)
      }
    }
    if skipsNaN {
      OrderKeys(rows).forEachRow(0..<count) { row, key in
        see(row, isThere: key != nil && key != OrderKeys.nanKey, isNull: key == nil)
      }
    } else {
      for row in 0..<count { see(row, isThere: rows.hasValue(row), isNull: !rows.hasValue(row)) }
    }
    return taking(rowNumbers: sources)
  }

  /// This column with `value` where the condition holds; `nil` makes nulls. `isNull` fills them.
  ///
  /// - Throws: `ReductionError` for a condition or a value that does not fit the column.
  public func replacing(
    _ condition: Condition, with value: Scalar?
  ) throws(ReductionError) -> Column {
    let rows = ColumnRows(self)
    return try replacing(try self.rows(where: condition), with: value, rows)
  }

  /// This column of floats with `value` for NaN.
  public func replacingNaN(with value: Double?) throws(ReductionError) -> Column {
    let rows = ColumnRows(self)
    guard type == .float else {
      throw ReductionError(.unsupportedType, rows, reduction: "replace_nan")
    }
    let numbers = try self.rows(where: .between(.float(-.infinity), .float(.infinity)))
    let isThere = try self.rows(where: .isNotNull)
    return try replacing(isThere.common(with: ~numbers), with: value.map { .float($0) }, rows)
  }

  private func replacing(
    _ selection: Selection, with value: Scalar?, _ rows: ColumnRows
  ) throws(ReductionError) -> Column {
    let stored = value?.stored(in: type)
    guard (stored == nil) == (value == nil) else {
      throw ReductionError(.unfitConstant, rows, reduction: "replace")
    }
    if selection.isEmpty { return self }
    let replacing = Replacing(rows, selection, stored)
    switch (type.domain, stored) {
    case (.float, .float?), (.float, nil): return replacing.floats
    case (.bytes, .text?), (.bytes, nil): return replacing.texts
    case (.integer, .integer?), (.integer, nil):
      if let column = type == .boolean ? replacing.booleans : replacing.integers { return column }
      throw ReductionError(.overflow, rows, reduction: "replace")
    default: throw ReductionError(.unfitConstant, rows, reduction: "replace")
    }
  }

  /// The numbers of the rows with the `count` least values first, in the order in which they stand,
  /// then all others; nulls last. Cheaper than sorting.
  public func argpartition(_ count: Int) -> [Int] {
    let rows = ColumnRows(self)
    let keys = OrderKeys(rows)
    let nulls = (0..<self.count).filter { !rows.hasValue($0) }
    guard count > 0, count < rows.valueCount else {
      return (0..<self.count).filter { rows.hasValue($0) } + nulls
    }
    let bound = keys.selected([count - 1])[0]
    var (before, equal, after): ([Int], [Int], [Int]) = ([], [], [])
    keys.forEach(0..<self.count) { row, key in
      if key < bound {
        before.append(row)
      } else if key == bound {
        equal.append(row)
      } else {
        after.append(row)
      }
    }
    let taken = Set(equal.prefix(count - before.count))
    let first = (before + equal.prefix(count - before.count)).sorted()
    return first + (equal.filter { !taken.contains($0) } + after).sorted() + nulls
  }

  /// The rows in the order of `argpartition`.
  public func partitioned(_ count: Int) -> Column {
    taking(rowNumbers: argpartition(count).map { UInt32($0) })
  }
}
