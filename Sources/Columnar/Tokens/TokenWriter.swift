import Platform

/// Writes rows as tokens, and reads back what it wrote.
///
/// Unchecked: one thread at a time has it.
final class TokenWriter: @unchecked Sendable {
  private let matcher: TokenMatcher
  private let table: TokenTable
  private let stream: TokenStream
  private let streamByteCount: Int
  private var tokenCount = 0
  /// The text of a batch of rows, room for its tokens, and for the text of a row as it reads back.
  private let batch: UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>
  private var tokens: UnsafeMutablePointer<UInt16>
  private var text: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 13

  /// - Parameters:
  ///   - table: What the tokens of the matcher stand for: as long as this lives.
  ///   - capacity: How many tokens there may be: no more than bytes.
  init(_ matcher: TokenMatcher, _ table: TokenTable, bits: Int, capacity: Int) {
    (self.matcher, self.table) = (matcher, table)
    streamByteCount = TokenStream.byteCount(tokenCount: capacity, bits: bits)
    stream = TokenStream(
      bytes: ScratchMemory.allocate(byteCount: streamByteCount, isFilled: false), bits: bits)
    batch = .allocate(capacity: Self.batchRowCount)
    tokens = .allocate(capacity: self.capacity)
    text = .allocate(capacity: self.capacity + TokenTable.margin)
  }

  deinit {
    batch.deallocate()
    ScratchMemory.deallocate(stream.bytes, byteCount: streamByteCount)
    tokens.deallocate()
    text.deallocate()
  }

  /// What was just written cannot be read back at once without waiting for it.
  private static let batchRowCount = 64

  /// Adds the rows of a chunk, of which the first is row `firstRow` of the column, and notes how many tokens each has.
  ///
  /// - Returns: The first of them that does not read back.
  func append(_ chunk: ColumnChunk, _ lengths: RowLengths, from firstRow: Int) -> Int? {
    for start in stride(from: 0, to: chunk.rowCount, by: Self.batchRowCount) {
      let count = min(Self.batchRowCount, chunk.rowCount - start)
      var byteCount = 0
      for row in 0..<count {
        batch[row] = chunk.text(at: start + row) ?? UnsafeBufferPointer(start: nil, count: 0)
        byteCount += batch[row].count
      }
      if byteCount > capacity { grow(to: byteCount) }
      if let bad = appendBatch(count, lengths, from: firstRow + start) { return start + bad }
    }
    return nil
  }

  @inline(__always)
  private func appendBatch(_ count: Int, _ lengths: RowLengths, from firstRow: Int) -> Int? {
    var place = tokenCount
    var written = 0
    for row in 0..<count {
      let rowTokens = matcher.encode(batch[row], to: tokens + written)
      lengths[firstRow + row] = rowTokens
      written += rowTokens
    }
    stream.write(tokens, count: written, at: place)
    tokenCount += written
    for row in 0..<count {
      let rowTokens = lengths[firstRow + row]
      guard reads(place, rowTokens, as: batch[row]) else { return row }
      place += rowTokens
    }
    return nil
  }

  /// Whether `count` tokens from `place` on read as a row.
  @inline(__always)
  private func reads(_ place: Int, _ count: Int, as row: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = row.baseAddress else { return count == 0 }
    let end = table.write(stream, place, count, to: text)
    return end - text == row.count && memcmp(text, start, row.count) == 0
  }

  private func grow(to byteCount: Int) {
    tokens.deallocate()
    text.deallocate()
    capacity = byteCount * 2
    tokens = .allocate(capacity: capacity)
    text = .allocate(capacity: capacity + TokenTable.margin)
  }

  /// The tokens of all, in this order.
  static func joined(_ writers: [TokenWriter], bits: Int) -> Buffer {
    let count = writers.reduce(0) { $0 + $1.tokenCount }
    let buffer = Buffer(
      uninitializedByteCount: TokenStream.byteCount(tokenCount: count, bits: bits))
    let stream = TokenStream(bytes: buffer.base, bits: bits)
    var written = 0
    for writer in writers {
      stream.copy(writer.tokenCount, from: writer.stream, at: 0, to: written)
      written += writer.tokenCount
    }
    TokenStream.finish(buffer, bits: bits)
    return buffer
  }
}
