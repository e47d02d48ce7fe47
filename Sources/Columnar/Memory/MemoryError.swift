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
    let whose =
      switch origin {
      case .told: "that --max-memory allows"
      case .controlGroup: "that its control group has, less a tenth"
      case .machine: "that the machine has, less a tenth"
      }
    let taken =
      "memory runs out: \(megabytes(resident)) of \(megabytes(limit)) \(whose) are taken"
    if let fault { return "\(taken), and \(fault); set TMPDIR to a folder with room" }
    return
      "\(taken) by what cannot lie on disk, above all tables that tell the values of columns apart; allow more, or"
      + " read fewer columns with --columns or --drop"
  }
}
