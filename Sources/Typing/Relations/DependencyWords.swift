package import Columnar

/// How a column is determined by another, in words: what reports say.
package struct DependencyWords {
  package let note: Note
  /// The relation, where it holds in every row.
  package let relation: ColumnRelation?

  /// - Parameters:
  ///   - name: The determinant's.
  ///   - place: The line, and the file where there are several, of a row.
  package init(
    _ dependency: DeterminedColumns.Dependency, _ name: String,
    place: (_ row: Int) -> (line: Int, file: String?)?
  ) {
    guard let row = dependency.firstException else {
      let words = "determined by `\(name)` in all rows"
      note = Note(.columnFollowsAnother, "\(words)")
      relation = ColumnRelation(kind: .determined, column: name, words: words)
      return
    }
    relation = nil
    let count = dependency.exceptionCount
    let found = place(row)
    let file = found?.file.map { " of \($0)" } ?? ""
    let words = found.map { "line \($0.line)\(file)" } ?? "row \(row + 1)"
    let rows = count == 1 ? "1 row, on" : "\(count) rows, first on"
    note = Note(.columnFollowsAnother, "determined by `\(name)` but for \(rows) \(words)")
  }
}
