package import Columnar

/// Adds up the bitmaps that pandas has for text columns, once all chunks are there.
package struct PandasBitmaps {
  private let blocks: PandasBlocks
  private let chunks: [ChunkPieces]
  private let rowCount: Int

  package init(_ blocks: PandasBlocks, chunks: [ChunkPieces], rowCount: Int) {
    self.blocks = blocks
    self.chunks = chunks
    self.rowCount = rowCount
  }

  /// What a block of a column holds.
  private struct Block {
    var rowCount = 0
    var hasMissing = false
    var hasValue = false
  }

  /// A column, as far as it matters here.
  package struct Column {
    var rows: [MissingRows]
    var source: SourceFacts

    package init(rows: [MissingRows], source: SourceFacts) {
      self.rows = rows
      self.source = source
    }

    package var isText: Bool { source.isTextToPandas }
    var isBoolean: Bool { source.isBooleanToPandas }
  }

  /// V of each text column, `nil` for the others and where rows are not known.
  package func byteCounts(_ columns: [Column]) -> [Int?] {
    let parallel = columns.map { $0.isText || $0.isBoolean ? parallelBlocks($0.rows) : nil }
    let isParallel =
      !blocks.cuts.isEmpty && !chunks.contains(where: \.isCutInField)
      && zip(columns, parallel).allSatisfy { column, blocks in
        keepsType(column, blocks ?? [])
      }
    return columns.indices.map { index in
      guard columns[index].isText else { return nil }
      let found = isParallel ? parallel[index] : serialBlocks(columns[index].rows)
      return found.map(byteCount)
    }
  }

  private func byteCount(_ blocks: [Block]) -> Int {
    // A block without any value has another type; joining makes one bitmap.
    if blocks.contains(where: { $0.rowCount > 0 && !$0.hasValue }) { return (rowCount + 7) / 8 }
    return blocks.reduce(0) { $0 + ($1.hasMissing ? ($1.rowCount + 7) / 8 : 0) }
  }

  /// Whether all blocks of a column get one type; where not, one thread reads the file again.
  private func keepsType(_ column: Column, _ blocks: [Block]) -> Bool {
    let used = blocks.filter { $0.rowCount > 0 }
    if used.contains(where: { !$0.hasValue }) { return false }
    return !column.isBoolean || Set(used.map(\.hasMissing)).count < 2
  }

  // MARK: - Blocks

  private func parallelBlocks(_ rows: [MissingRows]) -> [Block]? {
    var found = [Block](repeating: Block(), count: blocks.cuts.count + 1)
    for (chunk, rows) in zip(chunks, rows) {
      for (index, piece) in chunk.pieces.enumerated() {
        guard let extent = Self.extent(rows, index, piece) else { return nil }
        found[piece.block].rowCount += piece.rowCount
        if extent.missing != nil { found[piece.block].hasMissing = true }
        if extent.present != nil { found[piece.block].hasValue = true }
      }
    }
    return found
  }

  private func serialBlocks(_ rows: [MissingRows]) -> [Block]? {
    let size = blocks.serialRowCount
    var found = (0..<(rowCount + size - 1) / size).map {
      Block(rowCount: min(size, rowCount - $0 * size))
    }
    var start = 0
    for (chunk, rows) in zip(chunks, rows) {
      for (index, piece) in chunk.pieces.enumerated() {
        guard let extent = Self.extent(rows, index, piece) else { return nil }
        // Rows are numbered within their chunk. A piece touches two blocks at the most, so the
        // first and last row of either sort say it all.
        if let rows = extent.missing {
          found[(start + rows.lowerBound) / size].hasMissing = true
          found[(start + rows.upperBound) / size].hasMissing = true
        }
        if let rows = extent.present {
          found[(start + rows.lowerBound) / size].hasValue = true
          found[(start + rows.upperBound) / size].hasValue = true
        }
      }
      start += chunk.pieces.last.map { $0.firstRow + $0.rowCount } ?? 0
    }
    return found
  }

  private static func extent(
    _ rows: MissingRows, _ index: Int, _ piece: ChunkPieces.Piece
  ) -> MissingRows.Extent? {
    switch rows {
    case .unknown: return nil
    case .pieces(let extents): return extents[index]
    case .uniform(let isMissing):
      let all = piece.firstRow...(piece.firstRow + piece.rowCount - 1)
      return MissingRows.Extent(missing: isMissing ? all : nil, present: isMissing ? nil : all)
    }
  }
}
