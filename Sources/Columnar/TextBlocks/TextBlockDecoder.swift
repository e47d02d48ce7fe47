/// The text of rows that lie in compressed blocks.
///
/// Unchecked: it only reads, and has what it reads.
package struct TextBlockDecoder: TextDecoder, @unchecked Sendable {
  let lengths: PackedLengths
  let blocks: TextBlocks
  package let byteCount: Int
  /// What the pointers lead to.
  let owners: [Buffer]

  package var rowCount: Int { lengths.rowCount }

  package func decode(_ rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let reader = TextBlocks.Reader(blocks)
    lengths.forEachBlock(rows) { place, lengths in
      var place = place
      for length in lengths {
        reader.withBytes(place, Int(length), body)
        place &+= Int(length)
      }
    }
  }

  package func decode(_ rows: [Int], _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let reader = TextBlocks.Reader(blocks)
    var cursor = PackedLengths.Cursor(lengths)
    for row in rows {
      let (place, length) = cursor.look(at: row)
      reader.withBytes(Int(place), Int(length), body)
    }
  }

  package func measure(_ rows: Range<Int>, _ body: (Int) -> Void) {
    lengths.forEachBlock(rows) { _, lengths in
      for length in lengths { body(Int(length)) }
    }
  }

  package var longestByteCount: Int { lengths.greatest }

  /// The blocks that `rows` lie in, and the lengths of these.
  package func blocks(of rows: Range<Int>) -> (values: Buffer, offsets: Buffer) {
    var (start, end) = (0, 0)
    lengths.forEachBlock(rows) { place, lengths in
      if end == 0 { start = place }
      end = lengths.reduce(place) { $0 + Int($1) }
    }
    return (blocks.blocks(from: start, to: end), lengths.packed(rows))
  }
}
