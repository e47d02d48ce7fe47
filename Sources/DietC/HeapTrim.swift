import Platform

/// Gives back to the system what the heap keeps for the next call.
enum HeapTrim {
  // The module of Glibc leaves it out, and other C libraries have none.
  private static let function = dlsym(nil, "malloc_trim").map {
    unsafeBitCast($0, to: (@convention(c) (Int) -> Int32).self)
  }

  static func run() { _ = function?(0) }
}
