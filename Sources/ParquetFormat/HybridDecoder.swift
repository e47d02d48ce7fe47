/// Reads what `HybridEncoder` describes.
struct HybridDecoder {
  /// Bits of a value.
  let width: Int

  init(width: Int) throws(PageFault) {
    guard width <= 32 else { throw PageFault("codes have \(width) bits") }
    self.width = width
  }

  /// A run, or values that are packed.
  private enum Piece {
    case run(UInt32)
    case packed(UnsafeRawPointer)
  }

  /// The next piece, of `wanted` values at the most.
  private func next(
    _ cursor: inout PageCursor, wanted: Int
  ) throws(PageFault) -> (count: Int, piece: Piece) {
    let header = try cursor.varint()
    let length = header >> 1
    if header & 1 == 0 {
      guard length > 0 else { throw PageFault("a run has no values") }
      let bytes = try cursor.take((width + 7) / 8)
      var value: UInt32 = 0
      for byte in 0..<(width + 7) / 8 {
        value |= UInt32(bytes.load(fromByteOffset: byte, as: UInt8.self)) << UInt32(byte * 8)
      }
      guard width == 32 || value >> UInt32(width) == 0 else {
        throw PageFault("a run of \(value) has more than \(width) bits")
      }
      return (Int(min(length, UInt64(wanted))), .run(value))
    }
    guard length > 0 else { throw PageFault("there are no groups of packed values") }
    let taken = min(Int(min(length, UInt64(wanted + 7) / 8)) * 8, wanted)
    let needed = (taken * width + 7) / 8
    // Some writers leave out what fills the last group up.
    let declared = Int(min(length, UInt64(cursor.remaining))) * width
    let bytes = try cursor.take(max(needed, min(declared, cursor.remaining)))
    return (taken, .packed(bytes))
  }

  /// Reads `count` values.
  func read(
    _ cursor: inout PageCursor, count: Int, to target: UnsafeMutablePointer<UInt32>
  ) throws(PageFault) {
    var done = 0
    while done < count {
      let (taken, piece) = try next(&cursor, wanted: count - done)
      switch piece {
      case .run(let value): (target + done).update(repeating: value, count: taken)
      case .packed(let bytes): unpack(bytes, count: taken, to: target + done)
      }
      done += taken
    }
  }

  private func unpack(
    _ bytes: UnsafeRawPointer, count: Int, to target: UnsafeMutablePointer<UInt32>
  ) {
    let mask = UInt64(1) &<< UInt64(width) &- 1
    var bit = 0
    var index = 0
    while index < count {
      // Reads up to eight bytes past the values: pages have slack.
      let word = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
      target[index] = UInt32(truncatingIfNeeded: word &>> UInt64(bit & 7) & mask)
      bit &+= width
      index &+= 1
    }
  }

  /// Reads `count` levels of one bit; sets the bits from `first` on of a bitmap of zeros. Returns how
  /// many are 1.
  static func readLevels(
    _ cursor: inout PageCursor, count: Int, to bitmap: UnsafeMutablePointer<UInt8>, at first: Int
  ) throws(PageFault) -> Int {
    let decoder = try HybridDecoder(width: 1)
    var done = 0
    var setCount = 0
    while done < count {
      let (taken, piece) = try decoder.next(&cursor, wanted: count - done)
      switch piece {
      case .run(let value):
        if value == 1 {
          setBits(bitmap, first + done..<first + done + taken)
          setCount += taken
        }
      case .packed(let bytes):
        for start in stride(from: 0, to: taken, by: 8) {
          var byte = bytes.load(fromByteOffset: start / 8, as: UInt8.self)
          if taken - start < 8 { byte &= (1 << UInt8(taken - start)) - 1 }
          if byte == 0 { continue }
          setCount += byte.nonzeroBitCount
          let position = first + done + start
          let shift = UInt8(position & 7)
          bitmap[position >> 3] |= byte << shift
          let spill = shift == 0 ? 0 : byte >> (8 - shift)
          if spill != 0 { bitmap[(position >> 3) + 1] |= spill }
        }
      }
      done += taken
    }
    return setCount
  }
}

/// Sets the bits of a bitmap in a range.
func setBits(_ bitmap: UnsafeMutablePointer<UInt8>, _ rows: Range<Int>) {
  var row = rows.lowerBound
  while row < rows.upperBound, row & 7 != 0 || rows.upperBound - row < 8 {
    bitmap[row >> 3] |= 1 << UInt8(row & 7)
    row += 1
  }
  let byteCount = (rows.upperBound - row) / 8
  (bitmap + row / 8).update(repeating: 0xFF, count: byteCount)
  row += byteCount * 8
  while row < rows.upperBound {
    bitmap[row >> 3] |= 1 << UInt8(row & 7)
    row += 1
  }
}
