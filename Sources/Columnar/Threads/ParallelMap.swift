import Dispatch
import Synchronization

/// `body` of every number below `count`, in order, made on up to `threads` threads.
///
/// - Parameter stepCount: how many numbers a thread takes at a time.
package func parallelMap<T: Sendable>(
  _ count: Int, threads: Int, stepCount: Int = 1, _ body: @Sendable (Int) -> T
) -> [T] {
  let threads = min(threads, (count + stepCount - 1) / stepCount)
  if threads <= 1 { return (0..<count).map(body) }
  return [T](unsafeUninitializedCapacity: count) { slots, initializedCount in
    guard let start = slots.baseAddress else { return }
    let results = Results(start: start)
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let first = next.add(stepCount, ordering: .relaxed).oldValue
        if first >= count { return }
        for index in first..<min(first + stepCount, count) {
          (results.start + index).initialize(to: body(index))
        }
      }
    }
    initializedCount = count
  }
}

extension Array where Element: Sendable {
  /// `body` of every element, in order, made on up to `threads` threads where there are many: for the
  /// microseconds that each column of a very wide table costs.
  package func parallelMap<T: Sendable>(
    threads: Int, _ body: @Sendable (Element) -> T
  ) -> [T] {
    guard count > 512 else { return map(body) }
    return Columnar.parallelMap(count, threads: threads, stepCount: 128) { body(self[$0]) }
  }
}

/// Room for results.
private struct Results<T>: @unchecked Sendable {
  // Sound: each place is initialized once, by the one thread that took its number, and all are
  // before any is read.
  let start: UnsafeMutablePointer<T>
}
