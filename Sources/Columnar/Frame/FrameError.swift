/// An argument that a table, a column or a set of rows does not take.
public struct FrameError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Code: Hashable, Sendable {
    /// There is no row of that number.
    case rowOutOfRange
    /// Columns of one table, or rows and the table that they are of, differ in length.
    case differentRowCounts
    /// Two columns would have one name.
    case columnTwice
    /// No column has that name.
    case noSuchColumn
    /// The values are not of a type that is taken here.
    case unfitType
    /// A value is none of the type that it is to have.
    case unfitValue
    /// A number is none that is taken here.
    case argumentOutOfRange
    /// More than a column holds: 4 GiB of text, or 2^32 − 2 rows.
    case tooLarge
  }

  /// What is wrong, for programs.
  public let code: Code
  /// The name of the column; `nil` where no single one is to blame.
  public let column: String?
  /// The number of the row, from 0, as the library counts rows; `nil` where no single one is to blame. The
  /// message counts from 1, as all messages do.
  public let row: Int?
  /// What is wrong and what is allowed, in words.
  public let message: String

  package init(_ code: Code, column: String? = nil, row: Int? = nil, _ message: String) {
    self.code = code
    self.column = column
    self.row = row
    self.message = message
  }
}

extension FrameError: CustomStringConvertible {
  public var description: String {
    column.map { "column '\($0)': \(message)" } ?? message
  }
}

extension FrameError {
  /// A row that there is not among `count`.
  package static func row(_ row: Int, of count: Int, column: String? = nil) -> FrameError {
    FrameError(
      .rowOutOfRange, column: column, row: row,
      count == 0
        ? "there is no row \(row), nor any other" : "there is no row \(row), only 0 to \(count - 1)"
    )
  }

  /// Rows of a table of another length.
  package static func rows(_ count: Int, for rowCount: Int, _ what: String) -> FrameError {
    FrameError(.differentRowCounts, "\(what) of \(count) rows, the table has \(rowCount)")
  }

  /// A name that no column has.
  package static func noColumn(_ name: String, among names: [String]) -> FrameError {
    FrameError(
      .noSuchColumn, column: name, "there is none\(name.advice(among: names))")
  }

  /// A name that two columns would have.
  package static func twice(_ name: String) -> FrameError {
    FrameError(.columnTwice, column: name, "there would be two of that name; rename one")
  }

  /// More rows than there are row numbers.
  package static func tooManyRows(_ count: Int) -> FrameError {
    FrameError(.tooLarge, "\(count) rows; a column has at most 2^32 − 2")
  }

  /// More text than 32-bit offsets reach.
  package static func longText(_ column: String) -> FrameError {
    FrameError(.tooLarge, column: column, "more than 4 GiB of text")
  }
}
