import CKernels

extension ColumnChunk {
  /// Some rows of a chunk, from a multiple of 64 on. The pointers are valid only during the call.
  struct IntegerBlock {
    let firstRow: Int
    let rowCount: Int
    /// The integer of each row; of those without a value any.
    let values: UnsafePointer<Int64>
    /// Bit `i` is 1 where row `i` has a value; `nil` where all have.
    let validity: UnsafePointer<UInt64>?
  }

  /// Rows that are looked at together: a few blocks of so many stay in the first-level cache.
  static let integerBlockRowCount = 1024

  /// Calls `body` with blocks of the rows; never where none has a value, or these are no integers.
  func forEachIntegerBlock<Failure: Error>(
    _ body: (IntegerBlock) throws(Failure) -> Void
  ) throws(Failure) {
    guard nullCount < rowCount, case .integers(let integers) = values else { return }
    let words = validity.map { UnsafePointer($0.pointer(as: UInt64.self)) }
    let size = Self.integerBlockRowCount
    let room = UnsafeMutablePointer<Int64>.allocate(capacity: size)
    defer { room.deallocate() }
    for start in stride(from: 0, to: rowCount, by: size) {
      let rows = start..<min(start + size, rowCount)
      try body(
        IntegerBlock(
          firstRow: start, rowCount: rows.count, values: integers.words(rows, room),
          validity: nullCount == 0 ? nil : words.map { $0 + start / 64 }))
    }
  }
}

extension ColumnChunk.IntegerBlock {
  @inline(__always)
  func hasValue(_ row: Int) -> Bool {
    validity.map { $0[row >> 6] >> UInt64(row & 63) & 1 == 1 } ?? true
  }

  /// The least and the greatest integer; `nil` where there is none.
  var bounds: ClosedRange<Int64>? {
    var (least, greatest) = (Int64.max, Int64.min)
    if let validity {
      diet_minmax_masked_i64(values, validity, rowCount, &least, &greatest)
    } else {
      diet_minmax_i64(values, rowCount, &least, &greatest)
    }
    return least <= greatest ? least...greatest : nil
  }

  /// The first row that has a value and another than the one here.
  func firstDifference(from others: UnsafePointer<Int64>) -> Int? {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: (rowCount + 63) / 64) { room in
      guard let isEqual = room.baseAddress else { return nil }
      diet_is_equal_i64(values, others, rowCount, isEqual)
      for word in 0..<(rowCount + 63) / 64 {
        var bad = ~isEqual[word] & (validity.map { $0[word] } ?? ~0)
        if word == rowCount / 64 { bad &= 1 << UInt64(rowCount & 63) - 1 }
        if bad != 0 { return word * 64 + bad.trailingZeroBitCount }
      }
      return nil
    }
  }
}

extension IntegerChunk {
  /// The integers of `rows`: where they lie, or in `scratch`, which has room for them.
  fileprivate func words(
    _ rows: Range<Int>, _ scratch: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<Int64> {
    func widen<Offset: FixedWidthInteger>(_ offsets: UnsafePointer<Offset>) {
      var row = 0
      while row < rows.count {
        let offset = Int64(truncatingIfNeeded: offsets[rows.lowerBound &+ row])
        scratch[row] = (base &+ offset) &* multiplier
        row &+= 1
      }
    }
    guard let offsets else {
      scratch.update(repeating: base &* multiplier, count: rows.count)
      return UnsafePointer(scratch)
    }
    switch width {
    case 1: widen(offsets.pointer(as: UInt8.self))
    case 2: widen(offsets.pointer(as: UInt16.self))
    case 4: widen(offsets.pointer(as: UInt32.self))
    default:
      let words = UnsafePointer(offsets.pointer(as: Int64.self))
      if base == 0, multiplier == 1 { return words + rows.lowerBound }
      widen(words)
    }
    return UnsafePointer(scratch)
  }
}
