import CLZ4
import Platform

/// Text with the length of each row, compressed by LZ4 or as it is.
package struct PackedText: Sendable {
  let byteCount: Int
  private let lengths: PackedWords
  private let rowCount: Int
  private let bytes: SlabSlice
  /// The bytes that LZ4 made; `nil` where it was not asked, or made no fewer.
  private let compressedByteCount: Int?

  init(_ text: TextChunk, rowCount: Int, compresses: Bool, in slabs: inout SlabWriter) {
    byteCount = text.byteCount
    self.rowCount = rowCount
    lengths = Self.lengths(text, rowCount, &slabs)
    let source = text.bytes.base + text.start
    let compressed = compresses ? Self.compressed(source, text.byteCount) : nil
    compressedByteCount = compressed?.byteCount
    bytes =
      compressed.map { $0.bytes.copy($0.byteCount, in: &slabs) }
      ?? SlabSlice(slab: text.bytes.slab, base: source).copy(text.byteCount, in: &slabs)
  }

  private static func compressed(
    _ source: UnsafeRawPointer, _ byteCount: Int
  ) -> (bytes: SlabSlice, byteCount: Int)? {
    // LZ4 takes no more than 2 GB at once, and then writes nothing.
    let limit = byteCount / 8 * 7
    let target = SlabSlice.onHeap(limit)
    let count = LZ4_compress_default(
      source.assumingMemoryBound(to: CChar.self), target.pointer(as: CChar.self),
      Int32(clamping: byteCount), Int32(clamping: limit))
    return count > 0 ? (target, Int(count)) : nil
  }

  private static func lengths(
    _ text: TextChunk, _ rowCount: Int, _ slabs: inout SlabWriter
  ) -> PackedWords {
    let ends = text.ends.pointer(as: UInt32.self)
    let room = SlabSlice.onHeap(rowCount * 4)
    let lengths = room.pointer(as: UInt32.self)
    var (start, longest) = (UInt32(truncatingIfNeeded: text.start), UInt32(0))
    for row in 0..<rowCount {
      lengths[row] = ends[row] &- start
      longest = max(longest, lengths[row])
      start = ends[row]
    }
    if longest > UInt16.max {
      return PackedWords(room.base, width: 4, count: rowCount, in: &slabs)
    }
    // In place: each stands before the one that it was made from.
    let width = longest > UInt8.max ? 2 : 1
    for row in 0..<rowCount {
      if width == 2 {
        room.pointer(as: UInt16.self)[row] = UInt16(truncatingIfNeeded: lengths[row])
      } else {
        room.pointer(as: UInt8.self)[row] = UInt8(truncatingIfNeeded: lengths[row])
      }
    }
    return PackedWords(room.base, width: width, count: rowCount, in: &slabs)
  }

  var unpacked: TextChunk {
    let (target, ends) = (SlabSlice.onHeap(byteCount), SlabSlice.onHeap(rowCount * 4))
    if let compressedByteCount {
      let count = LZ4_decompress_safe(
        bytes.base.assumingMemoryBound(to: CChar.self),
        target.base.assumingMemoryBound(to: CChar.self), Int32(compressedByteCount),
        Int32(byteCount))
      precondition(Int(count) == byteCount, "a chunk of text is damaged")
    } else {
      memcpy(target.base, bytes.base, byteCount)
    }
    let lengths = lengths.unpacked
    let end = ends.pointer(as: UInt32.self)
    switch self.lengths.width {
    case 1: sum(lengths.pointer(as: UInt8.self), to: end)
    case 2: sum(lengths.pointer(as: UInt16.self), to: end)
    default: sum(lengths.pointer(as: UInt32.self), to: end)
    }
    return TextChunk(bytes: target, ends: ends, byteCount: byteCount)
  }

  @inline(__always)
  private func sum<Length: FixedWidthInteger>(
    _ lengths: UnsafePointer<Length>, to ends: UnsafeMutablePointer<UInt32>
  ) {
    var end: UInt32 = 0
    for row in 0..<rowCount {
      end &+= UInt32(truncatingIfNeeded: lengths[row])
      ends[row] = end
    }
  }
}
