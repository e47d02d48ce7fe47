import Columnar

/// Memory for the values of one column chunk after the other.
final class ChunkScratch {
  private var base = ScratchMemory.allocate(byteCount: 64)
  private var byteCount = 64

  deinit { ScratchMemory.deallocate(base, byteCount: byteCount) }

  /// Room for `count` values and a word behind them. What was there before is gone.
  func memory<Value>(of type: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
    let needed = count * MemoryLayout<Value>.stride + 8
    if needed > byteCount {
      ScratchMemory.deallocate(base, byteCount: byteCount)
      byteCount = needed
      base = ScratchMemory.allocate(byteCount: needed, maySpill: true)
    }
    return base.bindMemory(to: type, capacity: count)
  }
}
