public import Columnar

extension Column {
  /// The exact sum of integers, decimals (in units of their last digit) and booleans (how many are
  /// true); for floats the same bits in every layout.
  ///
  /// - Throws: `ReductionError` for values that have no sum.
  public func sum() throws(ReductionError) -> Scalar {
    guard case .value(let sum) = try Sum()(ColumnRows(self)).answer else { return .integer(0) }
    return sum
  }

  /// The least and the greatest value, NaN left out; `nil` where there is none.
  public func ends() throws(ReductionError) -> (minimum: Scalar, maximum: Scalar)? {
    guard case .ends(let ends) = try MinMax()(ColumnRows(self)).answer else { return nil }
    return ends
  }

  public func minimum() throws(ReductionError) -> Scalar? { try ends()?.minimum }

  public func maximum() throws(ReductionError) -> Scalar? { try ends()?.maximum }

  /// How many rows satisfy the condition. Null rows and NaN satisfy none.
  public func count(where condition: Condition) throws(ReductionError) -> Int {
    let (comparison, constant) = condition.parts
    let reduced = try ComparisonCount(comparison)(ColumnRows(self), constant: constant)
    guard case .count(let count) = reduced.answer else { return 0 }
    return count
  }

  /// How many rows have each text.
  public func groupCounts() throws(ReductionError) -> GroupCounts {
    guard case .groups(let groups) = try GroupCount()(ColumnRows(self)).answer else {
      return GroupCounts()
    }
    return groups
  }
}

/// What a value is asked: `column.count(where: .less(than: 100))`.
public enum Condition: Hashable, Sendable {
  case equal(to: Scalar)
  case less(than: Scalar)
  case greater(than: Scalar)

  fileprivate var parts: (Comparison, Scalar) {
    switch self {
    case .equal(let constant): (.equal, constant)
    case .less(let constant): (.less, constant)
    case .greater(let constant): (.greater, constant)
    }
  }
}
