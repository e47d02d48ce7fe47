import Platform

/// Gives back to the system what the heap keeps for the next call.
enum HeapTrim {
  // The module of Glibc leaves it out, and other C libraries have none.
  private static let function = dlsym(nil, "malloc_trim").map {
    unsafeBitCast($0, to: (@convention(c) (Int) -> Int32).self)
  }

  /// What fewer take of the heap is soon needed again.
  private static let manyValues = 1 << 18

  /// After so many values were read: the heap keeps what that took of it, for the next time; a process that goes on to
  /// other things would never see it again.
  static func run(afterValues valueCount: Int) {
    if valueCount >= manyValues { _ = function?(0) }
  }
}
