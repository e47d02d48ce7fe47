import Columnar

/// Pages one behind the other, in memory that is never moved, and that goes to the disk where there is little.
struct PageStore {
  private var pieces: [(slab: Slab, byteCount: Int)] = []
  private(set) var byteCount = 0

  private static let firstByteCount = 16 << 10
  private static let greatestByteCount = 1 << 20

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      if pieces.last.map({ $0.byteCount == $0.slab.capacity }) ?? true { addPiece() }
      let (slab, used) = pieces[pieces.count - 1]
      let part = rest.prefix(slab.capacity - used)
      UnsafeMutableRawBufferPointer(start: slab.base + used, count: part.count)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
      pieces[pieces.count - 1].byteCount += part.count
      rest = rest.dropFirst(part.count)
    }
    byteCount += bytes.count
  }

  private mutating func addPiece() {
    pieces.last?.slab.spill()
    MemoryLimit.relieve()
    let capacity = pieces.last.map { min($0.slab.capacity * 2, Self.greatestByteCount) }
    pieces.append((Slab(capacity: capacity ?? Self.firstByteCount), 0))
  }

  /// Calls `body` with each piece and where it starts, and lets go of them.
  mutating func take<E: Error>(
    _ body: (UnsafeRawBufferPointer, _ offset: Int) throws(E) -> Void
  ) throws(E) {
    defer { self = PageStore() }
    var offset = 0
    for (slab, count) in pieces {
      try body(UnsafeRawBufferPointer(start: slab.base, count: count), offset)
      offset += count
    }
  }
}
