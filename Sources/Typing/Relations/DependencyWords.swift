/// How a column is determined by another, in words: what reports say.
package struct DependencyWords {
  package let text: String

  /// - Parameters:
  ///   - name: The determinant's.
  ///   - place: The line, and the file where there are several, of a row.
  package init(
    _ dependency: DeterminedColumns.Dependency, _ name: String,
    place: (_ row: Int) -> (line: Int, file: String?)?
  ) {
    guard let row = dependency.firstException else {
      text = "determined by `\(name)` in all rows"
      return
    }
    let count = dependency.exceptionCount
    let found = place(row)
    let file = found?.file.map { " of \($0)" } ?? ""
    let words = found.map { "line \($0.line)\(file)" } ?? "row \(row + 1)"
    text =
      "determined by `\(name)` but for \(count == 1 ? "1 row, on" : "\(count) rows, first on")"
      + " \(words)"
  }
}
