/// Reads DELTA_BINARY_PACKED: each number as its difference from the one before, in miniblocks of
/// as many bits as their largest difference needs.
///
///     varint(block) │ varint(miniblocks a block) │ varint(count) │ zigzag(first)
///     then blocks: zigzag(least difference) │ a width for each miniblock │ miniblocks
struct DeltaDecoder {
  /// How many numbers there are.
  let count: Int
  private let miniblockCount: Int
  /// Numbers of a miniblock.
  private let miniblockLength: Int
  private let first: Int64

  init(_ cursor: inout PageCursor) throws(PageFault) {
    let (block, miniblocks, count) = (
      try cursor.varint(), try cursor.varint(), try cursor.varint()
    )
    first = try cursor.zigzag()
    guard block > 0, block <= 1 << 20, block % 128 == 0, miniblocks > 0, block % miniblocks == 0,
      (block / miniblocks) % 32 == 0, count <= UInt64(Int32.max)
    else {
      throw PageFault("\(count) differences in blocks of \(block) by \(miniblocks)")
    }
    self.count = Int(count)
    miniblockCount = Int(miniblocks)
    miniblockLength = Int(block / miniblocks)
  }

  /// Reads all numbers, modulo 2^64; `target` has room for them.
  func read<Number: FixedWidthInteger>(
    _ cursor: inout PageCursor, to target: UnsafeMutablePointer<Number>
  ) throws(PageFault) {
    if count == 0 { return }
    var value = first
    target[0] = Number(truncatingIfNeeded: value)
    var done = 1
    while done < count {
      let least = try cursor.zigzag()
      let widths = try cursor.take(miniblockCount)
      for miniblock in 0..<miniblockCount where done < count {
        let width = Int(widths.load(fromByteOffset: miniblock, as: UInt8.self))
        guard width <= 64 else { throw PageFault("differences have \(width) bits") }
        let taken = min(miniblockLength, count - done)
        // Some writers leave out what fills the last miniblock up.
        let byteCount = miniblockLength / 8 * width
        let needed = (taken * width + 7) / 8
        let bytes = try cursor.take(max(needed, min(byteCount, cursor.remaining)))
        for index in 0..<taken {
          let difference = Self.bits(bytes, at: index * width, width)
          value &+= least &+ Int64(bitPattern: difference)
          target[done + index] = Number(truncatingIfNeeded: value)
        }
        done += taken
      }
    }
  }

  /// `width` bits from bit `position` on; up to sixteen bytes past them are read.
  private static func bits(_ bytes: UnsafeRawPointer, at position: Int, _ width: Int) -> UInt64 {
    if width == 0 { return 0 }
    let start = bytes + (position >> 3)
    let shift = UInt64(position & 7)
    var word = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self)) &>> shift
    if shift + UInt64(width) > 64 {
      word |= UInt64(start.load(fromByteOffset: 8, as: UInt8.self)) &<< (64 &- shift)
    }
    return width == 64 ? word : word & (UInt64(1) &<< UInt64(width) &- 1)
  }
}
