package import Columnar

/// How a column is determined by another, in words: what reports say.
package struct DependencyWords {
  package let note: Note

  /// - Parameters:
  ///   - name: The determinant's.
  ///   - place: The line, and the file where there are several, of a row.
  package init(
    _ dependency: DeterminedColumns.Dependency, _ name: String,
    place: (_ row: Int) -> (line: Int, file: String?)?
  ) {
    guard let row = dependency.firstException else {
      note = Note(.columnFollowsAnother, "determined by `\(name)` in all rows")
      return
    }
    let count = dependency.exceptionCount
    let found = place(row)
    let file = found?.file.map { " of \($0)" } ?? ""
    let words = found.map { "line \($0.line)\(file)" } ?? "row \(row + 1)"
    let rows = count == 1 ? "1 row, on" : "\(count) rows, first on"
    note = Note(.columnFollowsAnother, "determined by `\(name)` but for \(rows) \(words)")
  }
}
