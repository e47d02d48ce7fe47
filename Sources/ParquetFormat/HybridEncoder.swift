import Platform

/// Parquet's RLE encoding: runs of one value, and groups of eight values that are packed into bits.
///
///     run    = varint(count << 1)      │ the value in as few bytes as hold `width` bits
///     packed = varint(groups << 1 | 1) │ `width` bytes for each group, lowest bits first
struct HybridEncoder {
  /// Bits of a value, 0 to 32.
  let width: Int

  /// The bits that hold every number below `count`.
  init(codeCount count: Int) {
    self.init(width: count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount)
  }

  init(width: Int) { self.width = width }

  /// Shorter runs cost less within a packed group than by themselves.
  private static let shortestRun = 16

  /// Appends `count` values.
  func append(_ values: UnsafePointer<UInt32>, count: Int, to page: inout PageBytes) {
    if width == 0 { return count > 0 ? appendRun(0, count: count, to: &page) : () }
    // Packed values start at `pending`; each look is whole groups further.
    var pending = 0
    var position = 0
    while position + Self.shortestRun <= count {
      let end = runEnd(values, position, count)
      guard end - position >= Self.shortestRun else {
        position += 8
        continue
      }
      appendPacked(values + pending, count: position - pending, to: &page)
      appendRun(values[position], count: end - position, to: &page)
      position = end
      pending = end
    }
    appendPacked(values + pending, count: count - pending, to: &page)
  }

  /// Appends bit `first` and those behind it of a bitmap, which are values of one bit.
  static func append(
    bits: UnsafePointer<UInt8>, _ rows: Range<Int>, to page: inout PageBytes
  ) {
    let byteCount = (rows.count + 7) / 8
    page.append(varint: UInt64(byteCount) << 1 | 1)
    let source = bits + rows.lowerBound / 8
    let shift = UInt8(rows.lowerBound & 7)
    let target = page.end(withRoom: byteCount)
    if shift == 0 {
      memcpy(target, source, byteCount)
    } else {
      let last = (rows.upperBound - 1) / 8 - rows.lowerBound / 8
      for index in 0..<byteCount {
        let high = index < last ? source[index + 1] << (8 - shift) : 0
        target[index] = source[index] >> shift | high
      }
    }
    // What fills the last group up is zeros.
    if rows.count & 7 != 0 { target[byteCount - 1] &= (1 << UInt8(rows.count & 7)) - 1 }
    page.advance(byteCount)
  }

  /// Appends `count` times the same value.
  func appendRun(_ value: UInt32, count: Int, to page: inout PageBytes) {
    page.append(varint: UInt64(count) << 1)
    for byte in 0..<(width + 7) / 8 {
      page.append(UInt8(truncatingIfNeeded: value >> UInt32(byte * 8)))
    }
  }

  /// Where the values that equal the one at `position` end; `position` if the next ones differ.
  @inline(__always)
  private func runEnd(_ values: UnsafePointer<UInt32>, _ position: Int, _ count: Int) -> Int {
    let value = values[position]
    if values[position + 1] != value || values[position + 7] != value { return position }
    var end = position + 1
    while end < count, values[end] == value { end &+= 1 }
    return end
  }

  private func appendPacked(
    _ values: UnsafePointer<UInt32>, count: Int, to page: inout PageBytes
  ) {
    if count == 0 { return }
    let groupCount = (count + 7) / 8
    page.append(varint: UInt64(groupCount) << 1 | 1)
    let byteCount = groupCount * width
    // Words are stored whole: room for what follows the last byte.
    let start = page.end(withRoom: byteCount + 8)
    var target = UnsafeMutableRawPointer(start)
    var word: UInt64 = 0
    var bitCount: UInt64 = 0
    let step = UInt64(width)
    var index = 0
    while index < count {
      word |= UInt64(values[index]) &<< bitCount
      bitCount &+= step
      if bitCount >= 32 {
        target.storeBytes(of: UInt32(truncatingIfNeeded: word).littleEndian, as: UInt32.self)
        target += 4
        word &>>= 32
        bitCount &-= 32
      }
      index &+= 1
    }
    // The values that fill the last group up are zeros.
    let end = UnsafeMutableRawPointer(start + byteCount)
    while target < end {
      target.storeBytes(of: UInt32(truncatingIfNeeded: word).littleEndian, as: UInt32.self)
      target += 4
      word = 0
    }
    page.advance(byteCount)
  }
}
