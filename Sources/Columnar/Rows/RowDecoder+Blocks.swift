extension IntegerDecoder {
  /// Calls `body` with blocks of `rows` and the place of each within them.
  func forEachBlock(_ rows: Range<Int>, _ body: (Int, UnsafeBufferPointer<Int64>) -> Void) {
    forEachBlockOfRows(rows, of: Int64.self, decode) { body($0, $1) }
  }

  /// Writes the integers of `rows` in `width` bytes each, of blocks that are decoded to 64 bits.
  func decodeWide(_ rows: Range<Int>, to target: UnsafeMutableRawPointer, width: Int) {
    func write<Target: FixedWidthInteger>(_ target: UnsafeMutablePointer<Target>) {
      forEachBlock(rows) { place, values in
        guard let source = values.baseAddress else { return }
        let (out, count) = (target + place, values.count)
        // Several rows at a time, which a loop with checks is not.
        var index = 0
        while index < count {
          out[index] = Target(truncatingIfNeeded: source[index])
          index &+= 1
        }
      }
    }
    switch width {
    case 1: write(target.assumingMemoryBound(to: Int8.self))
    case 2: write(target.assumingMemoryBound(to: Int16.self))
    case 4: write(target.assumingMemoryBound(to: Int32.self))
    case 8: decode(rows, to: target.assumingMemoryBound(to: Int64.self))
    default: write(target.assumingMemoryBound(to: Int128.self))
    }
  }
}

extension FloatDecoder {
  /// One number: for dictionaries and constants, not for loops over rows.
  @usableFromInline func value(at row: Int) -> Double {
    var value = 0.0
    decode(row..<row + 1, to: &value)
    return value
  }

  /// Calls `body` with blocks of `rows` and the place of each within them.
  func forEachBlock(_ rows: Range<Int>, _ body: (Int, UnsafeBufferPointer<Double>) -> Void) {
    forEachBlockOfRows(rows, of: Double.self, decode) { body($0, $1) }
  }
}

/// A few such blocks fit the caches of one processor.
private let blockRowCount = 2048

private func forEachBlockOfRows<Value>(
  _ rows: Range<Int>, of type: Value.Type,
  _ decode: (Range<Int>, UnsafeMutablePointer<Value>) -> Void,
  _ body: (Int, UnsafeBufferPointer<Value>) -> Void
) {
  withUnsafeTemporaryAllocation(of: Value.self, capacity: min(rows.count, blockRowCount)) { room in
    guard let target = room.baseAddress else { return }
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRowCount) {
      let block = start..<min(start + blockRowCount, rows.upperBound)
      decode(block, target)
      body(start - rows.lowerBound, UnsafeBufferPointer(start: target, count: block.count))
    }
  }
}

extension Range<Int> {
  /// These rows, counted from another one.
  @usableFromInline func shifted(by offset: Int) -> Range<Int> {
    lowerBound + offset..<upperBound + offset
  }
}
