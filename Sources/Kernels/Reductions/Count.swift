package import Columnar

/// How many rows have a value. NaN is one.
package struct Count: Reduction {
  package let name = "count"

  package init() {}

  package func applies(to type: LogicalType) -> Bool { true }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer { .count(0) }

  package func reduce(
    _ rows: ColumnRows, constant: StoredValue?
  ) throws(ReductionError) -> Reduced { Reduced(.count(rows.valueCount), .direct) }
}
