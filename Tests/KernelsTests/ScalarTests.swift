import Columnar
import Testing

@testable import Kernels

/// Answers carry the unit that their column is counted in, and constants may have any.
struct ScalarTests {
  /// A type, values in its unit, and what their sum, least and greatest value are called.
  private static let cases: [(LogicalType, [Int64?], sum: String?, ends: [String])] = [
    (.integer, [3, nil, -5], "-2", ["-5", "3"]),
    (.boolean, [1, nil, 1, 0], "2", ["false", "true"]),
    (.decimal(scale: 2), [1230, nil, -5], "12.25", ["-0.05", "12.30"]),
    (.decimal(scale: 0), [7, 8], "15", ["7", "8"]),
    (
      .decimal(scale: 18), [1, 2], "0.000000000000000003",
      ["0.000000000000000001", "0.000000000000000002"]
    ),
    (.date, [0, 19_782, -1], nil, ["1969-12-31", "2024-02-29"]),
    (.date, [-719_529, 2_932_897], nil, ["-0001-12-31", "10000-01-01"]),
    (.time(unit: .second), [0, 86_399], nil, ["00:00:00", "23:59:59"]),
    (.time(unit: .millisecond), [1500, 3_600_000], nil, ["00:00:01.5", "01:00:00"]),
    (.duration(unit: .second), [-61, 130_500], "36:13:59", ["-00:01:01", "36:15:00"]),
    (
      .duration(unit: .microsecond), [1, 2], "00:00:00.000003",
      ["00:00:00.000001", "00:00:00.000002"]
    ),
    (
      .timestamp(unit: .second, zone: nil), [-1, 0], nil,
      ["1969-12-31T23:59:59", "1970-01-01T00:00:00"]
    ),
    (
      .timestamp(unit: .millisecond, zone: "UTC"), [-1, 1_709_251_199_000], nil,
      ["1969-12-31T23:59:59.999Z", "2024-02-29T23:59:59Z"]
    ),
  ]

  @Test(arguments: cases.indices)
  func `Answers are in the column's unit`(index: Int) throws {
    let (type, values, sum, ends) = Self.cases[index]
    let column =
      type == .boolean
      ? Column("c", booleans: values.map { $0.map { $0 == 1 } })
      : try Column("c", integers: values, type: type)
    if let sum {
      #expect(try column.sum().description == sum, "\(type)")
    } else {
      #expect(throws: ReductionError.self, "\(type)") { try column.sum() }
    }
    let found = try #require(try column.minMax())
    #expect([found.minimum.description, found.maximum.description] == ends, "\(type)")
    #expect(try column.minimum() == found.minimum && column.maximum() == found.maximum)
    // What is the answer is a constant, too.
    #expect(try column.count(where: .less(than: found.minimum)) == 0, "\(type)")
    #expect(try column.count(where: .between(found.minimum, found.maximum)) == column.valueCount)
    #expect(try column.rows(where: .equal(to: found.maximum)).count >= 1, "\(type)")
    let filled = try column.replacing(.isNull, with: found.maximum)
    #expect(filled.type == type && filled.nullCount == 0, "\(type)")
    #expect(try filled.maximum() == found.maximum, "\(type)")
  }

