import Platform
import TabularDiet

/// The files that a run reads and writes, none of which may be two of them: what is written last would
/// replace the other.
struct RunFiles {
  /// What each file is to the run, in words.
  private var roles: [Identity: String] = [:]

  /// - Parameter paths: the files of the table.
  init(reading paths: [String]) {
    for path in paths { if let file = Identity(path) { roles[file] = "that is the input" } }
  }

  /// Takes in another file that is read.
  mutating func read(_ path: String, as role: String) {
    if let file = Identity(path) { roles[file] = roles[file] ?? "that is \(role)" }
  }

  /// Takes in a file that is to be written.
  ///
  /// - Throws: `CommandFailure` where the run reads it, or writes it for another option.
  mutating func write(_ path: String, option: String) throws {
    guard let file = Identity(path) else { return }
    if let role = roles[file] {
      throw CommandFailure(code: 2, message: "\(path): \(role); name another file with \(option)")
    }
    roles[file] = "\(option) writes that file, too"
  }

  /// What is one file under any name; a device or a pipe is none.
  private struct Identity: Hashable {
    private let device: UInt64
    private let node: UInt64
    /// The name in the folder that the numbers are of, of a file that is not there yet.
    private let name: String

    init?(_ path: String) {
      var status = stat()
      if path == "-" { return nil }
      if stat(path, &status) == 0 {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        name = ""
      } else {
        let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let folder = start == path.startIndex ? "." : String(path[..<start])
        guard stat(folder, &status) == 0 else { return nil }
        name = String(path[start...])
      }
      device = UInt64(status.st_dev)
      node = UInt64(status.st_ino)
    }
  }
}

extension ReadingArguments {
  /// The files that the table is read from, and the one that rejected records go to.
  func files() throws -> RunFiles {
    var files = RunFiles(reading: try singleReader().files)
    if let path = options.rejectsPath {
      try files.write(path, option: "--on-bad-record collect")
    }
    return files
  }
}
