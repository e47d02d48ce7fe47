/// Groups, joins or sorted rows that a table cannot give.
public struct GroupingError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Code: Hashable, Sendable {
    /// No column has that name.
    case noSuchColumn
    /// Values of that type are not aggregated so: text has no sum.
    case unsupportedType
    /// The sum of a group exceeds 64 bits.
    case overflow
    /// The columns to be joined hold values of different types.
    case differentTypes
    /// Two columns would have one name.
    case columnTwice
    /// The answer has more rows, or more text in a column, than 32 bits count.
    case tooLarge
    /// No column is named, where one has to be.
    case noColumns
    /// A number that the caller gives is none that the aggregation takes: a quantile of 1.5.
    case argumentOutOfRange
  }

  /// What is wrong, for programs.
  public let code: Code
  /// The name of the column.
  public let column: String
  /// What there is instead: the columns' names, the types, or what is allowed.
  public let details: [String]
  /// Which of two tables is meant.
  let table: JoinedTable?

  init(
    _ code: Code, column: String, among details: [String] = [], in table: JoinedTable? = nil
  ) {
    (self.code, self.column, self.details, self.table) = (code, column, details, table)
  }
}

/// One of the two tables of a join.
enum JoinedTable: String, Hashable, Sendable {
  case left = "left"
  case right = "right"
}

extension GroupingError: CustomStringConvertible {
  public var description: String {
    switch code {
    case .noSuchColumn:
      "there is no column '\(column)'\(table.map { " in the \($0) table" } ?? "")"
        + column.advice(among: details)
    case .unsupportedType:
      "column '\(column)': there is no \(details.joined(separator: " of type "))"
    case .overflow:
      "column '\(column)': the sum of a group exceeds 64 bits; make it of type float first"
    case .noColumns: "no column is named\("".advice(among: details))"
    case .columnTwice: "there would be two columns '\(column)'; give one another name"
    case .tooLarge: "column '\(column)': the answer has more than 32 bits count"
    case .argumentOutOfRange: "column '\(column)': \(details.joined(separator: " takes "))"
    case .differentTypes:
      "column '\(column)' cannot be joined: on the left it is \(details.joined(separator: ", on the right ")); cast one of them"
    }
  }
}
