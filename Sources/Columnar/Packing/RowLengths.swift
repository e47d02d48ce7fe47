/// The lengths of rows while these are stored.
final class RowLengths {
  private let lengths: UnsafeMutablePointer<UInt32>
  private let capacity: Int
  private var count = 0

  /// - Parameter count: How many rows there are.
  init(count: Int) {
    capacity = max(count, 1)
    lengths = ScratchMemory.allocate(byteCount: capacity * 4)
      .bindMemory(to: UInt32.self, capacity: capacity)
  }

  deinit { ScratchMemory.deallocate(lengths, byteCount: capacity * 4) }

  @inline(__always)
  func append(_ length: Int) {
    lengths[count] = UInt32(length)
    count += 1
  }

  /// All of them, packed.
  func packed() -> Buffer {
    PackedLengths(UnsafeBufferPointer(start: lengths, count: count)).memory
  }
}
