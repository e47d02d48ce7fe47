import Platform

/// Numbers of `width` bytes in fewer bits: whole blocks of 1,024, and behind them the rest as it is.
package struct PackedWords: Sendable {
  let width: Int
  private let count: Int
  /// The bits of a number in a block; as many as it has where that is no fewer.
  private let bits: Int
  private let slice: SlabSlice

  private var blockCount: Int { count / PackedBlocks.rowCount }
  private var isPacked: Bool { bits < width * 8 }
  private var blockByteCount: Int { blockCount * PackedBlocks.byteCount(bits: bits) }
  private var restByteCount: Int { (count - blockCount * PackedBlocks.rowCount) * width }

  init(
    _ numbers: UnsafeRawPointer, width: Int, count: Int, in slabs: inout SlabWriter
  ) {
    (self.width, self.count) = (width, count)
    let all = PackedBlocks.accept(AllBits(numbers: numbers, count: count), bits: width * 8 - 1)
    // So many that they are unpacked to words as wide as the numbers.
    bits = min(max(PackedBlocks.bits(upTo: all), width == 1 ? 1 : width * 4 + 1), width * 8)
    let blockCount = count / PackedBlocks.rowCount
    let blockByteCount = blockCount * PackedBlocks.byteCount(bits: bits)
    let restByteCount = (count - blockCount * PackedBlocks.rowCount) * width
    slice = slabs.allocate(blockByteCount + restByteCount)
    if bits < width * 8 {
      PackedBlocks.accept(
        BlockTransfer(
          numbers: UnsafeMutableRawPointer(mutating: numbers), blocks: slice.base,
          blockCount: blockCount, bits: bits, unpacks: false), bits: bits)
    } else {
      memcpy(slice.base, numbers, blockByteCount)
    }
    memcpy(
      slice.base + blockByteCount, numbers + blockCount * PackedBlocks.rowCount * width,
      restByteCount)
  }

  var unpacked: SlabSlice {
    let target = SlabSlice.onHeap(count * width)
    if isPacked {
      PackedBlocks.accept(
        BlockTransfer(
          numbers: target.base, blocks: slice.base, blockCount: blockCount, bits: bits,
          unpacks: true), bits: bits)
    } else {
      memcpy(target.base, slice.base, blockByteCount)
    }
    memcpy(
      target.base + blockCount * PackedBlocks.rowCount * width, slice.base + blockByteCount,
      restByteCount)
    return target
  }

  private struct AllBits: PackedVisitor {
    let numbers: UnsafeRawPointer
    let count: Int

    func visit<Word: PackedWord>(_ words: Word.Type, _ nothing: inout Void) -> UInt64 {
      let numbers = numbers.assumingMemoryBound(to: words)
      var all: Word = 0
      for row in 0..<count { all |= numbers[row] }
      return UInt64(all)
    }
  }

  /// Numbers to blocks, or back.
  private struct BlockTransfer: PackedVisitor {
    let numbers: UnsafeMutableRawPointer
    let blocks: UnsafeMutableRawPointer
    let blockCount: Int
    let bits: Int
    let unpacks: Bool

    func visit<Word: PackedWord>(_ words: Word.Type, _ nothing: inout Void) {
      let numbers = numbers.assumingMemoryBound(to: words)
      for index in 0..<blockCount {
        let rows = numbers + index * PackedBlocks.rowCount
        let block = (blocks + index * PackedBlocks.byteCount(bits: bits))
          .assumingMemoryBound(to: words)
        if unpacks {
          words.unpack(block, bits: bits, to: rows)
        } else {
          words.pack(rows, bits: bits, to: block)
        }
      }
    }
  }
}
