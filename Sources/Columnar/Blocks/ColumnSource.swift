/// A column that is to be written: it is there, or is made while it is written.
package enum ColumnSource: Sendable {
  case whole(Column)
  case blocks(ColumnBlocks)

  /// The column, without its rows where these are still to be made.
  package var outline: Column {
    switch self {
    case .whole(let column): column
    case .blocks(let blocks): blocks.empty
    }
  }

  package var count: Int {
    switch self {
    case .whole(let column): column.count
    case .blocks(let blocks): blocks.count
    }
  }

  package var nullCount: Int {
    switch self {
    case .whole(let column): column.nullCount
    case .blocks(let blocks): blocks.nullCount
    }
  }

  /// The digest; of blocks, once all are made, by the algorithm that they were made with.
  package func digest(_ algorithm: DigestAlgorithm, threads: Int = 1) -> String {
    switch self {
    case .whole(let column): column.digest(algorithm, threads: threads)
    case .blocks(let blocks): blocks.digest
    }
  }

  /// The bytes that the column holds, or would hold; of blocks, once all are made.
  package var footprint: Footprint {
    switch self {
    case .whole(let column): column.footprint
    case .blocks(let blocks): blocks.footprint
    }
  }
}
