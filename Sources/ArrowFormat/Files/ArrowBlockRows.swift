import Columnar
import FileIO

/// The rows of a table that is written, block by block, made or already there; and what went wrong on
/// any thread.
final class ArrowBlockRows: @unchecked Sendable {
  // Sound: what changes is behind a lock.

  private struct Failure {
    var output: OutputError?
    /// Of the first column that has one, the first.
    var misfit: (column: Int, block: Int, error: LayoutError)?
  }

  let rowCount: Int
  let blockRowCount: Int
  private let columns: [ArrowColumn]
  /// The rows of columns that are there; `nil` for the others.
  private let wholes: [ArrowRows?]
  private let failure = Lock(Failure())

  init(_ columns: [ArrowColumn], rowCount: Int, blockRowCount: Int) {
    self.columns = columns
    self.rowCount = rowCount
    self.blockRowCount = blockRowCount
    wholes = columns.map { column in
      switch column.source {
      case .whole(let whole): return column.rows(of: whole, from: 0)
      case .blocks(let blocks):
        precondition(blocks.rowsPerBlock == blockRowCount)
        return nil
      }
    }
  }

  var blockCount: Int { (rowCount + blockRowCount - 1) / blockRowCount }

  func rows(ofBlock block: Int) -> Range<Int> {
    block * blockRowCount..<min((block + 1) * blockRowCount, rowCount)
  }

  /// The rows of a block; `nil` where they will not be written.
  ///
  /// Once a value did not fit, only those blocks are made that may have one in an earlier place: the
  /// error is the same whatever thread was first.
  func rows(ofColumn column: Int, block: Int, _ memory: BlockMemory) -> ArrowRows? {
    let known = failure.withLock { $0.misfit.map { ($0.column, $0.block) } }
    if let known, known < (column, block) { return nil }
    if let whole = wholes[column] { return known == nil ? whole : nil }
    guard case .blocks(let blocks) = columns[column].source else { return nil }
    memory.restart()
    do throws(LayoutError) {
      let made = try blocks.block(block, in: memory)
      return known == nil ? columns[column].rows(of: made, from: block * blockRowCount) : nil
    } catch {
      failure.withLock { failure in
        if let misfit = failure.misfit, (misfit.column, misfit.block) < (column, block) { return }
        failure.misfit = (column, block, error)
      }
      return nil
    }
  }

  /// Notes that nothing more can be written.
  func fail(_ error: OutputError) {
    failure.withLock { if $0.output == nil { $0.output = error } }
  }

  var canWrite: Bool { failure.withLock { $0.output == nil } }

  /// - Throws: `OutputError`, `LayoutError`: what went wrong, once all threads are done.
  func check() throws {
    let found = failure.withLock { $0 }
    if let error = found.output { throw error }
    if let error = found.misfit?.error { throw error }
  }
}
