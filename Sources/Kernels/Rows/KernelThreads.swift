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

/// The same for so many numbers that each is a moment's work.
@inline(__always)
func mapped<T: Sendable>(_ count: Int, _ body: @Sendable (Int) -> T) -> [T] {
  let pieces = ColumnRows.pieces(count)
  if pieces.count < 2 { return (0..<count).map(body) }
  return [T](unsafeUninitializedCapacity: count) { room, initializedCount in
    let target = Shared(room.baseAddress!)
    _ = parallelMap(pieces.count) { piece in
      for index in pieces[piece] { (target.pointer + index).initialize(to: body(index)) }
    }
    initializedCount = count
  }
}

/// A pointer that threads share.
struct Shared<T>: @unchecked Sendable {
  // Sound where each thread writes to rows of its own and none reads what another writes.
  let pointer: UnsafeMutablePointer<T>

  init(_ pointer: UnsafeMutablePointer<T>) { self.pointer = pointer }
}
