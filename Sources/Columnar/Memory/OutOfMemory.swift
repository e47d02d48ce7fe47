import Platform

/// What becomes of a process that gets no more memory from the system, as under `ulimit -v`.
package enum OutOfMemory {
  /// Ends the process: a command, which has a limit, in words and with exit code 2; what uses the library with a trace.
  ///
  /// - Parameter purpose: What the bytes were for, in words.
  package static func stop(_ byteCount: Int, for purpose: String) -> Never {
    let message = "memory runs out: the system has no \(byteCount) bytes \(purpose)"
    guard MemoryLimit.byteCount != nil else { fatalError(message) }
    var text = "diet: \(message); allow the process more, or less with --max-memory\n"
    text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    _exit(2)
  }
}
