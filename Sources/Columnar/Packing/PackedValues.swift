/// Numbers without a sign of some bits each, in blocks of 1,024 rows that lie one after the other.
///
/// The pointer lives as long as the column does, which has whole blocks: the last is filled with zeros.
package struct PackedValues {
  private let blocks: UnsafeRawPointer
  /// The bits of a number.
  package let bits: Int
  /// Where row 0 is in the first block.
  private let firstRow: Int

  package init(blocks: UnsafeRawPointer, bits: Int) {
    self.init(blocks: blocks, bits: bits, firstRow: 0)
  }

  private init(blocks: UnsafeRawPointer, bits: Int, firstRow: Int) {
    self.blocks = blocks
    self.bits = bits
    self.firstRow = firstRow
  }

  /// The same from row `row` on.
  package func advanced(by row: Int) -> PackedValues {
    let (block, firstRow) = (firstRow + row).quotientAndRemainder(
      dividingBy: PackedBlocks.rowCount)
    return PackedValues(
      blocks: blocks + block * PackedBlocks.byteCount(bits: bits), bits: bits, firstRow: firstRow)
  }

  /// The place of a row within its block.
  package func placeInBlock(_ row: Int) -> Int { (firstRow + row) % PackedBlocks.rowCount }

  /// The bytes of the word that a number is unpacked to: 1, 2, 4 or 8.
  package var wordByteCount: Int { PackedBlocks.wordByteCount(bits: bits) }

  /// The greatest number that there can be.
  package var limit: UInt64 { ~0 >> UInt64(64 - bits) }

  /// The bytes of the blocks that have `count` rows.
  package func byteCount(_ count: Int) -> Int {
    PackedBlocks.byteCount(rowCount: count, bits: bits)
  }

  /// The number in a row: two words are looked at, so that loops over rows unpack blocks instead.
  package func value(at row: Int) -> UInt64 {
    PackedBlocks.accept(Field(numbers: self, row: row), bits: bits)
  }

  private struct Field: PackedVisitor {
    let numbers: PackedValues
    let row: Int

    @inline(__always)
    func visit<Word: PackedWord>(_ words: Word.Type, _ nothing: inout Void) -> UInt64 {
      numbers.field(row, of: words)
    }
  }

  /// Writes the numbers in some rows, in any order.
  package func gather(
    _ rows: UnsafeBufferPointer<UInt32>, to target: UnsafeMutablePointer<Int64>
  ) {
    PackedBlocks.accept(Fields(numbers: self, rows: rows, target: target), bits: bits)
  }

  private struct Fields: PackedVisitor {
    let numbers: PackedValues
    let rows: UnsafeBufferPointer<UInt32>
    let target: UnsafeMutablePointer<Int64>

    func visit<Word: PackedWord>(_ words: Word.Type, _ nothing: inout Void) {
      for place in 0..<rows.count {
        target[place] = Int64(
          truncatingIfNeeded: numbers.field(Int(rows[place]), of: words))
      }
    }
  }

  @inline(__always)
  private func field<Word: PackedWord>(_ row: Int, of type: Word.Type) -> UInt64 {
    let (block, place) = (firstRow + row).quotientAndRemainder(dividingBy: PackedBlocks.rowCount)
    let laneCount = PackedBlocks.rowCount / Word.bitWidth
    let bit = place / laneCount * bits
    let shift = bit % Word.bitWidth
    let words =
      start(ofBlock: block, Word.self) + bit / Word.bitWidth * laneCount + place % laneCount
    var field = words[0] >> Word(shift)
    if shift + bits > Word.bitWidth { field |= words[laneCount] << Word(Word.bitWidth - shift) }
    return UInt64(field) & limit
  }

  private func start<Word: PackedWord>(
    ofBlock block: Int, _ type: Word.Type
  ) -> UnsafePointer<Word> {
    (blocks + block * PackedBlocks.byteCount(bits: bits)).assumingMemoryBound(to: Word.self)
  }

  /// Writes the numbers of `rows` in words of `wordByteCount`.
  package func unpack<Word: PackedWord>(
    _ rows: Range<Int>, to target: UnsafeMutablePointer<Word>
  ) {
    let size = PackedBlocks.rowCount
    let rows = rows.lowerBound + firstRow..<rows.upperBound + firstRow
    var row = rows.lowerBound
    while row < rows.upperBound {
      let block = row / size
      let end = min(rows.upperBound, (block + 1) * size)
      let place = target + (row - rows.lowerBound)
      if end - row == size {
        Word.unpack(start(ofBlock: block, Word.self), bits: bits, to: place)
      } else {
        withUnsafeTemporaryAllocation(of: Word.self, capacity: size) { room in
          Word.unpack(start(ofBlock: block, Word.self), bits: bits, to: room.baseAddress!)
          place.update(from: room.baseAddress! + (row - block * size), count: end - row)
        }
      }
      row = end
    }
  }

  /// The blocks that lie within the first `count` rows, and the rows before and after them.
  package func wholeBlocks(
    _ count: Int
  ) -> (before: Range<Int>, blocks: UnsafeRawPointer, blockCount: Int, after: Range<Int>) {
    let size = PackedBlocks.rowCount
    let before = min(count, firstRow == 0 ? 0 : size - firstRow)
    let blockCount = (count - before) / size
    let start = blocks + (firstRow == 0 ? 0 : PackedBlocks.byteCount(bits: bits))
    return (0..<before, start, blockCount, before + blockCount * size..<count)
  }
}
