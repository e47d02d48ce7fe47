import Columnar

/// Integers of which some are listed beside packed blocks: the blocks are read as they lie, in which a listed
/// row counts as the base, and that is put right by the list.
struct PatchedNumbers: StoredIntegers {
  let patched: PatchedDecoder
  /// The row of these that is the first here.
  let firstRow: Int

  private var packed: PackedNumbers {
    PackedNumbers(values: patched.packed.advanced(by: firstRow))
  }

  /// The values of the listed ones among the rows.
  private func listed(_ rows: ColumnRows) -> ColumnRows {
    ColumnRows(patched.listed).valid(patched.places(of: firstRow..<firstRow + rows.count))
  }

  func sum(_ rows: ColumnRows) -> Int128 {
    let listed = listed(rows)
    let sum = packed.sum(rows) + Int128(patched.base) * Int128(rows.valueCount - listed.count)
    return listed.count == 0 ? sum : sum + listed.view.storedIntegers.sum(listed)
  }

  func minMax(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128) {
    let listed = listed(rows)
    var ends = (minimum: Int128.max, maximum: Int128.min)
    if listed.count > 0 { ends = listed.view.storedIntegers.minMax(listed) }
    // Rows that are listed, or null, hold 0 among the others.
    if let others = packed.ends(rows, absentCount: rows.nullCount + listed.count) {
      let base = Int128(patched.base)
      ends = (min(ends.minimum, others.minimum + base), max(ends.maximum, others.maximum + base))
    }
    return ends
  }

  func count(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int {
    let (offset, overflow) = constant.subtractingReportingOverflow(Int128(patched.base))
    // So far out, the constant itself lies beyond every offset, too.
    let bound = overflow ? constant : offset
    let listed = listed(rows)
    let count = packed.count(comparison, bound, rows)
    if listed.count == 0 { return count }
    return count - (comparison.holds(0, bound) ? listed.count : 0)
      + listed.view.storedIntegers.count(comparison, constant, listed)
  }
}
