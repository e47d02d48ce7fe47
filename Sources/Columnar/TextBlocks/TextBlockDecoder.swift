/// The text of rows that lie in compressed blocks.
///
/// Unchecked: it only reads, and has what it reads.
struct TextBlockDecoder: TextDecoder, @unchecked Sendable {
  let lengths: PackedLengths
  let blocks: TextBlocks
  let byteCount: Int
  /// What the pointers lead to.
  let owners: [Buffer]

  var rowCount: Int { lengths.rowCount }

  func decode(_ rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let reader = TextBlocks.Reader(blocks)
    lengths.forEachBlock(rows) { place, lengths in
      var place = place
      for length in lengths {
        reader.withBytes(place, Int(length), body)
        place &+= Int(length)
      }
    }
  }

  func decode(_ rows: [Int], _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let reader = TextBlocks.Reader(blocks)
    var cursor = PackedLengths.Cursor(lengths)
    for row in rows {
      let (place, length) = cursor.look(at: row)
      reader.withBytes(Int(place), Int(length), body)
    }
  }

  func measure(_ rows: Range<Int>, _ body: (Int) -> Void) {
    lengths.forEachBlock(rows) { _, lengths in
      for length in lengths { body(Int(length)) }
    }
  }

  var longestByteCount: Int { lengths.greatest }
}
