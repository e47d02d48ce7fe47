/// The text of rows of which each begins as the one before it.
///
/// Unchecked: it only reads, and has what it reads.
package struct FrontDecoder: TextDecoder, @unchecked Sendable {
  private let shared: PackedLengths
  package let rests: Column
  private let texts: any TextDecoder
  package let rowCount: Int
  package let longestByteCount: Int

  /// - Parameters:
  ///   - shared: How many bytes each row shares with the one before.
  ///   - rests: What is left of each, from a whole row on.
  ///   - rowCount: How many of these there are, at the end: those before are what the first of them needs.
  init(shared: PackedLengths, rests: Column, rowCount: Int) {
    guard case .decoded(let view) = rests.view, case .texts(let texts) = view.decoder else {
      fatalError("rests are text that is decoded")
    }
    (self.shared, self.rests, self.texts, self.rowCount) = (shared, rests, texts, rowCount)
    longestByteCount = shared.greatest + texts.longestByteCount
  }

  package var byteCount: Int { shared.memory.byteCount + rests.footprint.total }

  /// The rests of `rows`, from the last whole row before them on.
  package func rests(of rows: Range<Int>) -> Range<Int> {
    let rests = rows.shifted(by: shared.rowCount - rowCount)
    let size = FrontEncoding.groupRowCount
    return rests.lowerBound / size * size..<rests.upperBound
  }

  /// What rows share, of these rests.
  package func shared(of rests: Range<Int>) -> Buffer { shared.packed(rests) }

  package func decode(_ rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if rows.isEmpty { return }
    let rows = rows.shifted(by: shared.rowCount - rowCount)
    var row = rows.lowerBound / FrontEncoding.groupRowCount * FrontEncoding.groupRowCount
    // Whoever reads text may read some bytes past its end.
    let room = longestByteCount + TokenTable.margin
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { room in
      guard let text = room.baseAddress else { return }
      shared.forEachBlock(row..<rows.upperBound) { _, lengths in
        let firstRow = row
        texts.decode(firstRow..<firstRow + lengths.count) { rest in
          let sharedCount = Int(lengths[row - firstRow])
          if let start = rest.baseAddress {
            (text + sharedCount).update(from: start, count: rest.count)
          }
          if row >= rows.lowerBound {
            body(UnsafeBufferPointer(start: text, count: sharedCount + rest.count))
          }
          row += 1
        }
      }
    }
  }

  package func measure(_ rows: Range<Int>, _ body: (Int) -> Void) {
    let rows = rows.shifted(by: shared.rowCount - rowCount)
    var row = rows.lowerBound
    shared.forEachBlock(rows) { _, lengths in
      let firstRow = row
      texts.measure(firstRow..<firstRow + lengths.count) { byteCount in
        body(Int(lengths[row - firstRow]) + byteCount)
        row += 1
      }
    }
  }
}
