import Columnar
import Dispatch
import FileIO
import Synchronization

/// The writing of a file on several threads: each takes one block of rows of one column after the
/// other, makes it in memory of its own, and writes it to its place.
final class ArrowBlockWriting: @unchecked Sendable {
  // Sound: what changes is atomic; what pieces point to belongs to `layout`.

  private let layout: ArrowFileLayout
  private let sink: any ByteSink
  private let threadCount: Int
  private let pieces: [ArrowPiece]
  private let batches: [ArrowBatchPlaces]
  private let rows: ArrowBlockRows
  private let next = Atomic(0)

  init(
    _ layout: ArrowFileLayout, rowCount: Int, options: ArrowWritingOptions, sink: any ByteSink
  ) {
    self.layout = layout
    self.sink = sink
    threadCount = options.threadCount ?? 2
    pieces = layout.sections.compactMap { if case .piece(let piece) = $0 { piece } else { nil } }
    batches = layout.batches
    rows = ArrowBlockRows(
      layout.columns, rowCount: rowCount, blockRowCount: options.blockRowCount)
  }

  /// Writes all but the schema, which is written once its metadata is known.
  ///
  /// - Throws: `OutputError`, `LayoutError`.
  func run() throws {
    let taskCount = pieces.count + rows.blockCount * layout.columns.count
    let threads = max(1, min(threadCount, taskCount))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      do throws(OutputError) {
        try work(taskCount)
      } catch {
        rows.fail(error)
      }
    }
    try rows.check()
  }

  private func work(_ taskCount: Int) throws(OutputError) {
    var writer = ArrowPieceWriter(sink, itemByteCount: layout.itemByteCount)
    let memory = BlockMemory()
    while true {
      let task = next.add(1, ordering: .relaxed).oldValue
      guard task < taskCount, rows.canWrite else { break }
      guard task >= pieces.count else {
        try writer.write(pieces[task])
        continue
      }
      let (block, column) = (task - pieces.count).quotientAndRemainder(
        dividingBy: layout.columns.count)
      let range = rows.rows(ofBlock: block)
      guard let made = rows.rows(ofColumn: column, block: block, memory) else { continue }
      for batch in batches where batch.rows.overlaps(range) {
        let part = range.clamped(to: batch.rows)
        for piece in batch.pieces(part, ofColumn: column, made) { try writer.write(piece) }
      }
    }
    try writer.flush()
  }
}
