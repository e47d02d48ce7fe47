import Columnar

/// Integers that stand in runs: each run is looked at once, whatever its length. Where some rows are null, a
/// run does not tell how many of its rows have a value, and they are decoded.
struct RunNumbers: StoredIntegers {
  let runs: RunsDecoder
  /// The row of the runs that is the first here.
  let firstRow: Int
  let decoded: IntegerRows

  private func forEachRun(_ rows: ColumnRows, _ body: (Int64, Int) -> Void) {
    runs.forEachRun(in: firstRow..<firstRow + rows.count, body)
  }

  func sum(_ rows: ColumnRows) -> Int128 {
    if rows.nullCount > 0 { return DecodedIntegers(integers: decoded).sum(rows) }
    var sum: Int128 = 0
    forEachRun(rows) { sum += Int128($0) * Int128($1) }
    return sum
  }

  func minMax(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128) {
    if rows.nullCount > 0 { return DecodedIntegers(integers: decoded).minMax(rows) }
    var (minimum, maximum) = (Int64.max, Int64.min)
    forEachRun(rows) { value, _ in (minimum, maximum) = (min(minimum, value), max(maximum, value)) }
    return (Int128(minimum), Int128(maximum))
  }

  func count(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int {
    guard rows.nullCount == 0, let bound = Int64(exactly: constant) else {
      return DecodedIntegers(integers: decoded).count(comparison, constant, rows)
    }
    var total = 0
    forEachRun(rows) { if comparison.holds($0, bound) { total += $1 } }
    return total
  }
}
