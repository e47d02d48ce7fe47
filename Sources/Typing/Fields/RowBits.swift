/// A set of rows of one chunk, as a bitmap that is used again for the next.
///
/// The memory belongs to this object, and one thread at a time has it.
final class RowBits {
  private(set) var words: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1)
  private var capacity = 1
  private var wordCount = 0

  deinit { words.deallocate() }

  /// Makes room for the rows of a chunk; which of them are members is then to be set.
  func begin(rowCount: Int) {
    wordCount = (rowCount + 63) / 64
    guard wordCount > capacity else { return }
    words.deallocate()
    capacity = wordCount
    words = .allocate(capacity: capacity)
  }

  /// Makes all rows members.
  func insertAll(rowCount: Int) {
    words.update(repeating: ~0, count: wordCount)
    if rowCount % 64 != 0 { words[wordCount - 1] = (1 << UInt64(rowCount % 64)) - 1 }
  }

  /// The first member from `row` on.
  @inline(__always)
  func next(from row: Int) -> Int? {
    var index = row &>> 6
    guard index < wordCount else { return nil }
    var word = words[index] & (~0 &<< UInt64(truncatingIfNeeded: row & 63))
    while word == 0 {
      index &+= 1
      if index == wordCount { return nil }
      word = words[index]
    }
    return index &* 64 &+ word.trailingZeroBitCount
  }
}
