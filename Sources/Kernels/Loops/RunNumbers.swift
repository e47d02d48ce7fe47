import CKernels
import Columnar

/// Integers that stand in runs: each run is looked at once, or, where runs are so short that a look at each takes
/// longer than a loop over rows, a block of rows is written out. A null belongs to the run before it, and those before
/// the first value to the first: runs begin with a value but for that.
struct RunNumbers: StoredIntegers {
  let runs: RunsDecoder
  /// The row of the runs that is the first here.
  let firstRow: Int

  /// Below so many rows a run, rows are written out.
  private static let leastRunLength = 16

  private var hasShortRuns: Bool { runs.values.count * Self.leastRunLength > runs.rowCount }

  /// Calls `body` with blocks of rows that have a value somewhere, in the narrowest words that hold their values.
  private func forEachWritten(
    of rows: ColumnRows, _ body: (any StoredIntegers, ColumnRows) -> Void
  ) {
    if rows.valueCount == 0 { return }
    let (low, high) = ColumnRows(runs.values).integerBounds
    if Int8(exactly: low) != nil, Int8(exactly: high) != nil {
      write(rows, as: Int8.self, PlainValues.int8, body)
    } else if Int16(exactly: low) != nil, Int16(exactly: high) != nil {
      write(rows, as: Int16.self, PlainValues.int16, body)
    } else if Int32(exactly: low) != nil, Int32(exactly: high) != nil {
      write(rows, as: Int32.self, PlainValues.int32, body)
    } else {
      write(rows, as: Int64.self, PlainValues.int64, body)
    }
  }

  private func write<Word: RunWord>(
    _ rows: ColumnRows, as type: Word.Type, _ plain: (UnsafePointer<Word>) -> PlainValues,
    _ body: (any StoredIntegers, ColumnRows) -> Void
  ) {
    rows.forEachBlock(of: Word.self) { range, words in
      let start = firstRow + range.lowerBound
      runs.decode(
        start..<start + range.count, to: UnsafeMutableRawPointer(words),
        width: MemoryLayout<Word>.size)
      let values = plain(UnsafePointer(words))
      let block = rows[range].rows(as: .plain(values), in: [])
      if block.valueCount > 0, let stored = values.integers { body(stored, block) }
    }
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
    var sum: Int128 = 0
    if hasShortRuns {
      forEachWritten(of: rows) { sum += $0.sum($1) }
      return sum
    }
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
    return values.view.storedIntegers.minMax(values)
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
    if hasShortRuns {
      forEachWritten(of: rows) { total += $0.count(comparison, constant, $1) }
      return total
    }
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
