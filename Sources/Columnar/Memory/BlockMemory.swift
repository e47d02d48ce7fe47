/// Memory in which one thread makes one block of rows after the other, so that no block costs fresh
/// pages.
///
/// Unchecked: the thread that owns it is the only one that uses it.
package final class BlockMemory: @unchecked Sendable {
  private var slab: Slab?
  private var used = 0
  /// What did not fit on the slab.
  private var extras: [Slab] = []

  package init() {}

  /// Starts over. Nothing that was made here may be used any more.
  package func restart() {
    MemoryLimit.relieve()
    if !extras.isEmpty {
      let taken = extras.reduce(used) { $0 + $1.capacity }
      extras = []
      slab = nil
      slab = Slab(capacity: taken + taken / 4, maySpill: true)
    }
    used = 0
  }

  /// A buffer whose bytes are not yet set.
  func buffer(_ byteCount: Int) -> Buffer {
    Buffer(uninitializedByteCount: byteCount, in: slice(byteCount))
  }

  /// Memory at a multiple of 64 bytes, with 64 readable bytes after it.
  func slice(_ byteCount: Int) -> SlabSlice {
    let needed = Buffer.allocatedByteCount(for: byteCount) + 64
    if let slab, used + needed <= slab.capacity {
      defer { used += needed }
      return SlabSlice(slab: slab, base: slab.base + used)
    }
    // For this block alone; the next one finds it all on one slab.
    let extra = Slab(capacity: needed, maySpill: true)
    extras.append(extra)
    return SlabSlice(slab: extra, base: extra.base)
  }
}
