import Foundation
import Testing

@testable import Kernels

/// `docs/expressions.md` lists what there is.
struct ExpressionPageTests {
  /// The first cells of the rows below a heading, without backticks.
  private static func cells(below heading: String) throws -> [String] {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let page = try String(contentsOf: root.appending(path: "docs/expressions.md"), encoding: .utf8)
    let section = page.components(separatedBy: "\n## ").first { $0.hasPrefix(heading + "\n") }
    return (section ?? "").split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
      String(row.dropFirst(3).prefix { $0 != "`" })
    }
  }

  @Test
  func `Every function is on the page, and no other`() throws {
    let named = try Self.cells(below: "Functions").map { String($0.prefix { $0 != "(" }) }
    let known = ColumnExpression.Function.allCases.map(\.rawValue) + ["cast"]
    #expect(Set(named) == Set(known))
    // Only rounding has two forms.
    #expect(named.count == known.count + 1)
  }

  @Test
  func `What the page shows is read`() throws {
    let functions = try Self.cells(below: "Functions")
    for text in functions {
      let call = text.replacing(", …", with: ", b").replacing("as type", with: "as string")
        .replacing("places", with: "2")
      _ = try ExpressionParser.expression(call)
    }
    let operators: [ColumnExpression.Arithmetic] = [
      .add, .subtract, .multiply, .divide, .remainder, .power,
    ]
    let page = try Self.cells(below: "Operators").joined(separator: "\n")
    for symbol in operators.map(\.rawValue) { #expect(page.contains("a \(symbol) b"), "\(symbol)") }
    let comparing: [ColumnExpression.Comparing] = [
      .equal, .notEqual, .less, .atMost, .greater, .atLeast,
    ]
    for symbol in comparing.map(\.rawValue) { #expect(page.contains(symbol), "\(symbol)") }
  }
}
