import Columnar

/// Integers of which some are listed beside packed blocks: the blocks are read as they lie, in which a listed
/// row counts as the base, and that is put right for each.
struct PatchedNumbers: StoredIntegers {
  let patched: PatchedDecoder
  /// The row of these that is the first here.
  let firstRow: Int
  let decoded: IntegerRows

  private var packed: PackedNumbers {
    PackedNumbers(values: patched.packed.advanced(by: firstRow))
  }

  private func forEachListed(_ rows: ColumnRows, _ body: (Int64) -> Void) {
    patched.forEachListed(in: firstRow..<firstRow + rows.count) { body($1) }
  }

  func sum(_ rows: ColumnRows) -> Int128 {
    let base = Int128(patched.base)
    var sum = base * Int128(rows.valueCount) + packed.sum(rows)
    forEachListed(rows) { sum += Int128($0) - base }
    return sum
  }

  /// A base that no row has would be one of the ends, so that rows are decoded.
  func minMax(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128) {
    DecodedIntegers(integers: decoded).minMax(rows)
  }

  func count(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int {
    let (offset, overflow) = constant.subtractingReportingOverflow(Int128(patched.base))
    // So far out, the constant itself lies beyond every offset, too.
    let bound = overflow ? constant : offset
    var count = packed.count(comparison, bound, rows)
    let isCounted = comparison.holds(0, bound)
    forEachListed(rows) {
      count += (comparison.holds(Int128($0), constant) ? 1 : 0) - (isCounted ? 1 : 0)
    }
    return count
  }
}
