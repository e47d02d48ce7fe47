/// A row of a chunk: chunks are numbered in the order of the table.
package struct ChunkRow: Hashable, Comparable, Sendable {
  package var ordinal: Int
  package var row: Int

  package init(ordinal: Int, row: Int) {
    self.ordinal = ordinal
    self.row = row
  }

  package static func < (a: ChunkRow, b: ChunkRow) -> Bool {
    (a.ordinal, a.row) < (b.ordinal, b.row)
  }
}
