/// Where a value stands.
package struct FindingPlace: Hashable, Sendable {
  /// The file, where there are several.
  package var file: String?
  /// The line, from 1, of a file of text.
  package var line: Int?
  /// The row, from 1.
  package var row: Int
  /// The value; `nil` for a missing one.
  package var value: String?

  package init(file: String?, line: Int?, row: Int, value: String?) {
    (self.file, self.line, self.row, self.value) = (file, line, row, value)
  }
}
