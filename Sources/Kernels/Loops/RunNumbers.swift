import CKernels
import Columnar

/// Integers that stand in runs: each run is looked at once, whatever its length. Where some rows are null, a
/// run does not tell how many of its rows have a value, and they are decoded.
struct RunNumbers: StoredIntegers {
  let runs: RunsDecoder
  /// The row of the runs that is the first here.
  let firstRow: Int
  let decoded: IntegerRows

  private func forEachBlock(of rows: ColumnRows, _ body: (RunsDecoder.Block) -> Void) {
    runs.forEachBlock(of: firstRow..<firstRow + rows.count, body)
  }

  func sum(_ rows: ColumnRows) -> Int128 {
    if rows.nullCount > 0 { return DecodedIntegers(integers: decoded).sum(rows) }
    var sum: Int128 = 0
    forEachBlock(of: rows) { block in
      var (high, low): (Int64, UInt64) = (0, 0)
      diet_sum_runs(block.values.baseAddress, block.starts, block.rowCount, &high, &low)
      sum += Int128(high) << 64 | Int128(low)
    }
    return sum
  }

  func minMax(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128) {
    if rows.nullCount > 0 { return DecodedIntegers(integers: decoded).minMax(rows) }
    var (minimum, maximum) = (Int64.max, Int64.min)
    forEachBlock(of: rows) { block in
      var (low, high): (Int64, Int64) = (0, 0)
      diet_minmax_i64(block.values.baseAddress, block.values.count, &low, &high)
      (minimum, maximum) = (min(minimum, low), max(maximum, high))
    }
    return (Int128(minimum), Int128(maximum))
  }

  func count(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int {
    let all = Int128(Int64.min)...Int128(Int64.max)
    guard rows.nullCount == 0, all.lowerBound < constant, constant < all.upperBound else {
      return DecodedIntegers(integers: decoded).count(comparison, constant, rows)
    }
    let (least, greatest) =
      switch comparison {
      case .equal: (constant, constant)
      case .less: (all.lowerBound, constant - 1)
      case .greater: (constant + 1, all.upperBound)
      }
    var total = 0
    forEachBlock(of: rows) { block in
      total += diet_count_runs(
        block.values.baseAddress, block.starts, block.rowCount, Int64(least), Int64(greatest))
    }
    return total
  }
}
