import Platform

/// A piece of memory that several chunks of one column share, given back to the system as soon as
/// the last of them is dropped.
///
/// Slabs of a large table are mapped, not taken from the heap: a column that has been finished then
/// really leaves resident memory, whatever other columns still hold.
package final class Slab: @unchecked Sendable {
  /// Sound to share: each chunk's bytes are written before the chunk is handed on, then read only.
  package let base: UnsafeMutableRawPointer
  package let capacity: Int

  /// Changed by its writer alone, who then still holds the slab; `nil` where the memory is the heap's.
  private var memory: MappedMemory?

  /// - Parameter maySpill: Whether it may lie on the disk from the start, where memory gets short.
  package init(capacity: Int, maySpill: Bool = false) {
    guard let memory = MappedMemory(byteCount: capacity, maySpill: maySpill) else {
      OutOfMemory.stop(capacity, for: "for column values")
    }
    self.memory = memory
    base = memory.base
    self.capacity = memory.byteCount
  }

  /// From the heap: for what lives as long as the work on one chunk.
  package init(heapByteCount: Int) {
    guard let base = malloc(heapByteCount) else {
      OutOfMemory.stop(heapByteCount, for: "for column values")
    }
    (self.base, capacity, memory) = (base, heapByteCount, nil)
  }

  deinit { if let memory { memory.giveBack() } else { free(base) } }

  /// Moves it to the disk where memory gets short. All of it is written, and no one writes to it any more.
  package func spill() { memory?.spill() }
}

/// Hands out memory for the chunks of one column, one slab after another.
package struct SlabWriter {
  private var slab: Slab?
  private var used = 0
  private var nextCapacity: Int
  private let greatestCapacity: Int
  /// Slabs that are full, of which the slices may still be written to.
  private var filled: [Slab] = []

  /// - Parameters:
  ///   - initialCapacity: Small where there are very many columns.
  ///   - greatestCapacity: What slabs grow to: huge pages are filled faster, small slabs waste less.
  package init(initialCapacity: Int = 64 << 10, greatestCapacity: Int = 2 << 20) {
    nextCapacity = initialCapacity
    // Each column has one a thread that is not full yet.
    self.greatestCapacity = min(
      greatestCapacity, max(256 << 10, (MemoryLimit.byteCount ?? .max) >> 10))
  }

  /// Lets the current slab be filled anew where all slices of it are gone: fresh memory costs a page
  /// fault for each 4 KiB.
  package mutating func recycle() {
    if isKnownUniquelyReferenced(&slab) { used = 0 }
  }

  /// Moves full slabs to the disk where memory gets short. All slices that were handed out are written.
  package mutating func spillFilled() {
    if filled.isEmpty { return }
    for slab in filled { slab.spill() }
    filled = []
  }

  /// Memory for `byteCount` bytes, aligned to 16, with 16 readable bytes after it.
  package mutating func allocate(_ byteCount: Int) -> SlabSlice {
    let needed = (byteCount + 31) & ~15
    if let slab, used + needed <= slab.capacity {
      let slice = SlabSlice(slab: slab, base: slab.base + used)
      used += needed
      return slice
    }
    let fresh = Slab(capacity: max(nextCapacity, needed))
    nextCapacity = min(nextCapacity * 2, greatestCapacity)
    if let slab, MemoryLimit.byteCount != nil { filled.append(slab) }
    slab = fresh
    used = needed
    return SlabSlice(slab: fresh, base: fresh.base)
  }
}

/// A part of a slab; keeps the slab alive.
package struct SlabSlice: @unchecked Sendable {
  package let slab: Slab
  /// Sound: points into `slab`, which this value keeps.
  package let base: UnsafeMutableRawPointer

  /// Memory of the heap with 16 readable bytes after it.
  static func onHeap(_ byteCount: Int) -> SlabSlice {
    let slab = Slab(heapByteCount: byteCount + 16)
    return SlabSlice(slab: slab, base: slab.base)
  }

  func copy(_ byteCount: Int, in slabs: inout SlabWriter) -> SlabSlice {
    let copy = slabs.allocate(byteCount)
    memcpy(copy.base, base, byteCount)
    return copy
  }

  package func pointer<T>(as type: T.Type) -> UnsafeMutablePointer<T> {
    base.assumingMemoryBound(to: type)
  }
}
