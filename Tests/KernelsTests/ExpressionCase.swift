import Columnar
import Testing

@testable import Kernels

/// An expression with the type and the values that it has of a table.
typealias ExpressionCase = (text: String, type: LogicalType, values: [StoredValue?])

extension DataFrame {
  /// Holds an expression against its values: of all rows and of none, and as a condition where it is one.
  func expect(_ expected: ExpressionCase) throws {
    let (text, type, values) = expected
    let column = try evaluate(text)
    #expect(column.type == type, "\(text)")
    #expect(column.scalars == values, "\(text)")
    #expect(column.name == text)
    #expect(try head(0).evaluate(text).type == type, "\(text)")
    if type == .boolean {
      let rows = try rows(where: text).rows
      #expect(rows == values.indices.filter { values[$0] == true }, "\(text)")
    }
  }
}
