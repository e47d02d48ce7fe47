/// The lengths of rows while these are stored.
///
/// Unchecked: each row is written once, by one thread, before all are packed.
final class RowLengths: @unchecked Sendable {
  private let lengths: UnsafeMutablePointer<UInt32>
  private let count: Int

  /// - Parameter count: How many rows there are.
  init(count: Int) {
    self.count = count
    lengths = ScratchMemory.allocate(byteCount: max(count, 1) * 4)
      .bindMemory(to: UInt32.self, capacity: max(count, 1))
  }

  deinit { ScratchMemory.deallocate(lengths, byteCount: max(count, 1) * 4) }

  @inline(__always)
  subscript(row: Int) -> Int {
    get { Int(lengths[row]) }
    set { lengths[row] = UInt32(newValue) }
  }

  /// All of them, packed.
  func packed() -> Buffer {
    PackedLengths(UnsafeBufferPointer(start: lengths, count: count)).memory
  }
}
