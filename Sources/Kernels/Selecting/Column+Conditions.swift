public import Columnar

extension Column {
  /// How many rows satisfy the condition. Null rows and NaN satisfy none.
  public func count(where condition: Condition) throws(ReductionError) -> Int {
    let comparison: Comparison
    let value: Scalar
    switch condition {
    case .equal(let constant): (comparison, value) = (.equal, constant)
    case .less(let constant): (comparison, value) = (.less, constant)
    case .greater(let constant): (comparison, value) = (.greater, constant)
    default: return try rows(where: condition).count
    }
    let count = ComparisonCount(comparison)
    guard count.applies(to: type), let constant = value.stored(in: type) else {
      return try rows(where: condition).count
    }
    let reduced = try count(ColumnRows(self, makesBits: type.domain == .bytes), constant: constant)
    guard case .count(let count) = reduced.answer else { return 0 }
    return count
  }

  /// The rows that satisfy the condition.
  public func rows(where condition: Condition) throws(ReductionError) -> Selection {
    try RowTest(condition, ColumnRows(self, makesBits: type.domain == .bytes)).selection
  }
}
