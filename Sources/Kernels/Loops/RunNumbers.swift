import CKernels
import Columnar

/// Integers that stand in runs: each run is looked at once, or, where runs are so short that to add each takes longer
/// than to add rows, a block of rows is written out. A null belongs to the run before it, and those before the first
/// value to the first: runs begin with a value but for that.
struct RunNumbers: StoredIntegers {
  let runs: RunsDecoder
  /// The row of the runs that is the first here.
  let firstRow: Int

  /// Below so many rows a run, rows are written out to be added, whatever the CPU.
  private static let leastRunLength = 5

  private var hasShortRuns: Bool { runs.values.count * Self.leastRunLength > runs.rowCount }

  /// The bytes of the narrowest words that hold the values.
  private var byteCount: Int {
    let (low, high) = ColumnRows(runs.values).integerBounds
    func holds<Word: FixedWidthInteger>(_ type: Word.Type) -> Bool {
      Word(exactly: low) != nil && Word(exactly: high) != nil
    }
    return holds(Int8.self) ? 1 : holds(Int16.self) ? 2 : holds(Int32.self) ? 4 : 8
  }

  /// The sum of rows that are written out, a block at a time, which stays in the first-level cache.
  private func writtenSum<Word: RunWord & LoopInteger>(
    _ rows: ColumnRows, as type: Word.Type
  ) -> Int128 {
    var sum: Int128 = 0
    let width = MemoryLayout<Word>.size
    let size = min(rows.count, (32 << 10) / width)
    withUnsafeTemporaryAllocation(of: Word.self, capacity: size) { room in
      guard let words = room.baseAddress else { return }
      let valid = rows.valid
      for start in stride(from: 0, to: rows.count, by: size) {
        let (first, count) = (firstRow + start, min(size, rows.count - start))
        runs.decode(first..<first + count, to: UnsafeMutableRawPointer(words), width: width)
        sum += Word.sum(words, valid.map { $0 + start / 64 }, count)
      }
    }
    return sum
  }

  /// Calls `body` with blocks of rows, and the bitmap of each where some rows are null.
  private func forEachBlock(
    of rows: ColumnRows, _ body: (RunsDecoder.Block<Int64>, UnsafePointer<UInt64>?) -> Void
  ) {
    if rows.valueCount == 0 { return }
    runs.forEachBlock(of: firstRow..<firstRow + rows.count, as: Int64.self) { block in
      body(block, rows.valid.map { $0 + (block.firstRow - firstRow) / 64 })
    }
  }

  func sum(_ rows: ColumnRows) -> Int128 {
    if rows.valueCount == 0 { return 0 }
    if hasShortRuns {
      switch byteCount {
      case 1: return writtenSum(rows, as: Int8.self)
      case 2: return writtenSum(rows, as: Int16.self)
      case 4: return writtenSum(rows, as: Int32.self)
      default: return writtenSum(rows, as: Int64.self)
      }
    }
    var sum: Int128 = 0
    forEachBlock(of: rows) { block, valid in
      let values = block.values.baseAddress
      var (high, low): (Int64, UInt64) = (0, 0)
      if let valid {
        diet_sum_runs_masked(values, block.starts, valid, block.rowCount, &high, &low)
      } else {
        diet_sum_runs(values, block.starts, block.rowCount, &high, &low)
      }
      sum += Int128(high) << 64 | Int128(low)
    }
    return sum
  }

  /// The ends of the runs' values, from that of the first row that has one on.
  func minMax(_ rows: ColumnRows) -> (minimum: Int128, maximum: Int128) {
    guard let first = (0..<rows.count).first(where: rows.hasValue) else {
      return (Int128.max, Int128.min)
    }
    let runs = runs.runs(of: firstRow + first..<firstRow + rows.count)
    let values = ColumnRows(self.runs.values).valid(runs)
    return values.partMinMax
  }

  func count(_ comparison: Comparison, _ constant: Int128, _ rows: ColumnRows) -> Int {
    let all = Int128(Int64.min)...Int128(Int64.max)
    // As far out as no value is.
    let constant = min(max(constant, all.lowerBound - 1), all.upperBound + 1)
    let (least, greatest) =
      switch comparison {
      case .equal: (constant, constant)
      case .less: (all.lowerBound, constant - 1)
      case .greater: (constant + 1, all.upperBound)
      }
    if least > greatest || greatest < all.lowerBound || least > all.upperBound { return 0 }
    let (low, high) = (Int64(clamping: least), Int64(clamping: greatest))
    var total = 0
    forEachBlock(of: rows) { block, valid in
      let (runCount, wordCount) = (block.values.count, (block.rowCount + 63) / 64)
      let size = (runCount + 63) / 64 + 1
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: size + wordCount) { room in
        guard let answers = room.baseAddress else { return }
        let held = answers + size
        answers[size - 1] = 0
        diet_between_i64(block.values.baseAddress, runCount, low, high, answers)
        diet_spread_runs(answers, 0, block.starts, block.rowCount, held)
        if let valid { for word in 0..<wordCount { held[word] &= valid[word] } }
        total += ColumnRows.validCount(held, block.rowCount)
      }
    }
    return total
  }
}
