/// The integers of runs, a block of rows at a time.
package struct RunsDecoder: IntegerDecoder, @unchecked Sendable {
  // Sound to share: `view` leads into the buffers of `values`, which no one changes.
  let starts: RowSet
  /// The value of each run: none where no row has a value.
  package let values: Column
  /// The same, looked up once for all blocks of rows.
  private let view: ColumnView?

  init(starts: RowSet, values: Column) {
    self.starts = starts
    self.values = values
    view = values.count == 0 ? nil : values.view
  }

  package var rowCount: Int { starts.rowCount }

  /// The runs that `rows`, at least one, are of.
  package func runs(of rows: Range<Int>) -> Range<Int> {
    if values.count == 0 { return 0..<0 }
    return starts.count(before: rows.lowerBound + 1) - 1..<starts.count(before: rows.upperBound)
  }

  /// Writes a bit for each of `rows`: whether a run starts there. Behind the last there may be any.
  package func copyStarts(_ rows: Range<Int>, to target: UnsafeMutablePointer<UInt64>) {
    starts.copy(rows, to: target)
  }

  package var byteCount: Int { starts.memory.byteCount + values.footprint.total }
  package var isUnsigned: Bool { false }

  package func value(at row: Int) -> Int64 {
    view.map { Self.value(of: starts.count(before: row + 1) - 1, $0) } ?? 0
  }

  private static func value(of run: Int, _ view: ColumnView) -> Int64 {
    var value: Int64 = 0
    view.copyIntegers(run..<run + 1, to: &value, width: 8)
    return value
  }

  package func bounds(of rows: Range<Int>) -> ClosedRange<Int64>? {
    // Rows without a value have no run.
    guard let view else { return 0...0 }
    let runs = runs(of: rows)
    guard runs.count == 1 else { return nil }
    let value = Self.value(of: runs.lowerBound, view)
    return value...value
  }

  package func decode(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    expand(rows, to: target)
  }

  package func decode(_ rows: Range<Int>, to target: UnsafeMutableRawPointer, width: Int) {
    switch width {
    case 1: expand(rows, to: target.assumingMemoryBound(to: Int8.self))
    case 2: expand(rows, to: target.assumingMemoryBound(to: Int16.self))
    case 4: expand(rows, to: target.assumingMemoryBound(to: Int32.self))
    case 8: expand(rows, to: target.assumingMemoryBound(to: Int64.self))
    default: decodeWide(rows, to: target, width: width)
    }
  }

  private func expand<Word: RunWord>(_ rows: Range<Int>, to target: UnsafeMutablePointer<Word>) {
    if rows.isEmpty { return }
    if let value = bounds(of: rows)?.lowerBound {
      return target.update(repeating: Word(truncatingIfNeeded: value), count: rows.count)
    }
    forEachBlock(of: rows, as: Word.self) { block in
      guard let values = block.values.baseAddress else { return }
      Word.expand(
        values, block.starts, block.rowCount, target + (block.firstRow - rows.lowerBound))
    }
  }
}

extension RunsDecoder {
  /// Some rows that follow one another. The pointers are valid only during the call.
  package struct Block<Word> {
    package let firstRow: Int
    package let rowCount: Int
    /// The value of each run, of which the first may have begun before the first row.
    package let values: UnsafeBufferPointer<Word>
    /// A bit for each row: whether a run starts there.
    package let starts: UnsafePointer<UInt64>
  }

  /// The values of the runs of so many rows stay in the first-level cache.
  private static let blockRowCount = 4096

  /// Calls `body` with blocks of `rows`; never where no row of the column has a value.
  ///
  /// - Parameter type: Holds the values.
  package func forEachBlock<Word: RunWord>(
    of rows: Range<Int>, as type: Word.Type, _ body: (Block<Word>) -> Void
  ) {
    guard let view, !rows.isEmpty else { return }
    let size = min(rows.count, Self.blockRowCount)
    withUnsafeTemporaryAllocation(of: Word.self, capacity: size) { held in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: (size + 63) / 64) { bits in
        guard let held = held.baseAddress, let bits = bits.baseAddress else { return }
        var run = starts.count(before: rows.lowerBound + 1) - 1
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: size) {
          let end = min(start + size, rows.upperBound)
          let behind = starts.count(before: end)
          view.copyIntegers(
            run..<behind, to: UnsafeMutableRawPointer(held), width: MemoryLayout<Word>.size)
          starts.copy(start..<end, to: bits)
          body(
            Block(
              firstRow: start, rowCount: end - start,
              values: UnsafeBufferPointer(start: held, count: behind - run),
              starts: UnsafePointer(bits)))
          run = starts.count(before: end + 1) - 1
        }
      }
    }
  }
}
