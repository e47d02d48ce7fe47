import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Expressions say of every layout what a plain loop over the values says: of packed blocks, listed values, runs and
/// differences, which are read a block at a time, in words of another width than they are stored in.
@Suite struct PackedExpressionTests {
  private static let kinds = SampleKind.integers.filter {
    [
      "bytes", "16 bits", "32 bits", "40 bits", "few, far apart", "rising", "in runs",
      "sorted keys",
      "few outside", "few outside bytes",
    ].contains($0.description)
  }

  private static let whole: [(String, @Sendable (Int128, Int128) -> Int128)] = [
    ("x + 1", { x, _ in x + 1 }), ("1 - x", { x, _ in 1 - x }),
    ("x * 2 + y", { x, y in x * 2 + y }), ("y - x", { x, y in y - x }),
    ("x * x - x", { x, _ in x * x - x }), ("(x + 1) * (y - 1)", { x, y in (x + 1) * (y - 1) }),
  ]
  private static let conditions: [(String, @Sendable (Int128, Int128) -> Bool)] = [
    ("x * 2 > y", { x, y in x * 2 > y }), ("x < y", { x, y in x < y }),
    ("y <= x + 5", { x, y in y <= x + 5 }), ("x + y == 7", { x, y in x + y == 7 }),
  ]

  @Test(arguments: kinds, [1, 64, 1023, 1024, 1025, 4097])
  func answersAreThoseOfAPlainLoop(kind: SampleKind, count: Int) throws {
    for nullPercent in [0, 2, 30] {
      let seed = UInt64(count + nullPercent)
      let sample = kind.sample(count: count, nullPercent: nullPercent, seed: seed)
      let other = SampleKind.integers[0].sample(count: count, nullPercent: 1, seed: seed + 1)
      let y = Column("y", integers: other.values.map { $0.map { Int64($0.integer) } })
      let pairs = zip(sample.values, other.values).map { x, y in
        x.flatMap { x in y.map { (x.integer, $0.integer) } }
      }
      for column in try sample.columns() {
        try check(
          DataFrame([column.renamed("x"), y]), sample.values.map { $0?.integer }, pairs,
          "\(column.layout), \(sample)")
      }
    }
  }

  private func check(
    _ frame: DataFrame, _ xs: [Int128?], _ pairs: [(Int128, Int128)?], _ note: Comment
  ) throws {
    func inputs(_ text: String) -> [(Int128, Int128)?] {
      text.contains("y") ? pairs : xs.map { $0.map { ($0, 0) } }
    }
    // Whose squares 64 bits do not hold.
    let isFar = xs.contains { $0.map { $0.magnitude > 1 << 31 } ?? false }
    for (text, body) in Self.whole where !(isFar && text.contains("x * x")) {
      let found = ColumnRows(try frame.evaluate(text))
      for (row, input) in inputs(text).enumerated() {
        let value = found.storedValue(at: row)?.integer
        if value != input.map(body) {
          Issue.record("\(text), row \(row): \(value.map { "\($0)" } ?? "null"); \(note)")
          break
        }
      }
    }
    for (text, body) in Self.conditions {
      let found = try frame.rows(where: text).rows
      let inputs = inputs(text)
      let expected = inputs.indices.filter { inputs[$0].map(body) ?? false }
      #expect(found == expected, "\(text); \(note)")
    }
    let halves = ColumnRows(try frame.evaluate("x * 0.5e0"))
    for (row, x) in xs.enumerated()
    where halves.storedValue(at: row)?.float != x.map({ Double($0) * 0.5 }) {
      Issue.record("x * 0.5, row \(row); \(note)")
      break
    }
  }
}
