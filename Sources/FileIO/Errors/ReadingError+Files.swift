import Columnar

extension ReadingError {
  /// A file that another program writes to.
  package static func changedWhileRead(file: String?) -> ReadingError {
    ReadingError(
      .changedWhileRead, file: file, "the file changed while it was read",
      remedy: "read it again once nothing writes to it, or read a copy")
  }
}
