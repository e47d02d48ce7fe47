public import Columnar

/// A column whose values are known to be of one type when the program is compiled.
///
/// `diet analyze --emit swift` prints a struct of these for a table. The column stays in its lean
/// layout; values come as `Element` when they are asked for.
public struct ElementColumn<Element: ColumnElement>: Sendable {
  /// The column, for kernels and for writing.
  public let column: Column
  private let rows: ElementRows

  /// The column of that name.
  ///
  /// - Throws: `ElementError` where there is none, or where `Element` does not hold all its values.
  public init(_ name: String, of frame: DataFrame) throws(ElementError) {
    let pass = try ElementPass(frame, [name], [{ Element._holds($0) }], ["\(Element.self)"])
    rows = pass.columns[0]
    column = frame[name]!
  }

  /// The number of rows.
  public var count: Int { column.count }

  /// The value in a row; `nil` where it is null.
  public subscript(row: Int) -> Element? {
    if column.isNull(row) { return nil }
    return withUnsafeTemporaryAllocation(of: Element.self, capacity: 1) { scratch in
      Element._read(rows, row..<row + 1, scratch.baseAddress!).pointee
    }
  }
}

extension ElementError {
  package init(_ name: String, of frame: DataFrame, isNo element: String) {
    self.init(column: name, type: frame[name]?.type, element: element)
  }
}
