package import Columnar

extension LogicalType {
  /// Whether values are amounts, which have a mean, a variance and quantiles.
  package var isNumeric: Bool {
    switch self {
    case .null, .boolean, .integer, .decimal, .float, .duration: true
    case .date, .time, .timestamp, .uuid, .ipv4, .string: false
    }
  }
}

/// The mean, as binary64 in the value's own unit (12.30, not 1230): the exact sum of integers and
/// decimals, or the reproducible one of floats, rounded and divided once.
package struct Mean: Reduction {
  package let nan: NaNPolicy

  package init(nan: NaNPolicy = .propagate) { self.nan = nan }

  package var name: String { nan == .propagate ? "mean" : "nanmean" }

  package func applies(to type: LogicalType) -> Bool { Sum(nan: nan).applies(to: type) }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer { .numbers([nil]) }

  package func reduce(
    _ rows: ColumnRows, constant: StoredValue?
  ) throws(ReductionError) -> Reduced {
    if rows.type.domain == .integer { return answer(rows, rows.integerSum) }
    return answer(rows.floatSum(nan))
  }

  private func answer(_ rows: ColumnRows, _ sum: Int128) -> Reduced {
    let mean = Double(sum) / (Double(rows.valueCount) * rows.type.unitsPerOne)
    return Reduced(.numbers([mean]), .direct)
  }

  private func answer(_ sum: FloatSum) -> Reduced {
    Reduced(.numbers([sum.count == 0 ? nil : sum.total / Double(sum.count)]), sum.path)
  }
}
