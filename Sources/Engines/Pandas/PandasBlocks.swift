import Columnar
package import DelimitedText
import FileIO

/// The blocks of rows in which pandas reads a file, which its text columns keep: each has a bitmap
/// of its own if one of its fields is missing (`docs/before-bytes.md`, section 4).
///
/// Taken as read with two workers, the fewest that read in parallel, so that the figure does not
/// depend on the machine.
package struct PandasBlocks: Sendable {
  private static let workers = 2
  private static let minimumByteCount = 5 << 20
  private static let chunkByteCount = 4 << 20
  private static let chunkRowCount = 2000
  private static let maximumPieceCount = 1800

  /// Rows of a block where one thread reads: the largest power of two below 2^20 / columns.
  let serialRowCount: Int
  /// Where a block ends and the next begins, where several threads read; none where one does.
  let cuts: [Int]

  package init(_ table: CSVTableSource, dataOffset: Int) {
    var rowCount = 1
    while rowCount * 2 < (1 << 20) / max(1, table.columnCount) { rowCount *= 2 }
    serialRowCount = rowCount
    // pandas reads one file, and one that is compressed with one thread.
    guard table.inputs.count == 1, table.dialect.encoding == .utf8,
      let text = StoredText(
        table.inputs[0], encoding: table.options.encoding,
        minimumByteCount: dataOffset + Self.minimumByteCount),
      Self.mayReadInParallel(text, dataOffset: dataOffset)
    else {
      cuts = []
      return
    }
    cuts = Self.cuts(text, dataOffset: dataOffset, columnCount: table.columnCount)
  }

  private static func mayReadInParallel(_ text: StoredText, dataOffset: Int) -> Bool {
    guard text.byteCount - dataOffset >= minimumByteCount else { return false }
    // A lone CR in the header or the line after it, and blank lines before the data, stop it.
    let firstLine = text.lineEnd(from: dataOffset, limit: 1 << 20) - dataOffset
    let start = text.read(at: 0, count: dataOffset + firstLine)
    var previous: UInt8 = 0x0A
    for (offset, byte) in start.enumerated() {
      if previous == 0x0D, byte != 0x0A { return false }
      if byte == 0x0A, previous == 0x0A, offset < dataOffset { return false }
      previous = byte
    }
    return true
  }

  // MARK: - Cuts

  /// Steps 1 to 4 of section 4.
  private static func cuts(_ text: StoredText, dataOffset: Int, columnCount: Int) -> [Int] {
    let byteCount = text.byteCount - dataOffset
    let count = blockCount(text, dataOffset: dataOffset, columnCount: columnCount)
    if count < 2 { return [] }
    let taperedCount = count > workers ? min(2 * workers, count) : 0
    // The last blocks shrink to a fifth, so that no thread ends long after the others.
    let weights =
      (0..<count - taperedCount).map { _ in 1.0 }
      + (0..<taperedCount).map { 1.0 - (1.0 - 0.2) * (Double($0 + 1) / Double(taperedCount)) }
    let whole = weights.reduce(0, +)
    var cuts: [Int] = []
    var running = 0.0
    for weight in weights.dropLast() {
      running += weight
      let cut = text.lineEnd(from: dataOffset + Int(Double(byteCount) * running / whole))
      if cut >= text.byteCount { break }
      if cut != cuts.last { cuts.append(cut) }
    }
    return cuts
  }

  private static func blockCount(
    _ text: StoredText, dataOffset: Int, columnCount: Int
  ) -> Int {
    let byteCount = text.byteCount - dataOffset
    let lengths = (0..<9).compactMap { probe -> Int? in
      let start = text.lineEnd(from: dataOffset + byteCount * probe / 9, limit: 1 << 20)
      let length = text.lineEnd(from: start, limit: 1 << 20) - start
      return length > 0 ? length : nil
    }.sorted()
    let rowCount = byteCount / (lengths.isEmpty ? byteCount : lengths[lengths.count / 2])
    var count = min(workers * 3, rowCount / chunkRowCount)
    if count < 2 {
      if byteCount < 2 * minimumByteCount { return 1 }
      count = 2
    }
    var countBySize = min(
      byteCount / chunkByteCount, maximumPieceCount / max(1, columnCount),
      rowCount / chunkRowCount)
    if countBySize > workers { countBySize = (countBySize + workers - 1) / workers * workers }
    return max(count, countBySize)
  }

  // MARK: - Chunks

  /// Cuts a chunk's rows where blocks may: at the byte offsets, and at the latest after the rows of
  /// a serial block, so that no piece has more than one end of a block in it.
  package func pieces(of chunk: RegularChunk, in raw: RawChunk, table: CSVTableSource)
    -> ChunkPieces
  {
    var pieces = ChunkPieces()
    var start = 0
    func append(upTo end: Int, block: Int) {
      while start < end {
        let count = min(serialRowCount, end - start)
        pieces.pieces.append(ChunkPieces.Piece(firstRow: start, rowCount: count, block: block))
        start += count
      }
    }
    var block = cuts.count { $0 <= raw.byteOffset }
    while block < cuts.count, cuts[block] < raw.byteOffset + raw.byteCount {
      if let row = self.row(at: cuts[block] - raw.byteOffset, of: chunk, in: raw, table: table) {
        append(upTo: row, block: block)
      } else {
        pieces.isCutInField = true
      }
      block += 1
    }
    append(upTo: chunk.rows, block: block)
    return pieces
  }

  /// The row that begins at an offset; `nil` where that is within a record.
  private func row(
    at offset: Int, of chunk: RegularChunk, in raw: RawChunk, table: CSVTableSource
  ) -> Int? {
    if chunk.bytes == raw.bytes.baseAddress {
      var (low, high) = (0, chunk.rows)
      while low < high {
        let middle = (low + high) / 2
        let end = Int(chunk.separators[(middle + 1) * chunk.columns - 1])
        if end + 1 < offset { low = middle + 1 } else { high = middle }
      }
      guard low < chunk.rows else { return nil }
      return Int(chunk.separators[(low + 1) * chunk.columns - 1]) + 1 == offset ? low + 1 : nil
    }
    var row = 0
    var isFound = false
    _ = RecordWalk(raw.bytes, dialect: table.dialect, atEndOfInput: true) { record, isBlank in
      isFound = record.lowerBound == offset
      if record.lowerBound >= offset { return false }
      if !isBlank || table.columnCount == 1 { row += 1 }
      return true
    }
    return isFound ? row : nil
  }
}
