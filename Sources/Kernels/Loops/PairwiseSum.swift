/// Adds the sums of blocks of 1,024 rows in pairs as they come, in the order of the C loops, so that
/// a sum has the same bits whether the values lie in memory or are produced a block at a time.
struct PairwiseSum {
  static let blockRowCount = 1024

  /// Level k holds 2^k blocks, like a digit of a binary counter.
  private var levels = [Double](repeating: 0, count: 64)
  private var blockCount = 0

  mutating func add(_ block: Double) {
    var sum = block
    var level = 0
    while blockCount >> level & 1 == 1 {
      sum = levels[level] + sum
      level += 1
    }
    levels[level] = sum
    blockCount += 1
  }

  var total: Double {
    var total = 0.0
    var level = 0
    while blockCount >> level != 0 {
      if blockCount >> level & 1 == 1 { total = levels[level] + total }
      level += 1
    }
    return total
  }

  /// The sum of `rows`; `fill` writes the values of a run of rows, at most a block.
  static func sum(
    _ rows: ColumnRows, fill: (Range<Int>, UnsafeMutablePointer<Double>) -> Void
  ) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: blockRowCount) { block in
      let values = block.baseAddress!
      var sum = PairwiseSum()
      for start in stride(from: 0, to: rows.count, by: blockRowCount) {
        let end = min(start + blockRowCount, rows.count)
        fill(start..<end, values)
        sum.add(Double.sum(values, rows.valid.map { $0 + start / 64 }, end - start))
      }
      return sum.total
    }
  }
}
