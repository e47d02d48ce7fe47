package import ArrowFormat
package import Columnar
import Dispatch
package import FileIO

/// Compares a table of arrays, such as an Arrow file, with ours, value by value, whatever the widths and layouts of either.
///
/// Values are equal when the file's is what the table's becomes in Arrow: an integer of any width,
/// a decimal as itself or as the binary64 nearest to it, text as the same bytes, NaN as any NaN.
package struct ArrayComparison: Sendable {
  /// The first difference of each column that differs, in the columns' order.
  package let differences: [TableDifference]

  package var isEqual: Bool { differences.isEmpty }

  package init(_ file: some ArrayTable, with frame: DataFrame) throws {
    guard file.fields.count == frame.columns.count else {
      differences = [
        TableDifference(
          file: "\(file.fields.count) columns", table: "\(frame.columns.count) columns")
      ]
      return
    }
    guard file.rowCount == frame.rowCount else {
      differences = [
        TableDifference(file: "\(file.rowCount) rows", table: "\(frame.rowCount) rows")
      ]
      return
    }
    let found = Lock<[Int: Result<TableDifference?, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: frame.columns.count) { index in
      let result = Result {
        try Self.difference(file, index, frame.columns[index])
      }
      found.withLock { $0[index] = result }
    }
    var differences: [TableDifference] = []
    for index in frame.columns.indices {
      if let difference = try found.withLock({ $0[index] })?.get() {
        differences.append(difference)
      }
    }
    self.differences = differences
  }

  private static func difference(
    _ file: some ArrayTable, _ index: Int, _ column: Column
  ) throws -> TableDifference? {
    let field = file.fields[index]
    guard field.name == column.name else {
      return TableDifference(
        column: column.name, file: "column `\(field.name)`", table: "column `\(column.name)`")
    }
    guard let comparer = ColumnComparer(column, field.type) else {
      return TableDifference(
        column: column.name, file: field.typeDescription, table: column.type.description)
    }
    var firstRow = 0
    for batch in file.batchRowCounts.indices {
      let array = try file.array(batch: batch, column: index)
      // Views point into its memory.
      defer { withExtendedLifetime(array) {} }
      if let row = comparer.firstDifference(array, at: firstRow) {
        let text = ValueText(type: field.logicalType ?? field.type.logicalType, view: array.view)
        let isNull = array.isAllNull || array.nulls.isNull(row)
        return TableDifference(
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
