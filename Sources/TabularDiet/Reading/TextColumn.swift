public import Columnar
public import Kernels

/// A column of text, UUIDs or addresses.
public struct TextColumn: @unchecked Sendable {
  // Sound to share: what `text` points to, `column` keeps, and no one changes it.

  /// The column whose values these are.
  public let column: Column
  private let text: ValueText

  /// The column of that name.
  ///
  /// - Throws: `ElementError` where there is none, or where its values are no text.
  public init(_ name: String, of frame: DataFrame) throws(ElementError) {
    guard let column = frame[name] else {
      throw ElementError(noColumn: name, of: frame, element: "text")
    }
    guard column.type.domain == .bytes else { throw ElementError(column, element: "text") }
    self.column = column
    text = ValueText(column)
  }

  /// The number of rows.
  public var count: Int { column.count }

  /// The text in a row; `nil` where it is null, and where there is no such row.
  public subscript(row: Int) -> String? {
    if column.isNull(row) { return nil }
    return text.text(row: row).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// A column without a value in any row.
public struct NullColumn: Sendable {
  /// The column whose values these are.
  public let column: Column

  /// The column of that name.
  ///
  /// - Throws: `ElementError` where there is none, or where it has a value.
  public init(_ name: String, of frame: DataFrame) throws(ElementError) {
    guard let column = frame[name] else {
      throw ElementError(noColumn: name, of: frame, element: "null")
    }
    guard column.nullCount == column.count else { throw ElementError(column, element: "null") }
    self.column = column
  }

  /// The number of rows.
  public var count: Int { column.count }
}
