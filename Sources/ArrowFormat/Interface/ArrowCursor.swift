import CArrowData
import Platform
import Synchronization

/// What a stream of the C data interface gives.
protocol ArrowBatches: Sendable {
  func exportSchema(to target: UnsafeMutablePointer<ArrowCSchema>)
  /// Batch `index`, of which each is asked for once; false past the last.
  func export(_ index: Int, to target: UnsafeMutablePointer<ArrowCArray>) -> Bool
}

/// Where a stream of batches is: the stream's `private_data`.
final class ArrowCursor: Sendable {
  private let batches: any ArrowBatches
  private let owner = ArrowOwner()
  private let next = Atomic<Int>(0)

  init(_ batches: any ArrowBatches) { self.batches = batches }

  /// The stream from its first batch, which keeps the cursor. Whoever gets it releases it.
  var stream: ArrowCStream {
    ArrowCStream(
      get_schema: { stream, target in
        guard let stream, let target else { return EINVAL }
        ArrowCursor.of(stream).batches.exportSchema(to: target)
        return 0
      },
      get_next: { stream, target in
        guard let stream, let target else { return EINVAL }
        ArrowCursor.of(stream).exportNext(to: target)
        return 0
      },
      // Whatever can fail has failed before there is a stream.
      get_last_error: { _ in nil },
      release: { stream in
        guard let stream, let cursor = stream.pointee.private_data else { return }
        stream.pointee.release = nil
        stream.pointee.private_data = nil
        Unmanaged<ArrowCursor>.fromOpaque(cursor).release()
      },
      private_data: Unmanaged.passRetained(self).toOpaque())
  }

  private static func of(_ stream: UnsafeMutablePointer<ArrowCStream>) -> ArrowCursor {
    guard let cursor = stream.pointee.private_data else {
      fatalError("a stream is read after its release")
    }
    return Unmanaged<ArrowCursor>.fromOpaque(cursor).takeUnretainedValue()
  }

  /// The next batch; an array that is released already at the end.
  private func exportNext(to target: UnsafeMutablePointer<ArrowCArray>) {
    if batches.export(next.add(1, ordering: .relaxed).oldValue, to: target) { return }
    target.initialize(to: ArrowCArray())
  }
}
