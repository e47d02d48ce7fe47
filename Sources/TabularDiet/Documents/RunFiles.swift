import Columnar
package import FileIO

/// The files that a run reads and writes, none of which may be two of them: what is written last would
/// replace the other.
package struct RunFiles {
  /// What each file is to the run, in words.
  private var roles: [FileIdentity: String] = [:]

  /// - Parameter inputs: What the table is read from.
  package init(reading inputs: [CSVInput]) {
    for input in inputs {
      if case .path(let path) = input.whole, let file = FileIdentity(reading: path) {
        roles[file] = "that is the input"
      }
    }
  }

  /// Takes in another file that is read.
  package mutating func read(_ path: String, as role: String) {
    if let file = FileIdentity(path) { roles[file] = roles[file] ?? "that is \(role)" }
  }

  /// Takes in a file that is to be written.
  ///
  /// - Parameter option: What names the file, where a command does.
  /// - Throws: where the run reads it, or writes it for another option.
  package mutating func write(_ path: String, option: String? = nil) throws(OutputError) {
    guard let file = FileIdentity(path) else { return }
    if let role = roles[file] {
      let remedy = option.map { "name another file with \($0)" } ?? "name another file"
      throw OutputError(.inUse, path: path, role, remedy: Sentence(remedy))
    }
    roles[file] = "\(option ?? "the same call") writes that file, too"
  }
}
