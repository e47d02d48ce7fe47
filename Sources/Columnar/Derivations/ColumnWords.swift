/// What of a column follows from others, or others from: its codes where it has some, else its integers.
struct ColumnWords: @unchecked Sendable {
  // Sound to share: `integers` leads into the buffers of `column`, which no one changes.
  let column: Column
  let isCoded: Bool
  private let integers: IntegerRows
  /// The least and the greatest code.
  private let codes: ClosedRange<Int64>?

  /// `nil` where the column holds neither, or words without a sign.
  init?(_ column: Column) {
    guard column.derivation == nil, column.nullCount < column.count, column.type != .boolean else {
      return nil
    }
    self.column = column
    if case .indexed(let codes, _, let count) = column.view {
      guard count > 0, let integers = IntegerRows(.plain(codes)) else { return nil }
      (self.integers, isCoded, self.codes) = (integers, true, 0...Int64(count - 1))
    } else {
      guard column.type.domain == .integer, let integers = IntegerRows(column.view),
        !integers.isUnsigned
      else { return nil }
      (self.integers, isCoded, codes) = (integers, false, nil)
    }
  }

  /// Writes the words of `rows`; those of rows without a value are anything.
  func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    // Blocks are not unpacked for one row.
    if rows.count == 1 {
      target[0] = integers.value(at: rows.lowerBound)
    } else {
      integers.copy(rows, to: target)
    }
  }

  /// Writes what `body` makes of the words of `rows` and of those of another column.
  @inline(__always)
  func write(
    _ rows: Range<Int>, with other: ColumnWords, to target: UnsafeMutablePointer<Int64>,
    _ body: (Int64, Int64) -> Int64
  ) {
    copy(rows, to: target)
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: rows.count) { room in
      guard let others = room.baseAddress else { return }
      other.copy(rows, to: others)
      for row in 0..<rows.count { target[row] = body(target[row], others[row]) }
    }
  }

  /// A range that has the words of all rows; `nil` where they take too many bits to tell.
  func range() -> ClosedRange<Int64>? {
    if let codes { return codes }
    guard let range = integers.range(count: column.count) else { return nil }
    guard let low = Int64(exactly: range.lowerBound), let high = Int64(exactly: range.upperBound)
    else { return nil }
    return low...high
  }
}
