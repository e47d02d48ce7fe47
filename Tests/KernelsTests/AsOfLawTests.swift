import Columnar
import TestSupport
import Testing

@testable import Kernels

/// As-of joins beside the obvious loop over all pairs of rows.
struct AsOfLawTests {
  /// The partner of each value by looking at all.
  private func partners(
    _ values: [Int?], _ others: [Int?], _ direction: AsOfDirection, within tolerance: Int?,
    fits: (Int, Int) -> Bool
  ) -> [Int?] {
    values.indices.map { row -> Int? in
      guard let value = values[row] else { return nil }
      var best: Int?
      for place in others.indices {
        guard let other = others[place], fits(row, place) else { continue }
        let distance = abs(other - value)
        if let tolerance, distance > tolerance { continue }
        if direction == .backward && other > value || direction == .forward && other < value {
          continue
        }
        guard let found = best.map({ others[$0]! }) else {
          best = place
          continue
        }
        let before = abs(found - value)
        // Earlier ones go first; of equal ones the last of these, the first of the later ones.
        let isBetter =
          distance < before || distance == before && other < found
          || other == found && other <= value && direction != .forward
        if isBetter { best = place }
      }
      return best
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>, AsOfDirection.allCases)
  func `The nearest row`(seed: UInt64, direction: AsOfDirection) throws {
    var generator = SeededGenerator(seed: seed)
    func random(_ count: Int, _ limit: Int) -> [Int?] {
      (0..<count).map { _ in
        Int.random(in: 0..<12, using: &generator) == 0
          ? nil : Int.random(in: 0..<limit, using: &generator)
      }
    }
    let (times, marks) = (random(30, 40), random(30, 3))
    let (quotes, quoteMarks) = (random(40, 50), random(40, 3))
    func columns(_ values: [Int?]) throws -> [Column] {
      let units = values.map { $0.map { Int64($0) } }
      return [
        Column("at", values), Column("at", values.map { $0.map { Double($0) * 0.5 } }),
        try Column("at", integers: units, type: .date),
        try Column("at", integers: units, type: .decimal(scale: 1)),
        try Column("at", integers: units, type: .timestamp(unit: .millisecond, zone: "UTC")),
      ]
    }
    /// Three units of each of these columns.
    let tolerances: [Scalar] = [
      3, 1.5, .duration(3 * 86_400, unit: .second), .decimal(unscaled: 39, scale: 2),
      .duration(3_999_999, unit: .nanosecond),
    ]
    for ((left, right), tolerance) in zip(zip(try columns(times), try columns(quotes)), tolerances)
    {
      let trades = try DataFrame([left, Column("mark", marks)])
      let other = try DataFrame([
        right, Column("mark", quoteMarks), Column("quote", Array(0..<40)),
      ])
      for by in [[], ["mark"]] {
        for limit in [nil, tolerance] {
          let joined = try trades.joined(
            asOf: other, on: "at", by: by, direction: direction, tolerance: limit)
          let expected = partners(times, quotes, direction, within: limit == nil ? nil : 3) {
            by.isEmpty || marks[$0] != nil && marks[$0] == quoteMarks[$1]
          }
          let note: Comment = "\(left.type) by \(by), \(limit as Any), seed \(seed)"
          #expect(Array(try joined.values("quote", as: Int.self)) == expected, note)
          let names = ["at", "mark"] + (by.isEmpty ? ["mark_right"] : []) + ["quote"]
          #expect(joined.rowCount == 30 && joined.columns.map(\.name) == names)
        }
      }
    }
  }

  @Test
  func `Far ends, infinities and tables of nothing`() throws {
    let ends = try DataFrame([Column("at", [Int64.min, 0, .max]), Column("row", [0, 1, 2])])
    let other = try DataFrame([Column("at", [Int64.max, .min]), Column("quote", [0, 1])])
    func quotes(_ a: DataFrame, _ b: DataFrame, _ tolerance: Scalar?) throws -> [Int?] {
      Array(
        try a.joined(asOf: b, on: "at", direction: .nearest, tolerance: tolerance)
          .values("quote", as: Int.self))
    }
    #expect(try quotes(ends, other, nil) == [1, 0, 0])
    #expect(try quotes(ends, other, 0) == [1, nil, 0])
    let floats = try DataFrame([Column("at", [-Double.infinity, 1, .nan, .infinity])])
    let more = try DataFrame([
      Column("at", [Double.infinity, 0.5, 1.5, -.infinity]), Column("quote", [0, 1, 2, 3]),
    ])
    #expect(try quotes(floats, more, nil) == [3, 1, nil, 0])
    #expect(try quotes(floats, more, 0.25) == [3, nil, nil, 0])
    let nothing = try DataFrame([Column("at", [Int?](repeating: nil, count: 2))])
    #expect(try quotes(nothing, other, 1) == [nil, nil])
    #expect(try quotes(ends, other.head(0), 1) == [nil, nil, nil])
  }

  @Test
  func `What is no distance is refused`() throws {
    func refuse(_ column: Column, _ tolerance: Scalar?, _ message: String) throws {
      let frame = try DataFrame([column])
      let error = #expect(throws: GroupingError.self, "\(tolerance as Any)") {
        try frame.joined(asOf: frame, on: column.name, direction: .nearest, tolerance: tolerance)
      }
      #expect(error?.description == message)
    }
    let number = "column 'x': the tolerance takes a number of 0 or more"
    try refuse(Column("x", [1]), -1, number)
    try refuse(Column("x", [1]), "a", number)
    try refuse(Column("x", [1.5]), .float(.nan), number)
    try refuse(Column("x", [1.5]), .duration(1, unit: .second), number)
    try refuse(
      Column("x", integers: [1], type: .date), -0.5,
      "column 'x': the tolerance takes days, 0 or more")
    try refuse(
      Column("x", integers: [1], type: .time(unit: .second)), 1,
      "column 'x': the tolerance takes a duration of 0 or more")
    try refuse(Column("x", ["a"]), nil, "column 'x': there is no distance of type string")
  }
}
