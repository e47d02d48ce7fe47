public import Columnar

/// Which row of the other table is the partner in an as-of join.
public enum AsOfDirection: String, Hashable, Sendable, CaseIterable {
  /// The last one that is not later: the quote that held at the moment of a trade.
  case backward
  /// The first one that is not earlier.
  case forward
  /// Whichever of these two is nearer; where both are as near, the last one that is not later.
  case nearest
}

extension DataFrame {
  /// Each row of this table beside the row of `other` whose value in the column `name` is nearest, on one
  /// side or on either, as `merge_asof` in pandas and `join_asof` in polars do. Neither table need be
  /// sorted.
  ///
  /// Rows without such a partner have nulls; so have those whose value is null or NaN. Of equal values
  /// `backward` takes the row that stands last, `forward` the one that stands first; `nearest` as that of
  /// both whose row it takes. Takes time of *n* log *n* in the rows of `other`.
  ///
  ///     try trades.joined(
  ///       asOf: quotes, on: "time", by: ["symbol"], direction: .nearest,
  ///       tolerance: .duration(5, unit: .second))
  ///
  /// - Parameter names: Columns whose values have to be equal, too.
  /// - Parameter tolerance: How far from the value that of the partner may be, itself included: a number
  ///   for numbers, days for dates, a duration for times and timestamps.
  /// - Throws: `GroupingError` for columns that there are not, or of different types, where two columns
  ///   would have one name, for `nearest` and a tolerance on text, and for a tolerance that is less than
  ///   0 or none of the column's distances.
  public func joined(
    asOf other: DataFrame, on name: String, by names: [String] = [],
    direction: AsOfDirection = .backward, tolerance: Scalar? = nil
  ) throws(GroupingError) -> DataFrame {
    let (left, right) = (
      try columns(named: [name], in: .left)[0], try other.columns(named: [name], in: .right)[0]
    )
    let (keys, otherKeys) = (
      try columns(named: names, in: .left), try other.columns(named: names, in: .right)
    )
    var pairs: [(Column, Column)] = []
    for (a, b) in zip(keys, otherKeys) { pairs.append(try a.comparable(with: b)) }
    let (own, others) = try left.comparable(with: right)
    let both: Column
    do throws(FrameError) { both = try own.appending(others) } catch { throw GroupingError(error) }
    var values = [Int64?](repeating: nil, count: both.count)
    OrderKeys(ColumnRows(both)).forEach(0..<both.count) { row, key in
      if both.type != .float || key != OrderKeys.nanKey { values[row] = key }
    }
    var groups = [UInt32](repeating: 0, count: both.count)
    if !pairs.isEmpty {
      let numbers = JoinKeys.joining(pairs.map { (ColumnRows($0), ColumnRows($1)) })
      groups = numbers.left + numbers.right
    }
    let found = AsOfPartners(values, groups, rowCount)
    var partners = found.rows(direction)
    if direction == .nearest || tolerance != nil {
      let distances = try AsOfDistances(both, rowCount, tolerance)
      if direction == .nearest { partners = distances.nearer(found.rows(.backward), partners) }
      partners = distances.within(partners)
    }
    let ownNames = Set(columns.map(\.name))
    let added = other.columns.filter { $0.name != name && !names.contains($0.name) }
    var answer = columns
    do throws(FrameError) {
      for column in added {
        let name = ownNames.contains(column.name) ? "\(column.name)_right" : column.name
        answer.append(try column.repeating(rowNumbers: partners).renamed(name))
      }
    } catch { throw GroupingError(error) }
    if let name = DataFrame.doubledName(in: answer.map(\.name)) {
      throw GroupingError(.columnTwice, column: name)
    }
    return DataFrame(answer, rowCount: rowCount)
  }
}

/// The rows of the other table in order, for each group, and where the rows of this one lie among them.
private struct AsOfPartners {
  private let values: [Int64?]
  private let groups: [UInt32]
  private let count: Int
  private let rows: [UInt32: [(value: Int64, row: UInt32)]]

  /// The first `count` places are those of this table.
  init(_ values: [Int64?], _ groups: [UInt32], _ count: Int) {
    var rows: [UInt32: [(value: Int64, row: UInt32)]] = [:]
    for place in count..<values.count where groups[place] != noRow {
      guard let value = values[place] else { continue }
      rows[groups[place], default: []].append((value, UInt32(place - count)))
    }
    self.rows = rows.mapValues { $0.sorted { ($0.value, $0.row) < ($1.value, $1.row) } }
    (self.values, self.groups, self.count) = (values, groups, count)
  }

  /// For each place the partner on one side; that of `nearest` is the one on the far side.
  func rows(_ direction: AsOfDirection) -> [UInt32] {
    (0..<count).map { place in
      guard let value = values[place], groups[place] != noRow, let rows = rows[groups[place]] else {
        return noRow
      }
      // The first place past those that are wanted, by halving.
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        let isBefore =
          direction == .backward ? rows[middle].value <= value : rows[middle].value < value
        if isBefore { low = middle + 1 } else { high = middle }
      }
      switch direction {
      case .backward: return low == 0 ? noRow : rows[low - 1].row
      case .forward, .nearest: return low == rows.count ? noRow : rows[low].row
      }
    }
  }
}
