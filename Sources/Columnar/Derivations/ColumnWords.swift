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

  /// Writes the words of `rows`, modulo the target's width; those of rows without a value are anything.
  func copy<Word: FixedWidthInteger>(_ rows: Range<Int>, to target: UnsafeMutablePointer<Word>) {
    integers.copyFew(rows, to: target)
  }

  /// Writes what `body` makes of the words of `rows` and of those of another column, all in 32 bits.
  @inline(__always)
  func write<Word: FixedWidthInteger>(
    _ rows: Range<Int>, with other: ColumnWords, to target: UnsafeMutablePointer<Word>,
    _ body: (UInt32, UInt32) -> UInt32
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * rows.count) { room in
      guard let words = room.baseAddress else { return }
      let others = words + rows.count
      copy(rows, to: words)
      other.copy(rows, to: others)
      for row in 0..<rows.count {
        let word = Int32(bitPattern: body(words[row], others[row]))
        target[row] = Word(truncatingIfNeeded: word)
      }
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

extension IntegerRows {
  /// Writes the values of `rows`, modulo the target's width: of one, no block is unpacked.
  func copyFew<Word: FixedWidthInteger>(
    _ rows: Range<Int>, to target: UnsafeMutablePointer<Word>
  ) {
    if rows.count == 1 {
      target[0] = Word(truncatingIfNeeded: value(at: rows.lowerBound))
    } else {
      copy(rows, to: target)
    }
  }
}
