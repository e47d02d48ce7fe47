public import Columnar

/// A column that there is not, or whose values are not all of a Swift type.
public struct ElementError: Error, Hashable, Sendable {
  /// The name of the column.
  public let column: String
  /// What the column holds; `nil` where there is none of that name.
  public let type: LogicalType?
  /// The Swift type that was asked for.
  public let element: String
  /// The number of the first row whose value is none of that type, from 0; `nil` where no value of the column's
  /// type is.
  public let row: Int?
  /// The value in that row.
  public let value: Scalar?
  /// The names of the columns that there are, where there is none of that name.
  public let columns: [String]

  private init(
    _ column: String, _ type: LogicalType?, _ element: String, row: Int? = nil,
    value: Scalar? = nil, columns: [String] = []
  ) {
    self.column = column
    self.type = type
    self.element = element
    self.row = row
    self.value = value
    self.columns = columns
  }

  /// No column has that name.
  package init(noColumn name: String, of frame: DataFrame, element: String) {
    self.init(name, nil, element, columns: frame.columns.map(\.name))
  }

  /// A column of another type.
  package init(_ column: Column, element: String) {
    self.init(column.name, column.type, element)
  }

  /// A column that has no such values, or some that are none: the first is looked for.
  package init(_ column: Column, element: String, _ holds: (ElementRows) -> Bool) {
    let rows = ColumnRows(column)
    let misfit = (0..<rows.count).first { row in
      guard let value = rows.storedValue(at: row) else { return false }
      return !holds(ElementRows(ColumnRows(Column(of: value, like: column))))
    }
    let isOfType = holds(ElementRows(ColumnRows(.nulls("", column.type, count: 0))))
    let row = isOfType ? misfit : nil
    self.init(
      column.name, column.type, element, row: row,
      value: row.flatMap { rows.storedValue(at: $0) }.map { Scalar($0, of: column.type) })
  }
}

extension ElementError: CustomStringConvertible {
  /// What is wrong; rows are counted from 1.
  public var description: String {
    guard let type else {
      return "there is no column '\(column)'\(column.advice(among: columns))"
    }
    guard let row, let value else {
      return "column '\(column)' is \(type): its values are no \(element); \(type.remedy)"
    }
    return "column '\(column)' is \(type): \(value) in row \(row + 1) is no \(element)"
  }
}

extension LogicalType {
  /// In what else the values are had.
  fileprivate var remedy: String {
    switch self {
    case .time, .duration: "they are had as Duration, whatever the unit"
    case .timestamp: "they are had as Date, whatever the unit"
    default: "cast it first"
    }
  }
}

extension Column {
  /// A column of one value as another stores it.
  fileprivate init(of value: StoredValue, like column: Column) {
    switch value {
    case .integer(let integer):
      if let word = Int64(exactly: integer) {
        self = Column("", units: [word], of: column.type)
      } else {
        self = Column("", [UInt64(truncatingIfNeeded: integer)])
      }
    case .float(let number): self = Column("", floats: [number])
    case .text(let bytes): self = Column("", strings: [String(decoding: bytes, as: UTF8.self)])
    }
  }
}
