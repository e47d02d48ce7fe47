extension CSVReadingError {
  /// A file that another program writes to.
  package static func changedWhileRead(file: String?) -> CSVReadingError {
    CSVReadingError(
      .changedWhileRead, file: file, "the file changed while it was read",
      advice: "read it again once nothing writes to it, or read a copy")
  }
}
