/// Numbers without a sign that are held neither in words nor in bits, and decoded a run of rows at a time: codes.
package struct DecodedNumbers {
  package let decoder: any IntegerDecoder
  /// The row of the decoder that is the first.
  package let firstRow: Int
  /// The bytes of the words that they are decoded to: 1, 2 or 4.
  package let wordByteCount: Int

  /// - Parameter limit: No number is greater.
  init(_ decoder: any IntegerDecoder, upTo limit: UInt64) {
    self.init(
      decoder, firstRow: 0,
      wordByteCount: PackedBlocks.wordByteCount(bits: PackedBlocks.bits(upTo: limit)))
  }

  private init(_ decoder: any IntegerDecoder, firstRow: Int, wordByteCount: Int) {
    self.decoder = decoder
    self.firstRow = firstRow
    self.wordByteCount = min(wordByteCount, 4)
  }

  /// The same from row `row` on.
  package func advanced(by row: Int) -> DecodedNumbers {
    DecodedNumbers(decoder, firstRow: firstRow + row, wordByteCount: wordByteCount)
  }

  /// The number in a row: loops over rows decode runs instead.
  package func value(at row: Int) -> Int64 { decoder.value(at: firstRow + row) }

  /// The bytes that a pass over `count` rows reads, where all rows lie evenly.
  package func byteCount(_ count: Int) -> Int {
    DecodedView(.integers(decoder)).byteCount(count)
  }

  /// Calls `body` with runs of `rows`: the place of each within them, its length, and its numbers in words, which are
  /// valid only during the call. All but the last are of a multiple of 64 rows.
  func forEachRun(_ rows: Range<Int>, _ body: (Int, Int, PlainValues) -> Void) {
    switch wordByteCount {
    case 1: forEachRun(rows, UInt8.self) { body($0, $1, .uint8($2)) }
    case 2: forEachRun(rows, UInt16.self) { body($0, $1, .uint16($2)) }
    default: forEachRun(rows, UInt32.self) { body($0, $1, .uint32($2)) }
    }
  }

  private func forEachRun<Word: PackedWord>(
    _ rows: Range<Int>, _ type: Word.Type, _ body: (Int, Int, UnsafePointer<Word>) -> Void
  ) {
    withUnsafeTemporaryAllocation(
      of: Word.self, capacity: max(1, min(rows.count, Self.runRowCount))
    ) { room in
      guard let words = room.baseAddress else { return }
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.runRowCount) {
        let run = start..<min(start + Self.runRowCount, rows.upperBound)
        decoder.decode(
          run.shifted(by: firstRow), to: UnsafeMutableRawPointer(words),
          width: MemoryLayout<Word>.size)
        body(start - rows.lowerBound, run.count, UnsafePointer(words))
      }
    }
  }

  /// Rows that are decoded together: they stay in the first-level cache.
  private static let runRowCount = 2048
}
