/// A column that is made a block of rows at a time, by any number of threads, and is never there as
/// a whole.
///
///     chunks   │ 0 … 8191 │ 8192 … 16,100 │ … │ 61,000 … 69,000 │ …
///     blocks   │ 0 … 65,535                        │ 65,536 … 131,071 …
///
/// Blocks lie where they lie whatever the chunks are. Each is stored by the column's encoding, which
/// reads back what it stored, and noted by its digest. A chunk is dropped with its last block.
package final class ColumnBlocks: @unchecked Sendable {
  // Sound: what changes is behind `state`; all else is constant.

  package let name: String
  package let type: LogicalType
  package let layout: Layout
  package let count: Int
  package let nullCount: Int
  /// The smallest and the largest integer; `nil` where there is none.
  package let integers: ClosedRange<Int128>?
  /// The column without its rows: layout, type and dictionary.
  package let empty: Column
  package let rowsPerBlock: Int
  /// How the digest is made.
  package let algorithm: DigestAlgorithm

  private let encoding: any Encoding
  private let tables: EncodingTables
  /// The values without their chunks.
  private let outline: ChunkedValues
  /// The first row of each chunk, and where the last one ends.
  private let starts: [Int]
  private let state: Lock<State>

  private struct State {
    var chunks: [ColumnChunk?]
    /// The bytes of text before each chunk, and of all; counted when asked for.
    var textStarts: [Int]?
    /// How many blocks have yet to be made of each chunk.
    var blocksLeft: [Int]
    var hashes: [[UInt8]?]
    var footprint = Footprint()
  }

  /// - Throws: where the column as a whole does not fit `layout`.
  package init(
    _ values: consuming ChunkedValues, layout: Layout, integers: ClosedRange<Int128>?,
    rowsPerBlock: Int = ColumnDigest.blockRowCount, algorithm: DigestAlgorithm = .xxh3
  ) throws(LayoutError) {
    precondition(rowsPerBlock > 0 && rowsPerBlock % 8 == 0)
    guard let encoding = Encodings.named[layout.encoding], encoding.storesRows else {
      throw LayoutError(column: values.name, row: nil, layout: layout.encoding)
    }
    tables = try encoding.tables(for: values, layout: layout)
    self.encoding = encoding
    self.integers = integers
    self.layout = layout
    self.rowsPerBlock = rowsPerBlock
    self.algorithm = algorithm
    (name, type) = (values.name, values.type)
    let declared = values.declared
    (count, nullCount) = (values.rowCount, values.nullCount)
    let chunks = values.takeChunks()
    let starts = chunks.map(\.rowCount).sums
    let blocksLeft = zip(starts, starts.dropFirst()).map { first, end in
      first == end ? 0 : (end - 1) / rowsPerBlock - first / rowsPerBlock + 1
    }
    self.starts = starts
    let blockCount = (values.rowCount + rowsPerBlock - 1) / rowsPerBlock
    state = Lock(
      State(
        chunks: chunks, blocksLeft: blocksLeft,
        hashes: Array(repeating: nil, count: blockCount)))
    outline = values
    var nothing = outline
    (nothing.rowCount, nothing.nullCount) = (0, 0)
    nothing.mixesNulls = false
    var empty = try encoding.encode(&nothing, layout: layout, tables: tables)
    empty.planned = nothing.planned
    empty.declared = declared
    self.empty = empty
  }

  package var blockCount: Int { (count + rowsPerBlock - 1) / rowsPerBlock }

  package func rows(ofBlock block: Int) -> Range<Int> {
    block * rowsPerBlock..<min((block + 1) * rowsPerBlock, count)
  }

  /// Makes a block, once; it is valid until `memory` starts over.
  package func block(_ block: Int, in memory: BlockMemory) throws(LayoutError) -> Column {
    let rows = rows(ofBlock: block)
    let chunks = chunks(of: rows)
    let taken = state.withLock { state in chunks.map { state.chunks[$0] } }
    var values = outline
    values.memory = memory
    values.rowCount = rows.count
    values.nullCount = 0
    var parts: [ColumnChunk] = []
    for (index, chunk) in zip(chunks, taken) {
      guard let chunk = chunk?.unpacked else {
        fatalError("block \(block) of \(name) is made twice")
      }
      let start = starts[index]
      let shared = rows.clamped(to: start..<start + chunk.rowCount)
      let part = chunk.rows(shared.lowerBound - start..<shared.upperBound - start, in: memory)
      values.nullCount += part.nullCount
      parts.append(part)
    }
    values.replaceChunks(parts)
    let column: Column
    do {
      column = try encoding.encode(&values, layout: layout, tables: tables)
    } catch {
      throw LayoutError(
        column: error.column, row: error.row.map { $0 + rows.lowerBound }, layout: error.layout,
        problem: error.problem)
    }
    let hash = column.hashOfRows(algorithm)
    state.withLock { state in
      state.hashes[block] = hash
      state.footprint.addRows(of: column)
      for chunk in chunks {
        state.blocksLeft[chunk] -= 1
        if state.blocksLeft[chunk] == 0 { state.chunks[chunk] = nil }
      }
    }
    return column
  }

  /// The whole column, where it is needed after all. No block may have been made.
  package func whole() throws(LayoutError) -> Column {
    var values = outline
    values.replaceChunks(state.withLock { $0.chunks.compactMap { $0 } })
    state.withLock { $0.chunks = [] }
    var column = try encoding.encode(&values, layout: layout, tables: tables)
    column.planned = empty.planned
    column.declared = outline.declared
    return column
  }

  /// The digest of the column, once all blocks are made.
  package var digest: String {
    let hashes = state.withLock { $0.hashes.compactMap { $0 } }
    precondition(hashes.count == blockCount, "\(name): \(hashes.count) of \(blockCount) blocks")
    return ColumnDigest.digest(
      rowCount: count, blocks: hashes, dictionary: empty.dictionary.first, algorithm: algorithm)
  }

  /// The bytes that the column would hold in memory, once all blocks are made.
  package var footprint: Footprint {
    var rows = state.withLock { $0.footprint }
    // Rows are packed a thousand at a time, wherever blocks begin.
    if let groups = layout.groups {
      rows.values = groups.byteCount(rowCount: count)
    } else if let bits = layout.bits {
      rows.values = PackedBlocks.byteCount(rowCount: count, bits: bits)
    }
    // A block has bits, where the column may list its nulls.
    rows.validity = Validity.byteCount(
      rowCount: count, nullCount: nullCount, listsNulls: layout.listsNulls)
    var footprint = Footprint()
    for part in [\Footprint.values, \.validity] where rows[keyPath: part] > 0 {
      footprint.add(rows[keyPath: part], to: part)
    }
    // One offset ends the column, not each block.
    if empty.offsets != nil { footprint.add((count + 1) * 4, to: \.offsets) }
    guard let dictionary = empty.dictionary.first else { return footprint }
    return footprint + dictionary.footprint.asDictionary
  }

  /// The chunks that have some of `rows`.
  private func chunks(of rows: Range<Int>) -> Range<Int> {
    if rows.isEmpty { return 0..<0 }
    let first = chunk(of: rows.lowerBound)
    return first..<chunk(of: rows.upperBound - 1) + 1
  }

  /// The chunk that has `row`.
  private func chunk(of row: Int) -> Int {
    var (low, high) = (0, starts.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle } else { high = middle }
    }
    return low
  }

  /// How many of `rows` are null. Asked before blocks are made.
  package func nullCount(_ rows: Range<Int>) -> Int {
    if nullCount == 0 || nullCount == count { return nullCount == 0 ? 0 : rows.count }
    return state.withLock { state in
      chunks(of: rows).reduce(0) { sum, index in
        guard let chunk = state.chunks[index] else { fatalError("\(name) has lost its chunks") }
        let start = starts[index]
        let shared = rows.clamped(to: start..<start + chunk.rowCount)
        return sum + chunk.nullCount(shared.lowerBound - start..<shared.upperBound - start)
      }
    }
  }

  /// The bytes of the text of `rows`. Asked before blocks are made.
  package func textByteCount(_ rows: Range<Int>) -> Int {
    // Looks at a page of two chunks each, wherever they lie.
    MemoryLimit.relieve()
    return textByteCount(before: rows.upperBound) - textByteCount(before: rows.lowerBound)
  }

  private func textByteCount(before row: Int) -> Int {
    state.withLock { state in
      let textStarts = state.textStarts ?? state.chunks.map { $0?.textByteCount ?? 0 }.sums
      state.textStarts = textStarts
      if row >= count { return textStarts.last ?? 0 }
      let index = chunk(of: row)
      guard let chunk = state.chunks[index] else { fatalError("\(name) has lost its chunks") }
      return textStarts[index] + chunk.textByteCount(before: row - starts[index])
    }
  }
}

extension [Int] {
  /// The sums of the elements before each, and of all.
  fileprivate var sums: [Int] { reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) } }
}

extension Footprint {
  /// Adds the bytes of the rows of a block.
  fileprivate mutating func addRows(of block: Column) {
    values += block.values?.byteCount ?? 0
  }
}
