/// The text of rows of which each begins as the one before it.
///
/// Unchecked: it only reads, and has what it reads.
struct FrontDecoder: TextDecoder, @unchecked Sendable {
  let shared: PackedLengths
  private let rests: Column
  private let texts: any TextDecoder

  init(shared: PackedLengths, rests: Column) {
    guard case .decoded(let view) = rests.view, case .texts(let texts) = view.decoder else {
      fatalError("rests are text that is decoded")
    }
    (self.shared, self.rests, self.texts) = (shared, rests, texts)
  }

  var rowCount: Int { shared.rowCount }
  var byteCount: Int { shared.memory.byteCount + rests.footprint.total }
  var longestByteCount: Int { shared.greatest + texts.longestByteCount }

  func decode(_ rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if rows.isEmpty { return }
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

  func measure(_ rows: Range<Int>, _ body: (Int) -> Void) {
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
