package import Columnar

/// Of booleans: whether any is true, and whether all are, as 0 and 1. Nulls are neither.
package struct AnyAll: Reduction {
  package let name = "any_all"

  package init() {}

  package func applies(to type: LogicalType) -> Bool { type == .boolean || type == .null }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer { .numbers([0, 1]) }

  package func reduce(
    _ rows: ColumnRows, constant: StoredValue?
  ) throws(ReductionError) -> Reduced {
    let ones = rows.integerSum
    return Reduced(
      .numbers([ones > 0 ? 1 : 0, ones == Int128(rows.valueCount) ? 1 : 0]), .direct)
  }
}
