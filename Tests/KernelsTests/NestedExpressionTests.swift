import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Random trees of operators over numbers, conditions and texts with nulls, beside a plain interpreter:
/// what one part leaves must not be touched by another.
struct NestedExpressionTests {
  private struct Row {
    let a: Int64?
    let b: Int64?
    let s: String?
    let t: String?
    let on: Bool?
  }

  private typealias Part<T> = (expression: ColumnExpression, value: (Row) -> T?)

  private struct Trees {
    var generator: SeededGenerator

    mutating func number(_ depth: Int) -> Part<Int64> {
      let choice =
        depth == 0
        ? Int.random(in: 0...2, using: &generator) : Int.random(in: 0...10, using: &generator)
      switch choice {
      case 0: return (col("a"), { $0.a })
      case 1: return (col("b"), { $0.b })
      case 2:
        let constant = Int64.random(in: -3...3, using: &generator)
        return (ColumnExpression(integerLiteral: constant), { _ in constant })
      case 3, 4: return combined(number(depth - 1), number(depth - 1), { $0 + $1 }, { $0 &+ $1 })
      case 5: return combined(number(depth - 1), number(depth - 1), { $0 - $1 }, { $0 &- $1 })
      case 6:
        return combined(number(depth - 1), number(depth - 1), { .lesser($0, $1) }, { min($0, $1) })
      case 7, 8:
        let (c, x, y) = (truth(depth - 1), number(depth - 1), number(depth - 1))
        return (
          .when(c.expression, then: x.expression, otherwise: y.expression),
          { row in c.value(row) == true ? x.value(row) : y.value(row) }
        )
      case 9:
        let (x, y) = (number(depth - 1), number(depth - 1))
        return (x.expression.coalesced(with: y.expression), { x.value($0) ?? y.value($0) })
      default:
        let x = text(depth - 1)
        return (x.expression.length, { x.value($0).map { Int64($0.unicodeScalars.count) } })
      }
    }

    mutating func truth(_ depth: Int) -> Part<Bool> {
      let choice = depth == 0 ? 0 : Int.random(in: 0...9, using: &generator)
      switch choice {
      case 0: return (col("on"), { $0.on })
      case 1: return combined(number(depth - 1), number(depth - 1), { $0 < $1 }, { $0 < $1 })
      case 2: return combined(number(depth - 1), number(depth - 1), { $0 == $1 }, { $0 == $1 })
      case 3:
        let (x, y) = (truth(depth - 1), truth(depth - 1))
        return (
          x.expression && y.expression,
          { row in
            let (p, q) = (x.value(row), y.value(row))
            return p == false || q == false ? false : p == nil || q == nil ? nil : true
          }
        )
      case 4:
        let (x, y) = (truth(depth - 1), truth(depth - 1))
        return (
          x.expression || y.expression,
          { row in
            let (p, q) = (x.value(row), y.value(row))
            return p == true || q == true ? true : p == nil || q == nil ? nil : false
          }
        )
      case 5:
        let x = truth(depth - 1)
        return (!x.expression, { x.value($0).map { !$0 } })
      case 6:
        let x = number(depth - 1)
        return (x.expression.isNull, { x.value($0) == nil })
      case 7:
        let x = text(depth - 1)
        return (x.expression.like("%b%"), { x.value($0).map { $0.contains("b") } })
      case 8: return combined(text(depth - 1), text(depth - 1), { $0 == $1 }, { $0 == $1 })
      default:
        let x = text(depth - 1)
        return (x.expression.isNull, { x.value($0) == nil })
      }
    }

    mutating func text(_ depth: Int) -> Part<String> {
      let choice =
        depth == 0
        ? Int.random(in: 0...2, using: &generator) : Int.random(in: 0...8, using: &generator)
      switch choice {
      case 0: return (col("s"), { $0.s })
      case 1: return (col("t"), { $0.t })
      case 2: return ("ab", { _ in "ab" })
      case 3: return combined(text(depth - 1), text(depth - 1), { $0 + $1 }, { $0 + $1 })
      case 4:
        let x = text(depth - 1)
        return (x.expression.uppercased, { x.value($0)?.uppercased() })
      case 5, 6:
        let (c, x, y) = (truth(depth - 1), text(depth - 1), text(depth - 1))
        return (
          .when(c.expression, then: x.expression, otherwise: y.expression),
          { row in c.value(row) == true ? x.value(row) : y.value(row) }
        )
      case 7:
        let (x, y) = (text(depth - 1), text(depth - 1))
        return (
          .concatenated([x.expression, y.expression]),
          { (x.value($0) ?? "") + (y.value($0) ?? "") }
        )
      default:
        let x = number(depth - 1)
        return (x.expression.cast(to: .string), { x.value($0).map { "\($0)" } })
      }
    }

    private func combined<T, R>(
      _ x: Part<T>, _ y: Part<T>,
      _ join: (ColumnExpression, ColumnExpression) -> ColumnExpression,
      _ body: @escaping (T, T) -> R
    ) -> Part<R> {
      (
        join(x.expression, y.expression),
        { row in
          guard let p = x.value(row), let q = y.value(row) else { return nil }
          return body(p, q)
        }
      )
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `Trees say what a plain interpreter says`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func random<T>(_ values: [T?]) -> T? { values.randomElement(using: &generator)! }
    let rows = (0..<1500).map { _ in
      Row(
        a: random([nil, -100, 0, 1, 7]), b: random([nil, nil, 1, 2, 3_000_000_000]),
        s: random([nil, "a", "b", "Abé"]), t: random([nil, "", "ab", "ccb"]),
        on: random([nil, true, false]))
    }
    let frame = try DataFrame([
      Column("a", integers: rows.map(\.a)), Column("b", integers: rows.map(\.b)),
      Column("s", rows.map(\.s)), try plainText("t", rows.map(\.t)),
      Column("on", booleans: rows.map(\.on)),
    ])
    var trees = Trees(generator: generator)
    for tree in 0..<6 {
      let depth = 2 + tree / 2
      let note: Comment = "tree \(tree), seed \(seed)"
      let number = trees.number(depth)
      #expect(
        try frame.evaluate(number.expression).scalars
          == rows.map { number.value($0).map { .integer(Int128($0)) } }, note)
      let truth = trees.truth(depth)
      #expect(
        try frame.evaluate(truth.expression).scalars
          == rows.map { truth.value($0).map { .integer($0 ? 1 : 0) } }, note)
      #expect(
        try frame.rows(where: truth.expression).rows
          == rows.indices.filter { truth.value(rows[$0]) == true }, note)
      let text = trees.text(depth)
      #expect(
        try frame.evaluate(text.expression).scalars
          == rows.map { text.value($0).map { .text(Array($0.utf8)) } }, note)
    }
  }

  /// Text that is no dictionary, though that were smaller.
  private func plainText(_ name: String, _ texts: [String?]) throws -> Column {
    let kept = ColumnSample(
      kind: name, type: .string, values: texts.map { $0.map { .text(Array($0.utf8)) } }, seed: 0)
    return try #require(try kept.columns().first { $0.layout.encoding == "utf8" }).renamed(name)
  }
}
