import CKernels
import Dispatch
import Synchronization

/// How many threads kernels use. Answers do not depend on it, to the bit: rows are cut in the same
/// places whatever the number, and parts are joined in the order of their rows.
public enum KernelThreads {
  @TaskLocal private static var limit: Int?

  /// A part is 2^`partLevel` blocks of 1,024 rows. Tests make parts small.
  @TaskLocal static var partLevel = 8

  /// The threads that a kernel called here may use: as many as there are processors.
  public static var count: Int { limit ?? max(1, Int(diet_available_processors())) }

  /// Runs `body` with kernels limited to `count` threads.
  public static func withCount<R>(_ count: Int, _ body: () throws -> R) rethrows -> R {
    precondition(count > 0, "kernels need a thread")
    return try $limit.withValue(count, operation: body)
  }
}

/// `body` of every number below `count`, on as many threads as kernels may use.
func parallelMap<T: Sendable>(_ count: Int, _ body: @Sendable (Int) -> T) -> [T] {
  let threads = min(KernelThreads.count, count)
  if threads <= 1 { return (0..<count).map(body) }
  let results = ResultSlots<T>(count)
  let next = Atomic<Int>(0)
  DispatchQueue.concurrentPerform(iterations: threads) { _ in
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      if index >= count { return }
      results.set(index, body(index))
    }
  }
  return results.all
}

/// Room for results; each place is written once, by the one thread that took its number.
private final class ResultSlots<T>: @unchecked Sendable {
  // Sound: no two threads write to one place, and all are done before any is read.
  private let slots: UnsafeMutablePointer<T?>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    slots = .allocate(capacity: count)
    slots.initialize(repeating: nil, count: count)
  }

  deinit {
    slots.deinitialize(count: count)
    slots.deallocate()
  }

  func set(_ index: Int, _ value: T) { slots[index] = value }

  var all: [T] { (0..<count).map { slots[$0]! } }
}

/// A pointer that threads share.
struct Shared<T>: @unchecked Sendable {
  // Sound where each thread writes to rows of its own and none reads what another writes.
  let pointer: UnsafeMutablePointer<T>

  init(_ pointer: UnsafeMutablePointer<T>) { self.pointer = pointer }
}
