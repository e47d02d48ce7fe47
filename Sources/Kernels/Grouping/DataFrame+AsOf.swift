public import Columnar

/// Which row of the other table is the partner in an as-of join.
public enum AsOfDirection: String, Hashable, Sendable, CaseIterable {
  /// The last one that is not later: the quote that held at the moment of a trade.
  case backward
  /// The first one that is not earlier.
  case forward
}

extension DataFrame {
  /// Each row of this table beside the row of `other` whose value in the column `name` is nearest on one
  /// side, as `merge_asof` in pandas and `join_asof` in polars do. Neither table need be sorted.
  ///
  /// Rows without such a partner have nulls; so have those whose value is null or NaN. Of equal values
  /// `backward` takes the row that stands last, `forward` the one that stands first. Takes time of
  /// *n* log *n* in the rows of `other`.
  ///
  /// - Parameter names: Columns whose values have to be equal, too.
  /// - Throws: `GroupingError` for columns that there are not, or of different types, and where two
  ///   columns would have one name.
  public func joined(
    asOf other: DataFrame, on name: String, by names: [String] = [],
    direction: AsOfDirection = .backward
  ) throws(GroupingError) -> DataFrame {
    let (left, right) = (try columns(named: [name])[0], try other.columns(named: [name])[0])
    let pairs = zip(try columns(named: names), try other.columns(named: names)).map { ($0, $1) }
    for (a, b) in [(left, right)] + pairs where !a.type.joins(b.type) {
      throw GroupingError(.differentTypes, column: a.name, among: ["\(a.type)", "\(b.type)"])
    }
    let both: Column
    do throws(FrameError) { both = try left.appending(right) } catch { throw GroupingError(error) }
    let keys = OrderKeys(ColumnRows(both))
    var values = [Int64?](repeating: nil, count: both.count)
    keys.forEach(0..<both.count) { row, key in
      if both.type != .float || key != OrderKeys.nanKey { values[row] = key }
    }
    var groups = [UInt32](repeating: 0, count: both.count)
    if !pairs.isEmpty {
      let numbers = JoinKeys.joining(pairs.map { (ColumnRows($0), ColumnRows($1)) })
      groups = numbers.left + numbers.right
    }
    let partners = Self.partners(values, groups, rowCount, direction)
    let own = Set(columns.map(\.name))
    let added = other.columns.filter { $0.name != name && !names.contains($0.name) }
    var answer = columns
    do throws(FrameError) {
      for column in added {
        let name = own.contains(column.name) ? "\(column.name)_right" : column.name
        answer.append(try column.repeating(rowNumbers: partners).renamed(name))
      }
    } catch { throw GroupingError(error) }
    if let name = DataFrame.doubledName(in: answer.map(\.name)) {
      throw GroupingError(.columnTwice, column: name)
    }
    return DataFrame(answer, rowCount: rowCount)
  }

  /// For each of the first `count` places the partner among the others, counted from there.
  private static func partners(
    _ values: [Int64?], _ groups: [UInt32], _ count: Int, _ direction: AsOfDirection
  ) -> [UInt32] {
    var rows: [UInt32: [(value: Int64, row: UInt32)]] = [:]
    for place in count..<values.count where groups[place] != noRow {
      guard let value = values[place] else { continue }
      rows[groups[place], default: []].append((value, UInt32(place - count)))
    }
    rows = rows.mapValues { $0.sorted { ($0.value, $0.row) < ($1.value, $1.row) } }
    return (0..<count).map { place in
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
      case .forward: return low == rows.count ? noRow : rows[low].row
      }
    }
  }
}
