package import Columnar

/// What a column would be if the values that stand in the way were not there.
package struct NarrowerColumn: Sendable {
  package let profile: ColumnProfile
  /// By kind, the most frequent first.
  package let obstacles: [Obstacle]
  /// The different texts of the obstacles; `nil` where they are too many to be told apart.
  package let texts: [String]?
  package let outermost: OutermostValues.Ends

  package struct Obstacle: Sendable {
    package let kind: ObstacleKind
    package let count: Int
    /// The first in the order of rows.
    package let first: [(row: ChunkRow, text: [UInt8])]

    package init(kind: ObstacleKind, count: Int, first: [(row: ChunkRow, text: [UInt8])]) {
      self.kind = kind
      self.count = count
      self.first = first
    }
  }

  package var count: Int { obstacles.reduce(0) { $0 + $1.count } }
}
