package import Columnar

/// A table whose columns have types already, given as arrays, batch by batch: an Arrow file, a Parquet
/// file, a table of another library in memory.
///
/// `ArrayTableLoader` reads any of them, on all threads: it asks for each column of each batch once
/// in a pass, in no particular order.
package protocol ArrayTable: Sendable {
  /// The path, or what else to call it: for errors.
  var name: String { get }
  /// The columns, those too of which no array can be had.
  var fields: [ArrowField] { get }
  /// The rows of each batch.
  var batchRowCounts: [Int] { get }

  /// What the writer said of the table as a whole.
  var metadata: [ArrowMetadata] { get }

  /// Sentences about what is odd in the table as a whole.
  var notes: [Note] { get }

  /// The rows of a column in a batch.
  ///
  /// - Throws: an error that says where, for a type too that cannot be read.
  func array(batch: Int, column: Int) throws -> ArrowArray
}

extension ArrayTable {
  package var notes: [Note] { [] }

  package var metadata: [ArrowMetadata] { [] }

  package var rowCount: Int { batchRowCounts.reduce(0, +) }
}
