import CKernels

extension PackedValues {
  /// Writes the sums of the numbers of `rows` and `base`, in words of `wordByteCount`, which hold them.
  func unpack(_ rows: Range<Int>, adding base: Int64, to target: UnsafeMutableRawPointer) {
    func unpack<Word: PackedWord>(
      _ type: Word.Type, _ shift: (UnsafeMutablePointer<Word>?, Int, Word) -> Void
    ) {
      let words = target.assumingMemoryBound(to: type)
      self.unpack(rows, to: words)
      if base != 0 { shift(words, rows.count, Word(truncatingIfNeeded: base)) }
    }
    switch wordByteCount {
    case 1: unpack(UInt8.self, diet_shift_u8)
    case 2: unpack(UInt16.self, diet_shift_u16)
    case 4: unpack(UInt32.self, diet_shift_u32)
    default: unpack(UInt64.self, diet_shift_u64)
    }
  }

  /// Rows that are unpacked together: they stay in the first-level cache.
  private static let runRowCount = 4 * PackedBlocks.rowCount

  /// Calls `body` with runs of `rows`: the place of each within them, its length, and its numbers in
  /// words of whole bytes, which are valid only during the call. All but the last begin and end where
  /// blocks do, but for the first row of all.
  package func forEachRun(_ rows: Range<Int>, _ body: (Int, Int, PlainValues) -> Void) {
    switch wordByteCount {
    case 1: forEachRun(rows, UInt8.self) { body($0, $1, .uint8($2)) }
    case 2: forEachRun(rows, UInt16.self) { body($0, $1, .uint16($2)) }
    case 4: forEachRun(rows, UInt32.self) { body($0, $1, .uint32($2)) }
    default: forEachRun(rows, UInt64.self) { body($0, $1, .uint64($2)) }
    }
  }

  private func forEachRun<Word: PackedWord>(
    _ rows: Range<Int>, _ type: Word.Type, _ body: (Int, Int, UnsafePointer<Word>) -> Void
  ) {
    let capacity = min(rows.count, Self.runRowCount)
    withUnsafeTemporaryAllocation(of: Word.self, capacity: max(capacity, 1)) { room in
      guard let words = room.baseAddress else { return }
      let start = advanced(by: rows.lowerBound)
      var place = 0
      while place < rows.count {
        let count = min(Self.runRowCount - start.placeInBlock(place), rows.count - place)
        start.unpack(place..<place + count, to: words)
        body(place, count, UnsafePointer(words))
        place += count
      }
    }
  }
}
