package import Typing

/// A chunk's rows in pieces of which each touches two blocks at the most.
package struct ChunkPieces: Sendable {
  package struct Piece: Sendable {
    package var firstRow: Int
    package var rowCount: Int
    /// The block by byte offsets.
    package var block: Int

    package init(firstRow: Int, rowCount: Int, block: Int) {
      self.firstRow = firstRow
      self.rowCount = rowCount
      self.block = block
    }
  }
  package var pieces: [Piece] = []
  /// Some byte offset lies within a record: pandas gives up and reads with one thread.
  package var isCutInField = false

  package init(pieces: [Piece] = [], isCutInField: Bool = false) {
    self.pieces = pieces
    self.isCutInField = isCutInField
  }
}

/// Which rows of a chunk × column pandas reads as missing, as far as bitmaps depend on it.
package enum MissingRows: Sendable {
  /// Every row has the same: all missing, or none.
  case uniform(isMissing: Bool)
  case pieces([Extent])
  /// Not looked for.
  case unknown

  /// The first and last row of either sort in a piece; `nil` where there is none.
  package struct Extent: Sendable {
    package var missing: ClosedRange<Int>?
    package var present: ClosedRange<Int>?

    package init(missing: ClosedRange<Int>? = nil, present: ClosedRange<Int>? = nil) {
      self.missing = missing
      self.present = present
    }
  }
}

extension MissingRows {
  /// The rows of a chunk that was just read.
  ///
  /// - Parameters:
  ///   - scratch: What it was read into.
  ///   - pieces: Where it is cut.
  package init(
    _ report: ChunkReport, _ scratch: ColumnScratch, pieces: [ChunkPieces.Piece]
  ) {
    switch report.kind {
    case .integer, .decimal, .float: self = .unknown
    // The user's words are values to pandas, and which rows have them is not kept.
    case _ where pieces.isEmpty || report.rowCount == 0 || report.hasUserNulls: self = .unknown
    case _ where report.nullCount == report.rowCount: self = .uniform(isMissing: true)
    case _ where report.nullCount == 0 && !scratch.hasMissing: self = .uniform(isMissing: false)
    default: self = .pieces(pieces.map { Extent(of: $0, in: scratch) })
    }
  }
}

extension MissingRows.Extent {
  fileprivate init(of piece: ChunkPieces.Piece, in scratch: ColumnScratch) {
    let rows = piece.firstRow..<(piece.firstRow + piece.rowCount)
    func extent(_ isSought: (Int) -> Bool) -> ClosedRange<Int>? {
      guard let first = rows.first(where: isSought) else { return nil }
      return first...(rows.last(where: isSought) ?? first)
    }
    missing = extent(scratch.isMissing)
    present = extent { !scratch.isMissing($0) }
  }
}
