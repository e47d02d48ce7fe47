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

  package func measure(_ rows: Range<Int>, _ body: (Int) -> Void) {
    // No table of all lengths for a few rows.
    if rows.count < PackedBlocks.rowCount { return decode(rows) { body($0.count) } }
    table.withLengths(of: tokenCount) { lengths in
      counts.forEachBlock(rows) { place, counts in
        var place = place
        for count in counts {
          var byteCount = 0
          for index in place..<place &+ Int(count) { byteCount &+= Int(lengths[stream[index]]) }
          body(byteCount)
          place &+= Int(count)
        }
      }
    }
  }

  package func textByteCount(_ rows: Range<Int>) -> Int {
    // One loop over all tokens: rows have few each.
    table.withLengths(of: tokenCount) { lengths in
      var sum = 0
      counts.forEachBlock(rows) { place, counts in
        let end = counts.reduce(place) { $0 &+ Int($1) }
        for index in place..<end { sum &+= Int(lengths[stream[index]]) }
      }
      return sum
    }
  }

  package var longestByteCount: Int { counts.greatest * TokenVocabulary.maximumLength }
}
