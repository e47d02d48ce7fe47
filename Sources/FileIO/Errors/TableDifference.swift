/// Where a lean file and the table that it was made from differ.
package struct TableDifference: Hashable, Sendable {
  /// The column's name in the table; `nil` where the tables differ as a whole.
  package var column: String?
  /// The first row that differs, from 0; `nil` where it is not a value that differs.
  package var row: Int?
  /// What the file has: a value's text, `nil` for null, or a type, a name, a number of rows.
  package var file: String?
  package var table: String?

  package init(
    column: String? = nil, row: Int? = nil, file: String? = nil, table: String? = nil
  ) {
    self.column = column
    self.row = row
    self.file = file
    self.table = table
  }
}

extension TableDifference: CustomStringConvertible {
  /// `column `a`, row 17: the file has `3`, the table has null`.
  package var description: String {
    var place: [String] = []
    if let column { place.append("column `\(column)`") }
    if let row { place.append("row \(row)") }
    func named(_ text: String?) -> String {
      guard row != nil else { return text ?? "nothing" }
      return text.map { "`\(ReadingError.printable(Array($0.utf8)))`" } ?? "null"
    }
    let sentence = "the file has \(named(file)), the table has \(named(table))"
    return place.isEmpty ? sentence : "\(place.joined(separator: ", ")): \(sentence)"
  }
}
