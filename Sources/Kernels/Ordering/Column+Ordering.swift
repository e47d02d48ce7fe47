public import Columnar

extension Column {
  /// The numbers of the rows in sorted order; equal values stay as they stand.
  public func argsort(_ order: SortOptions = .ascending) -> [Int] {
    OrderKeys(ColumnRows(self)).argsort(order).map { Int($0) }
  }

  /// The rows in sorted order.
  public func sorted(_ order: SortOptions = .ascending) -> Column {
    taking(rowNumbers: OrderKeys(ColumnRows(self)).argsort(order))
  }

  /// The rows with the `count` greatest values, the greatest first; of equal ones those that stand
  /// first. Nulls and NaN are left out.
  public func largest(_ count: Int) -> [Int] { ends(count, .descending) }

  /// The rows with the `count` least values, the least first. Nulls and NaN are left out.
  public func smallest(_ count: Int) -> [Int] { ends(count, .ascending) }

  /// Values are not sorted: the one that is just in is found by counting, then all that precede it.
  private func ends(_ wanted: Int, _ order: SortOptions) -> [Int] {
    let rows = ColumnRows(self)
    let keys = OrderKeys(rows)
    let numbers = type.domain == .float ? rows.numberCount : rows.valueCount
    let count = min(wanted, numbers)
    guard count > 0 else { return [] }
    let bound = keys.selected([order.isDescending ? numbers - count : count - 1])[0]
    var found: [(key: Int64, row: Int)] = []
    var equal: [Int] = []
    let isNumeric = type.domain == .float
    keys.forEach(0..<rows.count) { row, key in
      if isNumeric && key == OrderKeys.nanKey { return }
      if key == bound {
        if equal.count < count { equal.append(row) }
      } else if (key > bound) == order.isDescending {
        found.append((key, row))
      }
    }
    found.sort { a, b in
      a.key == b.key ? a.row < b.row : (a.key > b.key) == order.isDescending
    }
    return found.map(\.row) + equal.prefix(count - found.count)
  }

  /// How equal values are ranked.
  public enum RankMethod: String, Sendable, CaseIterable {
    /// The mean of the ranks that they take together.
    case average
    /// The rank of the first of equal values.
    case minimum
    /// The rank of the last of equal values.
    case maximum
    /// As they stand.
    case ordinal
    /// Equal values are one rank, and the next value has the next.
    case dense
  }

  /// The rank of each row's value from 1; null where it is null. NaN is greater than all numbers.
  public func rank(_ method: RankMethod = .average) -> Column {
    let rows = ColumnRows(self)
    let keys = OrderKeys(rows)
    let order = keys.argsort(.ascending).prefix(rows.valueCount).map { Int($0) }
    var keyOfRow = [Int64](repeating: 0, count: count)
    keys.forEach(0..<count) { keyOfRow[$0] = $1 }
    var ranks = [Double?](repeating: nil, count: count)
    var (start, distinct) = (0, 0)
    while start < order.count {
      var end = start + 1
      while end < order.count, keyOfRow[order[end]] == keyOfRow[order[start]] { end += 1 }
      distinct += 1
      for place in start..<end {
        ranks[order[place]] =
          switch method {
          case .average: Double(start + 1 + end) / 2
          case .minimum: Double(start + 1)
          case .maximum: Double(end)
          case .ordinal: Double(place + 1)
          case .dense: Double(distinct)
          }
      }
      start = end
    }
    return Column(name, floats: ranks)
  }
}

extension ColumnRows {
  /// The rows whose float is no NaN.
  var numberCount: Int { valueCount == 0 ? 0 : floatSum(.skip).count }
}

extension DataFrame {
  /// The rows sorted by these columns, the first before the others; equal rows stay as they stand.
  ///
  /// - Throws: `GroupingError` for a column that there is not.
  public func sorted(
    on names: String..., order: SortOptions = .ascending
  ) throws(GroupingError) -> DataFrame {
    try sorted(on: names, order: order)
  }

  /// The rows sorted by these columns, the first before the others; equal rows stay as they stand.
  ///
  /// - Throws: `GroupingError` for a column that there is not.
  public func sorted(
    on names: [String], order: SortOptions = .ascending
  ) throws(GroupingError) -> DataFrame {
    try sorted(on: names.map { (name: $0, order: order) })
  }

  /// The rows sorted by these columns, each in an order of its own, the first before the others; equal
  /// rows stay as they stand.
  ///
  ///     try flights.sorted(on: [("carrier", .ascending), ("dep_delay", .descending)])
  ///
  /// - Throws: `GroupingError` for a column that there is not.
  public func sorted(
    on keys: [(name: String, order: SortOptions)]
  ) throws(GroupingError) -> DataFrame {
    let columns = try self.columns(named: keys.map(\.name))
    var rows: [UInt32]?
    // From the last to the first: sorting by one leaves equal rows in the order of the next.
    for (column, key) in zip(columns, keys).reversed() {
      rows = OrderKeys(ColumnRows(column)).argsort(key.order, of: rows)
    }
    return rows.map { taking(rowNumbers: $0) } ?? self
  }

  /// - Parameter table: Which of two tables this is.
  func columns(
    named names: [String], in table: JoinedTable? = nil
  ) throws(GroupingError) -> [Column] {
    var columns: [Column] = []
    for name in names {
      guard let column = self[name] else {
        throw GroupingError(
          .noSuchColumn, column: name, among: self.columns.map(\.name), in: table)
      }
      columns.append(column)
    }
    return columns
  }
}
