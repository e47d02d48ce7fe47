import Columnar

/// The texts of a block of rows, one after the other, and which are not null: all where there are no
/// bits.
struct BlockTexts {
  let bytes: UnsafePointer<UInt8>
  /// Text `row` lies from `ends[row]` to `ends[row + 1]`.
  let ends: UnsafePointer<Int>
  let valid: UnsafePointer<UInt64>?

  @inline(__always)
  subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + ends[row], count: ends[row &+ 1] &- ends[row])
  }

  @inline(__always)
  func hasValue(_ row: Int) -> Bool {
    valid.map { $0[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1 } ?? true
  }
}

/// Bytes in memory that grows, of one owner, who gives it back.
struct GrowingBytes {
  private var start = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 8)
  private var capacity = 1 << 8
  private(set) var count = 0

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// Room for so many bytes behind those that are there.
  @inline(__always)
  mutating func reserve(_ byteCount: Int) -> UnsafeMutablePointer<UInt8> {
    if byteCount > capacity &- count { grow(byteCount) }
    return start + count
  }

  /// Counts bytes that were written to reserved room.
  @inline(__always)
  mutating func advance(_ byteCount: Int) { count &+= byteCount }

  @inline(__always)
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    guard let source = text.baseAddress else { return }
    reserve(text.count).update(from: source, count: text.count)
    count &+= text.count
  }

  mutating func clear() { count = 0 }

  func deallocate() { start.deallocate() }

  private mutating func grow(_ byteCount: Int) {
    capacity = max(capacity * 2, count + byteCount)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }
}

/// The memory of one step for its texts of a block, used again for the next.
final class TextScratch {
  var bytes = GrowingBytes()
  let ends = UnsafeMutablePointer<Int>.allocate(capacity: ExpressionBlock.largestRowCount + 1)
  private var rowCount = 0

  deinit {
    bytes.deallocate()
    ends.deallocate()
  }

  func clear() {
    bytes.clear()
    rowCount = 0
    ends[0] = 0
  }

  /// The text of the next row is complete.
  @inline(__always)
  func endText() {
    rowCount &+= 1
    ends[rowCount] = bytes.count
  }

  @inline(__always)
  func add(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(text)
    endText()
  }

  func texts(valid: UnsafePointer<UInt64>?) -> BlockTexts {
    BlockTexts(bytes: bytes.bytes.baseAddress!, ends: UnsafePointer(ends), valid: valid)
  }
}
