/// A whole column on its way from the reader to an encoding: its chunks in row order, all in the
/// domain of `type`, and its distinct values where a dictionary is possible.
package struct ChunkedValues: Sendable {
  package var name: String
  package var type: LogicalType
  package var rowCount: Int
  package var nullCount: Int
  /// True where integers are past 2^63 − 1 and their bits are to be read without a sign.
  package var isUnsigned = false
  package private(set) var chunks: [ColumnChunk?]
  /// The distinct integers, or bits of binary64, sorted by value.
  package var distinctValues: [Int64]?
  /// The distinct strings, sorted by bytes, and the way from each chunk's codes to theirs.
  package var distinctText: SortedText?

  package init(
    name: String, type: LogicalType, rowCount: Int, nullCount: Int, chunks: [ColumnChunk]
  ) {
    self.name = name
    self.type = type
    self.rowCount = rowCount
    self.nullCount = nullCount
    self.chunks = chunks
  }

  /// Calls `body` with each chunk and its first row; drops the chunk afterwards.
  package mutating func consume<E: Error>(
    _ body: (_ firstRow: Int, _ chunk: ColumnChunk) throws(E) -> Void
  ) throws(E) {
    var row = 0
    for index in chunks.indices {
      guard let chunk = chunks[index] else { continue }
      try body(row, chunk)
      row += chunk.rowCount
      chunks[index] = nil
    }
  }

  mutating func replaceChunks(_ chunks: [ColumnChunk]) { self.chunks = chunks }

  /// The bitmap of all rows, `nil` where every row has a value or none has.
  package func makeValidity() -> Buffer? {
    if nullCount == 0 || nullCount == rowCount { return nil }
    let buffer = Buffer(zeroedByteCount: (rowCount + 7) / 8)
    let words = buffer.pointer(as: UInt64.self)
    var row = 0
    for case let chunk? in chunks {
      if chunk.nullCount < chunk.rowCount {
        appendBits(
          chunk.validity?.pointer(as: UInt64.self), count: chunk.rowCount, to: words, at: row)
      }
      row += chunk.rowCount
    }
    return buffer
  }
}

/// Copies `count` bits, all ones where `source` is `nil`, to bit `position` of `words`, whose bits
/// there must be 0. Words are whole 64-bit words: a buffer has room up to a multiple of 64 bytes.
package func appendBits(
  _ source: UnsafePointer<UInt64>?, count: Int, to words: UnsafeMutablePointer<UInt64>,
  at position: Int
) {
  let shift = UInt64(position & 63)
  var target = position >> 6
  var remaining = count
  var index = 0
  while remaining > 0 {
    var word = source.map { $0[index] } ?? ~0
    if remaining < 64 { word &= (1 << UInt64(remaining)) - 1 }
    words[target] |= word << shift
    let spill = shift == 0 ? 0 : word >> (64 - shift)
    if spill != 0 { words[target + 1] |= spill }
    target += 1
    index += 1
    remaining -= 64
  }
}
