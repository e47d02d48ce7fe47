import Columnar

/// Integers that are stored as their distance from a base.
struct OffsetNumbers: StoredIntegers {
  let base: Int128
  let offsets: any StoredIntegers

  init(base: Int64, offsets: PlainValues) {
    guard let offsets = offsets.integers else { fatalError("offsets are integers") }
    (self.base, self.offsets) = (Int128(base), offsets)
  }

  func sum(_ rows: ColumnRows) -> Int128 { base * Int128(rows.valueCount) + offsets.sum(rows) }

  func minMax(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128) {
    let ends = offsets.minMax(rows)
    return (base + ends.minimum, base + ends.maximum)
  }

  func count(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int {
    let (shifted, overflow) = constant.subtractingReportingOverflow(base)
    // So far out, the constant itself lies beyond every offset, too.
    return offsets.count(comparison, overflow ? constant : shifted, rows)
  }
}
