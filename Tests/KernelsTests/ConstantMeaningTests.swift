import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Conditions take the constants that expressions take, and mean the same by them.
struct ConstantMeaningTests {
  private static let constants: [Scalar] = [
    .float(1.5), .float(0.3), .float(-2), .float(1e300), .float(-1e300), .float(.infinity),
    .float(-.infinity), .float(-0.0), .float(9_007_199_254_740_992), .float(0x1p70),
    .float(1.5e-05), .float(-1e-300), .integer(3), .decimal(unscaled: 15, scale: 1),
    .decimal(unscaled: 1_234_567, scale: 5),
    "1970-01-02",
    "2013-07-04", "1970-01-01T00:00:00.5", "2013-07-04 12:00:00", "00:00:01", "23:59:59.25",
    "-36:00:00", .duration(1500, unit: .millisecond), .date(days: 15_000),
    .timestamp(1_372_939_200_000_000, unit: .microsecond, zone: nil),
  ]

  private static func pairs(_ constant: Scalar) -> [(Condition, ColumnExpression)] {
    let a = col("a")
    let b = constant.expression
    return [
      (.equal(to: constant), a == b), (.notEqual(to: constant), a != b),
      (.less(than: constant), a < b), (.atMost(constant), a <= b),
      (.greater(than: constant), a > b), (.atLeast(constant), a >= b),
      (.between(constant, constant), a >= b && a <= b), (.isIn([constant]), a == b),
    ]
  }

  @Test(arguments: SampleKind.integers + SampleKind.floats, [0, 20])
  func `A condition is a comparison`(kind: SampleKind, nullPercent: Int) throws {
    let sample = kind.sample(count: 200, nullPercent: nullPercent, seed: 41)
    var count = 0
    for column in try sample.columns() {
      let frame = try DataFrame([column.renamed("a")])
      for constant in Self.constants {
        for (condition, expression) in Self.pairs(constant) {
          guard let expected = try? frame.rows(where: expression) else { continue }
          // Floats beside exact numbers are compared as floats.
          if case .integer = constant, kind.type == .float { continue }
          // An expression reads a moment as it is written.
          if case .timestamp = constant, kind.type.zone != nil { continue }
          count += 1
          let note: Comment = "\(condition) of \(column.type), \(column.layout), \(sample)"
          #expect(try column.rows(where: condition) == expected, note)
        }
      }
    }
    #expect(count > 0 || kind.type == .boolean)
  }

  @Test
  func `Whole numbers beyond a column's end, and columns without a sign`() throws {
    let large = try DataFrame([Column("u", [UInt64.max, UInt64.max - 1, 1 << 63, 5])])
    let next = "18446744073709551616"
    #expect(try large.rows(where: "u == \(next)").count == 0)
    #expect(try large.rows(where: "u < \(next)").count == 4)
    #expect(try large.rows(where: "u >= -\(next)").count == 4)
    #expect(try large.rows(where: "u = 18446744073709551615").rows == [0])
    for same in ["u + 0", "coalesce(u, 0)", "where(u > 0, u, null)"] {
      #expect(try large.evaluate(same) == large["u"]!.renamed(same), "\(same)")
    }
    let fewer = try large.evaluate("u - 5").values(as: UInt64.self)
    #expect(fewer.elementsEqual([UInt64.max - 5, UInt64.max - 6, 1 << 63 - 5, 0]))
    #expect(throws: ExpressionError.self) { try large.evaluate("u + 1") }
    #expect(throws: ExpressionError.self) { try large.evaluate("u - 6") }
  }

  @Test
  func `Constants by what they mean`() throws {
    let price = Column("p", units: [30, 150, nil, 151], of: .decimal(scale: 2))
    #expect(try price.count(where: .equal(to: 0.3)) == 1)
    #expect(try price.count(where: .greater(than: 1.5)) == 1)
    #expect(try price.count(where: .less(than: 1.501)) == 2)
    #expect(try Column("n", integers: [1, 2, nil]).count(where: .greater(than: 1.5)) == 1)
    let day = Column("d", units: [19_736, 19_738, nil], of: .date)
    #expect(try day.count(where: .greater(than: "2024-01-15")) == 1)
    let at = Column("t", units: [0, 1, nil], of: .timestamp(unit: .second, zone: nil))
    #expect(try at.count(where: .less(than: "1970-01-01T00:00:00.5")) == 1)
    #expect(try at.count(where: .equal(to: "1970-01-01T00:00:00.5")) == 0)
    #expect(try at.count(where: .atMost(.date(days: 0))) == 1)
    let took = Column("s", units: [1_500, 60_000], of: .duration(unit: .millisecond))
    #expect(try took.count(where: .greater(than: 1.5)) == 1)
    #expect(try took.count(where: .atLeast("00:00:01.5")) == 2)
    for wrong: Scalar in ["soon", .float(.nan), true] {
      #expect(throws: ReductionError.self) { try day.count(where: .equal(to: wrong)) }
      #expect(throws: ReductionError.self) { try price.count(where: .equal(to: wrong)) }
    }
  }
}
