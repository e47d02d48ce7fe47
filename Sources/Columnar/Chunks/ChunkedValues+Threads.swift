extension ChunkedValues {
  /// Chunks of a column that one thread takes, and drops one after the other.
  struct Share: Sendable {
    /// The row of the column that is the first.
    let firstRow: Int
    /// The bytes of the text before it.
    let firstByte: Int
    let textByteCount: Int
    fileprivate let chunks: Range<Int>
    fileprivate let all: Lock<[ColumnChunk?]>

    /// Calls `body` with each chunk and its first row; drops the chunk afterwards.
    func consume<E: Error>(
      _ body: (_ firstRow: Int, _ chunk: ColumnChunk) throws(E) -> Void
    ) throws(E) {
      var row = firstRow
      for index in chunks {
        let taken = all.withLock { chunks in
          let chunk = chunks[index]
          chunks[index] = nil
          return chunk
        }
        guard let chunk = taken?.unpacked else { continue }
        MemoryLimit.relieve()
        try body(row, chunk)
        row += chunk.rowCount
      }
    }
  }

  /// More shares than threads, since some take longer.
  private static let sharesPerThread = 16

  /// What `body` makes of each share of the chunks, in the order of the rows, on as many threads as there are for it.
  /// The chunks are gone then.
  mutating func consumeShares<T: Sendable, E: Error>(
    _ body: @Sendable (Share) throws(E) -> T
  ) throws(E) -> [T] {
    let sizes = held.compactMap { chunk in chunk.map { ($0.rowCount, $0.textByteCount) } }
    // Nobody else may keep a chunk, so that it is gone with the share's step.
    let all = Lock<[ColumnChunk?]>(takeChunks())
    let shareCount =
      threadCount == 1 ? 1 : max(1, min(sizes.count, threadCount * Self.sharesPerThread))
    var shares: [Share] = []
    var (row, byte) = (0, 0)
    for number in 0..<shareCount {
      let chunks = sizes.count * number / shareCount..<sizes.count * (number + 1) / shareCount
      let (rowCount, textByteCount) = sizes[chunks].reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
      shares.append(
        Share(
          firstRow: row, firstByte: byte, textByteCount: textByteCount, chunks: chunks, all: all))
      row += rowCount
      byte += textByteCount
    }
    return try parallelMap(shareCount, threads: threadCount) { [shares] number in
      Result { () throws(E) -> T in try body(shares[number]) }
    }.map { result throws(E) in try result.get() }
  }
}
