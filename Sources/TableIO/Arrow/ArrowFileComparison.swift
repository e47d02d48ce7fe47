package import Columnar
import Dispatch
import Synchronization

/// Compares an Arrow file with a table, value by value, whatever the widths and layouts of either.
///
/// Values are equal when the file's is what the table's becomes in Arrow: an integer of any width,
/// a decimal as itself or as the binary64 nearest to it, text as the same bytes, NaN as any NaN.
package struct ArrowFileComparison: Sendable {
  package struct Difference: Hashable, Sendable {
    /// The column's name in the table; `nil` where the tables differ as a whole.
    package var column: String?
    /// The first row that differs, from 0; `nil` where it is not a value that differs.
    package var row: Int?
    /// What the file has: a value's text, `nil` for null, or a type, a name, a number of rows.
    package var file: String?
    package var table: String?
  }

  /// The first difference of each column that differs, in the columns' order.
  package let differences: [Difference]

  package var isEqual: Bool { differences.isEmpty }

  package init(_ file: ArrowFileReader, with frame: DataFrame) throws(ArrowReadingError) {
    guard file.fields.count == frame.columns.count else {
      differences = [
        Difference(
          file: "\(file.fields.count) columns", table: "\(frame.columns.count) columns")
      ]
      return
    }
    guard file.rowCount == frame.rowCount else {
      differences = [
        Difference(file: "\(file.rowCount) rows", table: "\(frame.rowCount) rows")
      ]
      return
    }
    let found = Mutex<[Int: Result<Difference?, ArrowReadingError>]>([:])
    DispatchQueue.concurrentPerform(iterations: frame.columns.count) { index in
      let result = Result { () throws(ArrowReadingError) in
        try Self.difference(file, index, frame.columns[index])
      }
      found.withLock { $0[index] = result }
    }
    var differences: [Difference] = []
    for index in frame.columns.indices {
      if let difference = try found.withLock({ $0[index] })?.get() {
        differences.append(difference)
      }
    }
    self.differences = differences
  }

  private static func difference(
    _ file: ArrowFileReader, _ index: Int, _ column: Column
  ) throws(ArrowReadingError) -> Difference? {
    let field = file.fields[index]
    guard field.name == column.name else {
      return Difference(
        column: column.name, file: "column `\(field.name)`", table: "column `\(column.name)`")
    }
    guard let comparer = ColumnComparer(column, field.type) else {
      return Difference(
        column: column.name, file: field.typeDescription, table: column.type.description)
    }
    let dictionary = try file.dictionary(column: index)
    var firstRow = 0
    for batch in 0..<file.batchCount {
      let array = try file.array(batch: batch, column: index, dictionary: dictionary)
      // Views point into its memory.
      defer { withExtendedLifetime(array) {} }
      if let row = comparer.firstDifference(array, at: firstRow) {
        let text = ValueText(type: field.type.logicalType, view: array.view)
        let isNull = array.isAllNull || array.nulls.isNull(row)
        return Difference(
          column: column.name, row: firstRow + row,
          file: isNull ? nil : text.text(row: row).map { String(decoding: $0, as: UTF8.self) },
          table: ValueText(column).text(row: firstRow + row).map {
            String(decoding: $0, as: UTF8.self)
          })
      }
      firstRow += array.rowCount
    }
    return nil
  }
}

extension ArrowFileComparison.Difference: CustomStringConvertible {
  /// `column `a`, row 17: the file has `3`, the table has null`.
  package var description: String {
    var place: [String] = []
    if let column { place.append("column `\(column)`") }
    if let row { place.append("row \(row)") }
    func named(_ text: String?) -> String {
      guard row != nil else { return text ?? "nothing" }
      return text.map { "`\(CSVReadingError.printable(Array($0.utf8)))`" } ?? "null"
    }
    let sentence = "the file has \(named(file)), the table has \(named(table))"
    return place.isEmpty ? sentence : "\(place.joined(separator: ", ")): \(sentence)"
  }
}
