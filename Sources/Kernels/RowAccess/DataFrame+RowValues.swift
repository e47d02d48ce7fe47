public import Columnar

extension DataFrame {
  /// The rows in turn, each with its values by name: for looking at a few. Whoever goes through all rows
  /// of a few columns does so by `values(_:as:)`, or by closures.
  ///
  ///     for row in flights.head(3).rows { print(row["carrier"], row["dep_delay"]) }
  public var rows: RowValues { RowValues(self) }
}

/// The rows of a table, a collection.
public struct RowValues: RandomAccessCollection, Sendable {
  fileprivate let frame: DataFrame
  fileprivate let columns: [ColumnRows]

  init(_ frame: DataFrame) {
    self.frame = frame
    columns = frame.columns.map { ColumnRows($0) }
  }

  /// The first row: 0.
  public var startIndex: Int { 0 }
  /// The number of rows.
  public var endIndex: Int { frame.rowCount }

  /// The row of this number, from 0; one without any value where there is no such row.
  public subscript(row: Int) -> Row { Row(rows: self, number: row) }

  /// One row of a table.
  public struct Row: Sendable {
    fileprivate let rows: RowValues
    /// The number of the row, from 0.
    public let number: Int

    /// The value in the first column of that name; `nil` where it is null, and where there is no such
    /// column. Takes constant time beside the search for the name.
    public subscript(name: String) -> Scalar? {
      guard let place = rows.frame.columns.firstIndex(where: { $0.name == name }) else {
        return nil
      }
      return value(place)
    }

    /// The values of all columns in their order.
    public var values: [Scalar?] { rows.columns.indices.map(value) }

    private func value(_ place: Int) -> Scalar? {
      let column = rows.columns[place]
      guard number >= 0, number < column.count else { return nil }
      return column.storedValue(at: number).map { Scalar($0, of: column.type) }
    }
  }
}

extension RowValues.Row: CustomStringConvertible {
  /// `carrier: UA, dep_delay: 2, tailnum: null`
  public var description: String {
    zip(rows.columns, values).map { "\($0.name): \($1?.description ?? "null")" }
      .joined(separator: ", ")
  }
}
