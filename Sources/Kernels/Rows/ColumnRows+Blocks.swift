import Columnar

extension ColumnRows {
  /// The bitmap from `row` on, a multiple of 64; `nil` where no row is null. Where all are, there is
  /// none either: such parts are to be left out.
  func words(from row: Int) -> UnsafePointer<UInt64>? {
    if nullCount == count, count > 0 { return Self.noValues }
    return valid.map { $0 + row / 64 }
  }

  /// A block's bitmap without a value.
  private static var noValues: UnsafePointer<UInt64> { UnsafePointer(Zeros.words) }

  /// Whether floats are read where they are stored.
  var isStoredAsFloats: Bool {
    switch view {
    case .plain(.float64), .plain(.float32): true
    default: false
    }
  }

  /// Calls `body` with runs of rows, and room for their values.
  func forEachBlock<T>(
    of type: T.Type, in range: Range<Int>? = nil,
    _ body: (Range<Int>, UnsafeMutablePointer<T>) -> Void
  ) {
    let range = range ?? 0..<count
    withUnsafeTemporaryAllocation(of: T.self, capacity: Self.blockRowCount) { room in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.blockRowCount) {
        body(start..<min(start + Self.blockRowCount, range.upperBound), room.baseAddress!)
      }
    }
  }

  /// Rows that are looked at together: a few such blocks fit the caches of one processor.
  static let blockRowCount = 2048

  /// The most rows that anyone looks at together.
  static let largestBlockRowCount = 8192
}

/// The bitmap of a block without values.
private enum Zeros {
  // Sound: written here, never after.
  nonisolated(unsafe) static let words: UnsafeMutablePointer<UInt64> = {
    let wordCount = ColumnRows.largestBlockRowCount / 64
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: wordCount)
    words.initialize(repeating: 0, count: wordCount)
    return words
  }()
}
