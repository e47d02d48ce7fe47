/// Memory has come to the limit that a command has; the library has none.
package struct MemoryError: Error, Hashable, Sendable {
  /// The bytes that the process may have.
  package let limit: Int
  /// The bytes that it has, without what it could put on disk.
  package let resident: Int
  let origin: MemoryLimit.Origin
  /// Why no more could be put on disk, where that is why.
  let fault: String?
}

extension MemoryError: CustomStringConvertible {
  package var description: String {
    let megabytes = { (count: Int) in "\(count / 1_000_000) MB" }
    let allowed =
      switch origin {
      case .told: "--max-memory allows \(megabytes(limit))"
      case .controlGroup: "nine tenths of what its control group has are \(megabytes(limit))"
      case .machine: "nine tenths of the machine's memory are \(megabytes(limit))"
      }
    let taken = "memory runs out: \(megabytes(resident)) are taken, \(allowed)"
    if let fault { return "\(taken), and \(fault); set TMPDIR to a folder with room" }
    return
      "\(taken), and what is taken cannot lie on disk: above all notes on each chunk of text, and tables that tell the"
      + " values of columns apart; allow more, take fewer --threads, or read fewer columns at a time"
  }
}
