import Platform

/// A column, or a block of its rows, on its way from the reader to an encoding: its chunks in row
/// order, all in the domain of `type`, and its distinct values where a dictionary is possible.
package struct ChunkedValues: Sendable {
  package var name: String
  package var type: LogicalType
  package var rowCount: Int
  package var nullCount: Int
  /// True where integers are past 2^63 − 1 and their bits are to be read without a sign.
  package var isUnsigned = false
  /// What the file said of the column, where it has types.
  package var declared: DeclaredType?
  /// What is left of the chunks: those that were consumed are gone.
  private(set) var held: [ColumnChunk?]
  /// The distinct integers, or bits of binary64, sorted by value.
  package var distinctValues: [Int64]?
  /// The distinct strings, not yet sorted, where the reader knows them.
  package var unitedText: UnitedText?
  /// The distinct strings, sorted by bytes, and the way from each chunk's codes to theirs.
  package var distinctText: SortedText?
  /// These as a column, where that was made to count its bytes.
  var entries: Column?
  /// What blocks of the text are compressed with, where that was tried.
  var textDictionary: [UInt8]?
  /// Some of the text to learn from, where the reader took it.
  package var learnedSample: TextSample?
  /// Whether rows with a value and rows without occur in the column. In a part of a column, the
  /// column is meant.
  package var mixesNulls: Bool
  /// How a plan has the column handed over.
  package var planned: PlannedHandOver?
  /// Where buffers are made; `nil` for memory of their own.
  package var memory: BlockMemory?
  /// The densest policy under which the column may be held.
  package var storage: StoragePolicy = .fast
  /// How many threads an encoding may work on.
  package var threadCount = 1

  package init(
    name: String, type: LogicalType, rowCount: Int, nullCount: Int, chunks: [ColumnChunk]
  ) {
    self.name = name
    self.type = type
    self.rowCount = rowCount
    self.nullCount = nullCount
    held = chunks
    mixesNulls = nullCount > 0 && nullCount < rowCount
  }

  /// The chunks that are left, each unpacked when it is looked at.
  package var chunks: UnpackedChunks { UnpackedChunks(held: held) }

  package struct UnpackedChunks: RandomAccessCollection, Sendable {
    fileprivate let held: [ColumnChunk?]
    package var startIndex: Int { 0 }
    package var endIndex: Int { held.count }
    package subscript(index: Int) -> ColumnChunk? { held[index]?.unpacked }
  }

  /// The bytes of all text that is left.
  var textByteCount: Int { held.reduce(0) { $0 + ($1?.textByteCount ?? 0) } }

  /// A look at memory takes as long as some kilobytes do.
  private static let relievedByteCount = 1 << 20

  /// Calls `body` with each chunk and its first row; drops the chunk afterwards.
  package mutating func consume<E: Error>(
    _ body: (_ firstRow: Int, _ chunk: ColumnChunk) throws(E) -> Void
  ) throws(E) {
    var row = 0
    var textByteCount = 0
    for index in held.indices {
      guard let chunk = held[index]?.unpacked else { continue }
      textByteCount += chunk.heldTextByteCount
      if index & 15 == 15 || textByteCount >= Self.relievedByteCount {
        MemoryLimit.relieve()
        textByteCount = 0
      }
      try body(row, chunk)
      row += chunk.rowCount
      held[index] = nil
    }
  }

  /// A buffer for a part of the column, whose bytes are not yet set.
  func makeBuffer(_ byteCount: Int) -> Buffer {
    memory?.buffer(byteCount) ?? Buffer(uninitializedByteCount: byteCount)
  }

  /// A buffer of zeros.
  func makeZeroedBuffer(_ byteCount: Int) -> Buffer {
    let buffer = makeBuffer(byteCount)
    memset(buffer.base, 0, byteCount)
    return buffer
  }

  /// The chunks as they are held, which this then does not have any more.
  mutating func takeChunks() -> [ColumnChunk] {
    defer { held = [] }
    return held.compactMap { $0 }
  }

  mutating func replaceChunks(_ chunks: [ColumnChunk]) { held = chunks }

  /// The bitmap of all rows, `nil` where every row has a value or none has.
  package func makeValidity() -> Buffer? {
    guard mixesNulls else { return nil }
    let buffer = makeZeroedBuffer((rowCount + 7) / 8)
    let words = buffer.pointer(as: UInt64.self)
    var row = 0
    for case let chunk? in held {
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
