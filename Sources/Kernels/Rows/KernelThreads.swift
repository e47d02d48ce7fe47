import CKernels
import Columnar

/// How many threads kernels use. Answers do not depend on it, to the bit: rows are cut in the same
/// places whatever the number, and parts are joined in the order of their rows.
public enum KernelThreads {
  @TaskLocal private static var limit: Int?

  /// A part is 2^`partLevel` blocks of 1,024 rows. Tests make parts small.
  @TaskLocal static var partLevel = 8

  /// The threads that a kernel called here may use: as many as there are processors.
  public static var count: Int { limit ?? max(1, Int(diet_available_processors())) }

  /// Runs `body` with kernels limited to `count` threads, at least to one.
  public static func withCount<R>(_ count: Int, _ body: () throws -> R) rethrows -> R {
    try $limit.withValue(max(1, count), operation: body)
  }
}

/// `body` of every number below `count`, on as many threads as kernels may use.
func parallelMap<T: Sendable>(_ count: Int, _ body: @Sendable (Int) -> T) -> [T] {
  parallelMap(count, threads: KernelThreads.count, body)
}

/// A pointer that threads share.
struct Shared<T>: @unchecked Sendable {
  // Sound where each thread writes to rows of its own and none reads what another writes.
  let pointer: UnsafeMutablePointer<T>

  init(_ pointer: UnsafeMutablePointer<T>) { self.pointer = pointer }
}
