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
  /// Room for the tokens of a row, and for its text as it reads back.
  private var tokens: UnsafeMutablePointer<UInt16>
  private var text: UnsafeMutablePointer<UInt8>
  private var rowCapacity = 1 << 12

  /// - Parameters:
  ///   - table: What the tokens of the matcher stand for: as long as this lives.
  ///   - capacity: How many tokens there may be: no more than bytes.
  init(_ matcher: TokenMatcher, _ table: TokenTable, bits: Int, capacity: Int) {
    (self.matcher, self.table) = (matcher, table)
    streamByteCount = TokenStream.byteCount(tokenCount: capacity, bits: bits)
    stream = TokenStream(
      bytes: ScratchMemory.allocate(byteCount: streamByteCount, isFilled: false), bits: bits)
    tokens = .allocate(capacity: rowCapacity)
    text = .allocate(capacity: rowCapacity + TokenTable.margin)
  }

  deinit {
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
      let rows = start..<min(start + Self.batchRowCount, chunk.rowCount)
      var place = tokenCount
      for row in rows { lengths[firstRow + row] = write(chunk.text(at: row)) }
      for row in rows {
        let count = lengths[firstRow + row]
        guard reads(place, count, as: chunk.text(at: row)) else { return row }
        place += count
      }
    }
    return nil
  }

  /// Writes the tokens of a row; returns how many there are.
  @inline(__always)
  private func write(_ row: UnsafeBufferPointer<UInt8>?) -> Int {
    guard let row, row.count > 0 else { return 0 }
    if row.count > rowCapacity { grow(to: row.count) }
    let count = matcher.encode(row, to: tokens)
    stream.write(tokens, count: count, at: tokenCount)
    tokenCount += count
    return count
  }

  /// Whether `count` tokens from `place` on read as a row.
  @inline(__always)
  private func reads(_ place: Int, _ count: Int, as row: UnsafeBufferPointer<UInt8>?) -> Bool {
    guard let row, let start = row.baseAddress, row.count > 0 else { return count == 0 }
    let end = table.write(stream, place, count, to: text)
    return end - text == row.count && memcmp(text, start, row.count) == 0
  }

  private func grow(to count: Int) {
    tokens.deallocate()
    text.deallocate()
    rowCapacity = count * 2
    tokens = .allocate(capacity: rowCapacity)
    text = .allocate(capacity: rowCapacity + TokenTable.margin)
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
