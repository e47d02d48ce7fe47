import Columnar

/// The values of a dictionary in the order that the file they came from has them in, and the way to
/// them from the codes of a column, whose own dictionary is sorted.
package struct ArrowCategories {
  let dictionary: ArrowColumn.Dictionary
  /// What the numbers of the column's entries become.
  let codes: [Int64]

  /// `nil` where the column has an entry that the file's dictionary had not.
  init?(_ categories: DeclaredType.Categories, entries: ColumnView?, count: Int) {
    var numbers: [[UInt8]: Int64] = [:]
    for (number, entry) in categories.entries.enumerated() where numbers[entry] == nil {
      numbers[entry] = Int64(number)
    }
    var codes: [Int64] = []
    if let entries, count > 0 {
      guard let text = TextRows(entries) else { return nil }
      for entry in 0..<count {
        guard let number = text.withText(at: entry, { numbers[Array($0)] }) else { return nil }
        codes.append(number)
      }
    }
    self.codes = codes
    dictionary = ArrowColumn.Dictionary(texts: categories.entries)
  }
}
