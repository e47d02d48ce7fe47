import Platform

/// A region of memory that holds a part of a column: its values, its validity, its offsets.
///
/// The region starts at a multiple of 64 bytes, as Arrow asks for, and has room for a whole number
/// of 64-byte lines. `byteCount` is exact; what lies between it and `allocatedByteCount` is zero.
public final class Buffer: @unchecked Sendable {
  /// The number of bytes that mean something.
  public let byteCount: Int
  /// The number of bytes that the region takes, a multiple of 64.
  public let allocatedByteCount: Int
  /// Sound to share: written only while the buffer is being built, by one owner, then read only.
  package let base: UnsafeMutableRawPointer
  /// What `base` lies in.
  private let origin: Origin

  private enum Origin {
    case heap
    case mapped(MappedMemory)
    /// Memory of another, which is kept.
    case lent(AnyObject)
  }

  /// The bytes that a buffer of `byteCount` bytes takes: rounded up to a whole 64-byte line; none
  /// for less than 0, and the last whole line for more than there are.
  public static func allocatedByteCount(for byteCount: Int) -> Int {
    byteCount > Int.max - 63 ? Int.max & ~63 : (max(0, byteCount) + 63) & ~63
  }

  /// A buffer whose meaningful bytes are not yet set.
  package init(uninitializedByteCount byteCount: Int) {
    self.byteCount = byteCount
    allocatedByteCount = Buffer.allocatedByteCount(for: byteCount)
    guard let memory = Buffer.memory(byteCount) else {
      OutOfMemory.stop(byteCount, for: "for a buffer")
    }
    (base, origin) = memory
  }

  /// The same for a size that someone else named; `nil` where there is not so much memory.
  package init?(availableByteCount byteCount: Int) {
    guard byteCount >= 0, byteCount < 1 << 56, let memory = Buffer.memory(byteCount) else {
      return nil
    }
    self.byteCount = byteCount
    allocatedByteCount = Buffer.allocatedByteCount(for: byteCount)
    (base, origin) = memory
  }

  /// Memory for a buffer, its last line zeros.
  private static func memory(_ byteCount: Int) -> (UnsafeMutableRawPointer, Origin)? {
    let allocatedByteCount = allocatedByteCount(for: byteCount)
    if allocatedByteCount >= MappedMemory.leastByteCount {
      return MappedMemory(byteCount: allocatedByteCount).map { ($0.base, .mapped($0)) }
    }
    var pointer: UnsafeMutableRawPointer?
    guard posix_memalign(&pointer, 64, max(allocatedByteCount, 64)) == 0, let pointer else {
      return nil
    }
    memset(pointer + byteCount, 0, allocatedByteCount - byteCount)
    return (pointer, .heap)
  }

  /// Memory that `owner` keeps as long as the buffer lives, and that is only read. It need not be
  /// aligned, nor end with a whole line.
  package init(reading base: UnsafeRawPointer, byteCount: Int, of owner: AnyObject) {
    self.byteCount = byteCount
    allocatedByteCount = byteCount
    self.base = UnsafeMutableRawPointer(mutating: base)
    origin = .lent(owner)
  }

  /// A buffer in memory that is lent, at a multiple of 64 bytes and for a whole number of lines.
  /// Whoever lends it writes there again only when the buffer is no longer used.
  package init(uninitializedByteCount byteCount: Int, in memory: SlabSlice) {
    self.byteCount = byteCount
    allocatedByteCount = Buffer.allocatedByteCount(for: byteCount)
    base = memory.base
    origin = .lent(memory.slab)
    memset(base + byteCount, 0, allocatedByteCount - byteCount)
  }

  /// A buffer of zeros.
  package convenience init(zeroedByteCount byteCount: Int) {
    self.init(uninitializedByteCount: byteCount)
    memset(base, 0, byteCount)
  }

  deinit {
    switch origin {
    case .heap: free(base)
    case .mapped(let memory): memory.giveBack()
    case .lent: break
    }
  }

  /// Whether the memory is another's.
  var isLent: Bool { if case .lent = origin { true } else { false } }

  /// Calls `body` with the meaningful bytes.
  public func withUnsafeBytes<R, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    try body(UnsafeRawBufferPointer(start: base, count: byteCount))
  }

  /// The start of the region, seen as elements of one type.
  package func pointer<T>(as type: T.Type) -> UnsafeMutablePointer<T> {
    base.assumingMemoryBound(to: type)
  }
}

/// `MADV_HUGEPAGE`, which Glibc's module leaves out.
let adviceHugePage: Int32 = 14
