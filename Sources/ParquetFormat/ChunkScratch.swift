/// Memory for the values of one column chunk after the other.
final class ChunkScratch {
  private var base = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
  private var byteCount = 64

  deinit { base.deallocate() }

  /// Room for `count` values and a word behind them. What was there before is gone.
  func memory<Value>(of type: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
    let needed = count * MemoryLayout<Value>.stride + 8
    if needed > byteCount {
      base.deallocate()
      byteCount = needed
      base = .allocate(byteCount: needed, alignment: 64)
    }
    return base.bindMemory(to: type, capacity: count)
  }
}
