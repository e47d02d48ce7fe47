/// The text of rows that are held as tokens.
///
/// Unchecked: it only reads, and has what it reads.
package struct TokenDecoder: TextDecoder, @unchecked Sendable {
  let counts: PackedLengths
  let stream: TokenStream
  let table: TokenTable
  /// How many different tokens there are.
  let tokenCount: Int
  package let byteCount: Int
  /// What the pointers lead to.
  let owners: [Buffer]

  package var rowCount: Int { counts.rowCount }

  package func decode(_ rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    counts.forEachBlock(rows) { place, counts in
      var place = place
      let longest = Int(counts.max() ?? 0)
      let room = longest * TokenVocabulary.maximumLength + TokenTable.margin
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { text in
        guard let start = text.baseAddress else { return }
        for count in counts {
          let end = table.write(stream, place, Int(count), to: start)
          body(UnsafeBufferPointer(start: start, count: end - start))
          place &+= Int(count)
        }
      }
    }
  }
}
