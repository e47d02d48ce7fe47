import Columnar
import Dispatch
import FileIO
import Synchronization

/// The making of a table's column chunks on several threads: each takes one column of one row group
/// after the other, makes its rows and its pages in memory of its own, and hands them over.
final class ParquetGroupWriting: @unchecked Sendable {
  // Sound: what changes is atomic or behind a lock.

  private struct Failure {
    var output: OutputError?
    /// Of the first column that has one, the first.
    var misfit: (column: Int, group: Int, error: LayoutError)?
  }

  private let columns: [ParquetColumn]
  private let rowCount: Int
  private let options: ParquetWritingOptions
  private let output: ParquetChunkOutput
  private let next = Atomic(0)
  private let failure = Lock(Failure())
  /// Chunks that may be on their way at once.
  private let places: DispatchSemaphore
  private let threadCount: Int

  init(
    _ columns: [ParquetColumn], rowCount: Int, options: ParquetWritingOptions,
    output: ParquetChunkOutput
  ) {
    self.columns = columns
    self.rowCount = rowCount
    self.options = options
    self.output = output
    threadCount = max(1, options.threadCount)
    places = DispatchSemaphore(value: threadCount + 2)
  }

  private var groupCount: Int { (rowCount + options.groupRowCount - 1) / options.groupRowCount }

  /// Where the chunks lie, group by group.
  var groups: [[ParquetChunkPlace]] {
    let places = output.places
    return (0..<groupCount).map { group in
      Array(places[group * columns.count..<(group + 1) * columns.count])
    }
  }

  /// - Throws: `OutputError`, `LayoutError`.
  func run() throws {
    let taskCount = groupCount * columns.count
    DispatchQueue.concurrentPerform(iterations: max(1, min(threadCount, taskCount))) { _ in
      work(taskCount)
    }
    let found = failure.withLock { $0 }
    if let error = found.output { throw error }
    if let error = found.misfit?.error { throw error }
  }

  private func work(_ taskCount: Int) {
    var encoder = ParquetChunkEncoder(options)
    let memory = BlockMemory()
    while true {
      // Whoever has the earliest chunk need not wait for anyone: chunks are taken in order.
      places.wait()
      let task = next.add(1, ordering: .relaxed).oldValue
      guard task < taskCount, failure.withLock({ $0.output == nil }) else {
        places.signal()
        return
      }
      let (group, column) = task.quotientAndRemainder(dividingBy: columns.count)
      let parts = parts(column, group, memory)
      let chunk = parts.map { encoder.chunk(columns[column], $0) }
      do throws(OutputError) {
        let written = try output.add(chunk, number: task)
        for _ in 0..<written { places.signal() }
      } catch {
        failure.withLock { if $0.output == nil { $0.output = error } }
        // No one has to wait for what will not be written.
        for _ in 0..<taskCount { places.signal() }
        return
      }
    }
  }

  /// The rows of a column in a row group; `nil` where they will not be written.
  ///
  /// Once a value did not fit, only those rows are made that may have one in an earlier place: the
  /// error is the same whatever thread was first.
  private func parts(_ column: Int, _ group: Int, _ memory: BlockMemory) -> [ParquetPart]? {
    let known = failure.withLock { $0.misfit.map { ($0.column, $0.group) } }
    if let known, known < (column, group) { return nil }
    let rows = group * options.groupRowCount..<min((group + 1) * options.groupRowCount, rowCount)
    let target = columns[column]
    guard case .blocks(let blocks) = target.source else {
      return known == nil ? [target.part(of: target.source.outline, rows: rows)] : nil
    }
    precondition(options.groupRowCount % blocks.rowsPerBlock == 0)
    memory.restart()
    do throws(LayoutError) {
      var parts: [ParquetPart] = []
      let first = rows.lowerBound / blocks.rowsPerBlock
      for block in first..<(rows.upperBound + blocks.rowsPerBlock - 1) / blocks.rowsPerBlock {
        let made = try blocks.block(block, in: memory)
        parts.append(target.part(of: made, rows: 0..<made.count))
      }
      return known == nil ? parts : nil
    } catch {
      failure.withLock { failure in
        if let misfit = failure.misfit, (misfit.column, misfit.group) < (column, group) { return }
        failure.misfit = (column, group, error)
      }
      return nil
    }
  }
}
