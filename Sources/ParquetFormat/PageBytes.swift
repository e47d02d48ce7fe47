import Columnar
import Platform

/// Bytes that grow at their end, in memory that is used again from page to page.
struct PageBytes: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    base = Self.memory(capacity)
  }

  deinit { ScratchMemory.deallocate(base, byteCount: capacity) }

  private static func memory(_ byteCount: Int) -> UnsafeMutablePointer<UInt8> {
    ScratchMemory.allocate(byteCount: byteCount, maySpill: true).assumingMemoryBound(to: UInt8.self)
  }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  mutating func removeAll() { count = 0 }

  /// The end, where `byteCount` bytes may be written; `advance` makes them count.
  @inline(__always)
  mutating func end(withRoom byteCount: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity - count < byteCount { grow(byteCount) }
    return base + count
  }

  @inline(__always)
  mutating func advance(_ byteCount: Int) { count &+= byteCount }

  @inline(never)
  private mutating func grow(_ byteCount: Int) {
    let larger = max(capacity * 2, count + byteCount)
    let memory = Self.memory(larger)
    ScratchMemory.copy(base, to: memory, byteCount: count)
    ScratchMemory.deallocate(base, byteCount: capacity)
    (base, capacity) = (memory, larger)
  }

  mutating func append(_ byte: UInt8) {
    end(withRoom: 1).pointee = byte
    advance(1)
  }

  mutating func append(_ source: UnsafeRawPointer, count byteCount: Int) {
    memcpy(end(withRoom: byteCount), source, byteCount)
    advance(byteCount)
  }

  /// The number as four bytes, the lowest first.
  @inline(__always)
  mutating func append(word: UInt32) {
    UnsafeMutableRawPointer(end(withRoom: 4)).storeBytes(of: word.littleEndian, as: UInt32.self)
    advance(4)
  }

  /// Seven bits a byte, the lowest first; the high bit says that more follow.
  mutating func append(varint value: UInt64) {
    var rest = value
    while rest > 0x7F {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}
