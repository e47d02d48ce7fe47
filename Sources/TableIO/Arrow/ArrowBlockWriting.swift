import Columnar
import Dispatch
import Synchronization

/// The writing of a file on several threads: each takes one block of rows of one column after the
/// other, makes it in memory of its own, and writes it to its place.
final class ArrowBlockWriting: @unchecked Sendable {
  // Sound: what changes is atomic or behind a lock.

  private struct Failure {
    var output: OutputError?
    /// Of the first column that has one, the first.
    var misfit: (column: Int, block: Int, error: EncodingError)?
  }

  private let layout: ArrowFileLayout
  private let sink: any ByteSink
  private let rowCount: Int
  private let blockRowCount: Int
  private let threadCount: Int
  private let pieces: [ArrowPiece]
  private let batches: [ArrowBatchPlaces]
  /// The rows of columns that are there; `nil` for the others.
  private let wholes: [ArrowRows?]
  private let next = Atomic(0)
  private let failure = Mutex(Failure())

  init(
    _ layout: ArrowFileLayout, rowCount: Int, options: ArrowWritingOptions, sink: any ByteSink
  ) {
    self.layout = layout
    self.sink = sink
    self.rowCount = rowCount
    blockRowCount = options.blockRowCount
    threadCount = options.threadCount ?? 2
    var pieces: [ArrowPiece] = []
    var batches: [ArrowBatchPlaces] = []
    for section in layout.sections {
      switch section {
      case .piece(let piece): pieces.append(piece)
      case .batch(let batch): batches.append(batch)
      }
    }
    self.pieces = pieces
    self.batches = batches
    wholes = layout.columns.map { column in
      switch column.source {
      case .whole(let whole): return column.rows(of: whole, from: 0)
      case .blocks(let blocks):
        precondition(blocks.rowsPerBlock == options.blockRowCount)
        return nil
      }
    }
  }

  private var blockCount: Int { (rowCount + blockRowCount - 1) / blockRowCount }

  /// Writes all but the schema, which is written once its metadata is known.
  ///
  /// - Throws: `OutputError`, `EncodingError`.
  func run() throws {
    let taskCount = pieces.count + blockCount * layout.columns.count
    let threads = max(1, min(threadCount, taskCount))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      do throws(OutputError) {
        try work(taskCount)
      } catch {
        failure.withLock { if $0.output == nil { $0.output = error } }
      }
    }
    let found = failure.withLock { $0 }
    if let error = found.output { throw error }
    if let error = found.misfit?.error { throw error }
  }

  private func work(_ taskCount: Int) throws(OutputError) {
    var writer = ArrowPieceWriter(sink, itemByteCount: layout.itemByteCount)
    let memory = BlockMemory()
    while true {
      let task = next.add(1, ordering: .relaxed).oldValue
      guard task < taskCount, failure.withLock({ $0.output == nil }) else { break }
      guard task >= pieces.count else {
        try writer.write(pieces[task])
        continue
      }
      let (block, column) = (task - pieces.count).quotientAndRemainder(
        dividingBy: layout.columns.count)
      let firstRow = block * blockRowCount
      let range = firstRow..<min(firstRow + blockRowCount, rowCount)
      guard let rows = rows(column, block, memory) else { continue }
      for batch in batches where batch.rows.overlaps(range) {
        let part = range.clamped(to: batch.rows)
        for piece in batch.pieces(part, ofColumn: column, rows) { try writer.write(piece) }
      }
    }
    try writer.flush()
  }

  /// The rows of a block; `nil` where they will not be written.
  ///
  /// Once a value did not fit, only those blocks are made that may have one in an earlier place: the
  /// error is the same whatever thread was first.
  private func rows(_ column: Int, _ block: Int, _ memory: BlockMemory) -> ArrowRows? {
    let known = failure.withLock { $0.misfit.map { ($0.column, $0.block) } }
    if let known, known < (column, block) { return nil }
    if let whole = wholes[column] { return known == nil ? whole : nil }
    guard case .blocks(let blocks) = layout.columns[column].source else { return nil }
    memory.restart()
    do throws(EncodingError) {
      let made = try blocks.block(block, in: memory)
      return known == nil
        ? layout.columns[column].rows(of: made, from: block * blockRowCount) : nil
    } catch {
      failure.withLock { failure in
        if let misfit = failure.misfit, (misfit.column, misfit.block) < (column, block) { return }
        failure.misfit = (column, block, error)
      }
      return nil
    }
  }
}
