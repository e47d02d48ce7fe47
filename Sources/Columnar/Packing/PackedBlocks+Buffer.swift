extension PackedBlocks {
  /// Blocks of `count` numbers, each of which fits `bits`.
  package static func packed<Word: PackedWord>(
    _ numbers: UnsafePointer<Word>, count: Int, bits: Int
  ) -> Buffer {
    let blocks = Buffer(uninitializedByteCount: byteCount(rowCount: count, bits: bits))
    var target = blocks.pointer(as: Word.self)
    let wordsPerBlock = byteCount(bits: bits) / MemoryLayout<Word>.size
    for start in stride(from: 0, to: count, by: rowCount) {
      if count - start >= rowCount {
        Word.pack(numbers + start, bits: bits, to: target)
      } else {
        withUnsafeTemporaryAllocation(of: Word.self, capacity: rowCount) { last in
          guard let last = last.baseAddress else { return }
          last.update(from: numbers + start, count: count - start)
          (last + (count - start)).update(repeating: 0, count: rowCount - (count - start))
          Word.pack(last, bits: bits, to: target)
        }
      }
      target += wordsPerBlock
    }
    return blocks
  }
}
