package import Columnar
import Dispatch
import Synchronization

/// Writes a table as Arrow IPC, a file or a stream, uncompressed.
///
///     ARROW1 │ schema │ dictionaries │ record batch │ … │ end of stream │ footer │ ARROW1
///
/// All sizes are known from the columns' views before the first byte is written. So each buffer has
/// its place, threads write where they please, and nothing is gathered in memory: what lies there
/// as Arrow wants it is written from there, the rest is made in blocks that fit the cache.
package struct ArrowFileWriter {
  private let frame: DataFrame
  private let options: ArrowWritingOptions

  package init(_ frame: DataFrame, options: ArrowWritingOptions = ArrowWritingOptions()) {
    precondition(options.batchRowCount > 0 && options.batchRowCount % 8 == 0)
    self.frame = frame
    self.options = options
  }

  /// Writes to the file at `path`, which appears when it is complete; `-` is standard output.
  package func write(to path: String) throws(OutputError) {
    let file = try AtomicFile(path: path)
    try write(to: file, path: file.path)
    try file.commit()
  }

  /// Writes to `sink`; `path` is the name that errors give.
  package func write(to sink: any ByteSink, path: String) throws(OutputError) {
    let layout = try ArrowFileLayout(frame, options: options, path: path)
    if sink.allowsAnyOrder {
      try writeInParallel(layout, to: sink)
    } else {
      try layout.write(layout.pieces.indices, to: sink, from: 0)
    }
  }

  private func writeInParallel(
    _ layout: ArrowFileLayout, to sink: any ByteSink
  ) throws(OutputError) {
    let groups = layout.groups
    let next = Atomic(0)
    let failure = Mutex<OutputError?>(nil)
    let threads = max(1, min(options.threadCount ?? 2, groups.count))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while failure.withLock({ $0 == nil }) {
        let group = next.add(1, ordering: .relaxed).oldValue
        guard group < groups.count else { return }
        do throws(OutputError) {
          let pieces = groups[group]
          try layout.write(pieces, to: sink, from: layout.pieces[pieces.lowerBound].offset)
        } catch {
          failure.withLock { if $0 == nil { $0 = error } }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
