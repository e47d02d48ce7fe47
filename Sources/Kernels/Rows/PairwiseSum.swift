/// Adds the sums of blocks of 1,024 rows in pairs as they come, in the order of the C loops, so that
/// a sum has the same bits whether the values lie in memory or are produced a block at a time.
struct PairwiseSum {
  static let blockRowCount = 1024

  /// Level k holds 2^k blocks, like a digit of a binary counter.
  private var levels = [Double](repeating: 0, count: 64)
  private var blockCount = 0

  /// Adds a block, or the sum of 2^`level` whole ones.
  mutating func add(_ block: Double, level first: Int = 0) {
    var sum = block
    var level = first
    while blockCount >> level & 1 == 1 {
      sum = levels[level] + sum
      level += 1
    }
    levels[level] = sum
    blockCount += 1 << first
  }

  var total: Double { total(after: 0) }

  /// The total when `rest` is that of rows after the last whole part.
  private func total(after rest: Double) -> Double {
    var total = rest
    var level = 0
    while blockCount >> level != 0 {
      if blockCount >> level & 1 == 1 { total = levels[level] + total }
      level += 1
    }
    return total
  }

  /// The sum of `count` rows; `sum` adds a run of them, at most a block, with room for its values.
  static func sum(
    _ count: Int, sum: (Range<Int>, UnsafeMutablePointer<Double>) -> Double
  ) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: blockRowCount) { block in
      var total = PairwiseSum()
      for start in stride(from: 0, to: count, by: blockRowCount) {
        total.add(sum(start..<min(start + blockRowCount, count), block.baseAddress!))
      }
      return total.total
    }
  }

  /// The sum of `count` rows from the sums of the parts that threads took.
  static func joining(_ sums: [Double], of count: Int) -> Double {
    var total = PairwiseSum()
    var rest = 0.0
    for (sum, part) in zip(sums, ColumnRows.parts(count)) {
      if part.count == ColumnRows.partRowCount {
        total.add(sum, level: KernelThreads.partLevel)
      } else {
        rest = sum
      }
    }
    return total.total(after: rest)
  }
}