  @Test
  func `Sums of nothing are zero in the column's unit`() throws {
    let none: [Int64?] = [nil, nil]
    #expect(try Column("c", integers: none, type: .decimal(scale: 2)).sum().description == "0.00")
    #expect(
      try Column("c", integers: none, type: .duration(unit: .second)).sum()
        == .duration(0, unit: .second))
    #expect(try Column("c", integers: none).sum() == 0)
    #expect(try Column("c", floats: []).sum() == 0.0)
    #expect(try Column("c", floats: [1.5, nil]).sum() == 1.5)
    #expect(try Column("c", integers: none).minMax() == nil)
  }

  @Test
  func `Sums of groups and of windows keep the unit`() throws {
    for type in [LogicalType.integer, .decimal(scale: 3), .duration(unit: .millisecond)] {
      let frame = try DataFrame([
        Column("k", strings: ["a", "b", "a"]), Column("v", integers: [1, 2, 3], type: type),
      ])
      let sums = try frame.grouped(by: "k").aggregated(.sum("v"))
      #expect(sums["v_sum"]?.type == type)
      #expect(try frame["v"]!.moving(.sum, MovingWindow(2)).type == type)
    }
  }

  @Test
  func `Answers of no groups have the type that answers of some have`() throws {
    for values in [["a", "b"], []] as [[String]] {
      let count = values.count
      let frame = try DataFrame([
        Column("k", strings: values), Column("v", integers: values.map { _ in 1 }),
        Column("x", floats: values.map { _ in 1 }), Column("b", booleans: values.map { _ in true }),
        Column("d", integers: values.map { _ in 1 }, type: .decimal(scale: 2)),
      ])
      let expected: [(Aggregation, LogicalType)] = [
        (.quantile("v", 0.9), .float), (.median("x"), .float), (.median("d"), .float),
        (.any("b"), .boolean), (.all("b"), .boolean), (.distinctCount("v"), .integer),
        (.mean("d"), .float), (.sum("x"), .float), (.size, .integer),
        (.standardDeviation("v"), .float), (.minimum("d"), .decimal(scale: 2)),
      ]
      for (aggregation, type) in expected {
        let answers = try frame.grouped(by: "k").aggregated(aggregation)
        #expect(answers.rowCount == count)
        #expect(answers[aggregation.name]?.type == type, "\(aggregation), \(count) groups")
      }
    }
  }

  /// Constants of every scale, integers too, against a look at each value.
  @Test
  func `Constants are compared by what they mean`() throws {
    let values = (-250...250).map { Int64($0) }
    for (scale, type) in [(2, LogicalType.decimal(scale: 2)), (0, .integer)] {
      let column = try Column("c", integers: values, type: type)
      for own in 0...4 {
        for digits in stride(from: -300, through: 300, by: 25) as StrideThrough<Int128> {
          let constant: Scalar =
            own == 0 ? .integer(digits) : .decimal(unscaled: digits, scale: own)
          // Both in units of 10^-4.
          let bound = digits * powerOfTen(4 - own)
          let all = values.map { Int128($0) * powerOfTen(4 - scale) }
          let note: Comment = "\(constant) beside \(type)"
          func count(_ condition: Condition) throws -> Int {
            let count = try column.count(where: condition)
            #expect(try column.rows(where: condition).count == count, note)
            return count
          }
          #expect(try count(.equal(to: constant)) == all.count { $0 == bound }, note)
          #expect(try count(.notEqual(to: constant)) == all.count { $0 != bound }, note)
          #expect(try count(.less(than: constant)) == all.count { $0 < bound }, note)
          #expect(try count(.atMost(constant)) == all.count { $0 <= bound }, note)
          #expect(try count(.greater(than: constant)) == all.count { $0 > bound }, note)
          #expect(try count(.atLeast(constant)) == all.count { $0 >= bound }, note)
          #expect(try count(.isIn([constant])) == all.count { $0 == bound }, note)
          #expect(
            try count(.between(constant, .integer(1)))
              == all.count { $0 >= bound && $0 <= 10_000 }, note)
        }
      }
    }
  }

  @Test
  func `A constant of another kind is an error, and one of another unit is not`() throws {
    let days = try Column("day", integers: [0, 1], type: .date)
    let times = try Column("at", integers: [0, 90], type: .timestamp(unit: .second, zone: "UTC"))
    #expect(throws: ReductionError.self) { try days.count(where: .equal(to: .float(1))) }
    #expect(throws: ReductionError.self) {
      try times.count(where: .equal(to: .timestamp(0, unit: .second, zone: nil)))
    }
    #expect(
      try times.count(where: .greater(than: .timestamp(89_999, unit: .millisecond, zone: "UTC")))
        == 1)
    #expect(
      try times.count(where: .equal(to: .timestamp(90_001, unit: .millisecond, zone: "UTC"))) == 0)
    let prices = try Column("price", integers: [1230, nil], type: .decimal(scale: 2))
    #expect(throws: ReductionError.self) {
      try prices.replacing(.isNull, with: .decimal(unscaled: 12_305, scale: 3))
    }
    #expect(try prices.replacing(.isNull, with: 3).sum().description == "15.30")
    let answers = Column("a", booleans: [true, nil])
    #expect(try answers.replacing(.isNull, with: 1).sum().description == "2")
    for other in [2, 3, -1, 1 << 40] as [Int128] {
      #expect(throws: ReductionError.self) {
        try answers.replacing(.isNull, with: .integer(other))
      }
    }
    #expect(throws: ReductionError.self) { try prices.replacing(.isNull, with: "three") }
  }

  @Test func `A scalar is a Swift value where it is of that kind, and nearest where it is rounded`()
  {
    // 0.1 + 0.2 is not 0.3, and 3 / 10 is; digits beyond 2^53 are rounded once, not twice.
    let numbers: [(Scalar, Double?)] = [
      (3, 3), (1.5, 1.5), (.decimal(unscaled: 3, scale: 1), 0.3),
      (.decimal(unscaled: 90_071_992_547_409_935, scale: 1), 9_007_199_254_740_993.5),
      (.decimal(unscaled: -5, scale: 400), 0), (.decimal(unscaled: 5, scale: -2), 500),
      (.integer(.max), 170_141_183_460_469_231_731_687_303_715_884_105_728),
      (.duration(1500, unit: .millisecond), 1.5), (true, nil), ("3", nil), (.date(days: 3), nil),
    ]
    for (scalar, number) in numbers {
      #expect(scalar.doubleValue == number, "\(scalar)")
    }
    #expect(Scalar.integer(Int128(Int.max)).intValue == .max)
    #expect(Scalar.integer(Int128(Int.max) + 1).intValue == nil)
    #expect(Scalar.float(3).intValue == 3 && Scalar.float(3.5).intValue == nil)
    #expect(Scalar.decimal(unscaled: 300, scale: 2).intValue == 3)
    #expect(Scalar.decimal(unscaled: 301, scale: 2).intValue == nil)
    #expect(Scalar.decimal(unscaled: 3, scale: -2).intValue == 300)
    #expect(Scalar.boolean(true).boolValue == true)
    #expect(Scalar.integer(1).boolValue == nil)
    #expect(Scalar.text([0x61, 0xFF]).stringValue == "a\u{FFFD}")
    #expect(Scalar.integer(1).stringValue == nil)
  }
}
