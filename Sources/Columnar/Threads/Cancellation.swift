import Synchronization

/// A wish that work ends early. The work looks for it wherever it takes its next piece: a chunk, a
/// column, a block of a stream.
///
/// Ambient, as a task's is: what is called finds it as `current`. Whoever starts threads takes it
/// along.
package final class Cancellation: Sendable {
  /// What the caller of this thread's work may wish; `nil` where nobody can.
  @TaskLocal package static var current: Cancellation?

  private let flag = Atomic<Bool>(false)

  package init() {}

  package var isCancelled: Bool { flag.load(ordering: .relaxed) }

  package func cancel() { flag.store(true, ordering: .relaxed) }

  /// - Throws: `CancellationError` once work is to end.
  package func check() throws(CancellationError) {
    if isCancelled { throw CancellationError() }
  }
}
