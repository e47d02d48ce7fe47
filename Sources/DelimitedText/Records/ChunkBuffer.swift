import Columnar

/// Bytes of a chunk, with 64 readable bytes before and after them.
///
/// The margin before serves eight-byte loads that end at a field's end, the one after the vector
/// loads of the scan.
package struct ChunkBuffer: ~Copyable {
  package static let margin = 64
  /// Of a record of megabytes, on huge pages.
  private var memory: Buffer
  /// The first byte.
  private(set) var start: UnsafeMutablePointer<UInt8>
  /// Bytes that fit between the margins.
  private(set) var capacity: Int
  /// Bytes in use.
  var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    memory = Self.allocate(capacity)
    start = Self.start(of: memory)
  }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// The unused part.
  var rest: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: start + count, count: capacity - count)
  }

  /// Makes room for `needed` bytes in all, keeping those in use.
  mutating func reserve(_ needed: Int) {
    guard needed > capacity else { return }
    let larger = Self.allocate(needed)
    (larger.base + Self.margin).copyMemory(from: start, byteCount: count)
    memory = larger
    start = Self.start(of: larger)
    capacity = needed
  }

  /// Appends one byte; there must be room.
  mutating func append(_ byte: UInt8) {
    assert(count < capacity)
    start[count] = byte
    count += 1
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    reserve(max(count + bytes.count, count + bytes.count > capacity ? capacity * 2 : 0))
    if let source = bytes.baseAddress {
      (start + count).update(from: source, count: bytes.count)
    }
    count += bytes.count
  }

  /// Takes bytes from the front; the others move up.
  mutating func removeFirst(_ dropped: Int) {
    guard dropped > 0 else { return }
    count -= dropped
    start.update(from: start + dropped, count: count)
  }

  /// Zeroes the margin after the bytes in use, so that whoever looks past them sees no line end.
  mutating func clearMargin() {
    (start + count).update(repeating: 0, count: Self.margin)
  }

  private static func start(of memory: Buffer) -> UnsafeMutablePointer<UInt8> {
    memory.pointer(as: UInt8.self) + margin
  }

  private static func allocate(_ capacity: Int) -> Buffer {
    let memory = Buffer(uninitializedByteCount: margin + capacity + margin)
    memory.base.initializeMemory(as: UInt8.self, repeating: 0, count: margin)
    return memory
  }
}
