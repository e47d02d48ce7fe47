import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Expressions of moments and spans of time, in all their units.
struct MomentExpressionTests {
  private static let seconds = LogicalType.timestamp(unit: .second, zone: nil)
  private static let span = LogicalType.duration(unit: .second)
  private static let frame = DataFrame(aligned: [
    Column("day", units: [0, 1, -1, nil], of: .date),
    Column("at", units: [86_400, 1, -1, nil], of: seconds),
    Column("fine", units: [86_400_500, nil, 0, 7], of: .timestamp(unit: .millisecond, zone: nil)),
    Column("utc", units: [5, 6, 7, nil], of: .timestamp(unit: .second, zone: "UTC")),
    Column("berlin", units: [4, 6, 8, 1], of: .timestamp(unit: .second, zone: "Europe/Berlin")),
    Column("clock", units: [0, 86_399, 3600, nil], of: .time(unit: .second)),
    Column("tick", units: [500, 1, nil, 0], of: .time(unit: .millisecond)),
    Column("took", units: [90, -90, 0, nil], of: span),
    Column("lag", units: [1_500, nil, -1, 60_000], of: .duration(unit: .millisecond)),
    Column("n", integers: [2, -1, 3, nil]), Column("x", floats: [0.5, 2, nil, 1]),
    .nulls("none", .null, count: 4),
  ])

  private static let milliseconds = LogicalType.duration(unit: .millisecond)

  private static let cases: [ExpressionCase] = [
    // A difference is a span, in the finer unit.
    ("at - at", span, [0, 0, 0, nil]), ("fine - at", milliseconds, [500, nil, 1000, nil]),
    ("at - '1970-01-01'", span, [86_400, 1, -1, nil]),
    ("'1970-01-02T00:00:00.25' - at", milliseconds, [250, 86_399_250, 86_401_250, nil]),
    ("at - day", span, [86_400, -86_399, 86_399, nil]),
    ("utc - berlin", span, [1, 0, -1, nil]),
    ("tick - clock", milliseconds, [500, -86_398_999, nil, nil]),
    ("none - at", span, [nil, nil, nil, nil]),
    // Dates count days.
    ("day - day", .integer, [0, 0, 0, nil]), ("day - n", .date, [-2, 2, -4, nil]),
    // Moments and spans.
    ("at + took", seconds, [86_490, -89, -1, nil]), ("at - took", seconds, [86_310, 91, -1, nil]),
    ("took + at", seconds, [86_490, -89, -1, nil]),
    ("at + lag", .timestamp(unit: .millisecond, zone: nil), [86_401_500, nil, -1001, nil]),
    ("utc + '00:01:00'", .timestamp(unit: .second, zone: "UTC"), [65, 66, 67, nil]),
    ("at - '36:00:00'", seconds, [-43_200, -129_599, -129_601, nil]),
    ("at + none", seconds, [nil, nil, nil, nil]), ("at - none", seconds, [nil, nil, nil, nil]),
    ("clock + took", .time(unit: .second), [90, 86_309, 3600, nil]),
    ("clock - took", .time(unit: .second), [86_310, 89, 3600, nil]),
    ("clock + '01:00:01'", .time(unit: .second), [3601, 3600, 7201, nil]),
    ("'1970-01-01T00:00:10' - took", seconds, [-80, 100, 10, nil]),
    // Spans.
    ("took + took", span, [180, -180, 0, nil]),
    ("took - lag", milliseconds, [88_500, nil, 1, nil]),
    ("-took", span, [-90, 90, 0, nil]), ("abs(took)", span, [90, 90, 0, nil]),
    ("took * n", span, [180, 90, 0, nil]), ("3 * took", span, [270, -270, 0, nil]),
    ("took + '00:00:00.5'", milliseconds, [90_500, -89_500, 500, nil]),
    ("min(took, lag)", milliseconds, [1500, nil, -1, nil]),
    ("coalesce(took, lag)", milliseconds, [90_000, -90_000, 0, 60_000]),
    ("where(n > 0, took, '00:00:01')", span, [90, 1, 0, 1]),
    ("took + none", span, [nil, nil, nil, nil]), ("took * none", span, [nil, nil, nil, nil]),
    // Beside a number it counts as its seconds.
    ("took / 60", .float, [1.5, -1.5, 0.0, nil]),
    ("lag / took", .float, [.float(1.5 / 90), nil, .float(-.infinity), nil]),
    ("took > 60", .boolean, [true, false, false, nil]),
    ("lag == 1.5", .boolean, [true, nil, false, false]),
    ("took > x", .boolean, [true, false, nil, nil]),
    ("lag > '00:00:01'", .boolean, [true, nil, false, true]),
    ("took in (90, '00:00:00')", .boolean, [true, false, true, nil]),
    ("took == lag", .boolean, [false, nil, false, nil]),
    ("lag * 1.5", .decimal(scale: 4), [22500, nil, -15, 900_000]),
    ("floor(lag)", .integer, [1, nil, -1, 60]),
    ("cast(took as integer)", .integer, [90, -90, 0, nil]),
    ("cast(at - '1970-01-01' as float)", .float, [86_400.0, 1.0, -1.0, nil]),
    ("cast(lag as decimal(3))", .decimal(scale: 3), [1500, nil, -1, 60_000]),
    ("cast(n as duration(ms))", milliseconds, [2000, -1000, 3000, nil]),
    ("at + cast(n as duration(s))", seconds, [86_402, 0, 2, nil]),
    ("cast('-36:00:01' as duration(s))", span, [-129_601, -129_601, -129_601, -129_601]),
    ("cast(took as string)", .string, ["00:01:30", "-00:01:30", "00:00:00", nil]),
    // Units and dates beside one another.
    ("at < fine", .boolean, [true, nil, true, nil]),
    ("day < at", .boolean, [true, false, true, nil]),
    ("at == day + 1", .boolean, [true, false, false, nil]),
    ("utc <= berlin", .boolean, [false, true, true, nil]),
    ("at > '1970-01-01T00:00:00.5'", .boolean, [true, true, false, nil]),
    ("clock < tick", .boolean, [true, false, nil, nil]),
    ("max(at, fine)", .timestamp(unit: .millisecond, zone: nil), [86_400_500, nil, 0, nil]),
    (
      "coalesce(fine, day)", .timestamp(unit: .millisecond, zone: nil),
      [86_400_500, 86_400_000, 0, 7]
    ),
    ("hour(at - '01:00:00')", .integer, [23, 23, 22, nil]),
    // Offsets from UTC say of an instant where it was read.
    ("utc == '1970-01-01T02:00:05+02:00'", .boolean, [true, false, false, nil]),
    ("berlin >= '1969-12-31T23:30:06-0030'", .boolean, [false, true, true, false]),
    ("utc - '1970-01-01T00:00:00Z'", span, [5, 6, 7, nil]),
    // Zones: another one's, and readings of a clock in UTC.
    ("cast(berlin as timestamp(s, UTC)) - utc", span, [-1, 0, 1, nil]),
    (
      "cast(utc as timestamp(ms, Europe/Berlin))",
      .timestamp(unit: .millisecond, zone: "Europe/Berlin"), [5000, 6000, 7000, nil]
    ),
    ("cast(at as timestamp(s, UTC)) - utc", span, [86_395, -5, -8, nil]),
    ("cast(utc as timestamp(s))", seconds, [5, 6, 7, nil]),
    ("cast(clock as duration(s))", span, [0, 86_399, 3600, nil]),
    ("cast(tick + '00:00:01' as duration(ms))", milliseconds, [1500, 1001, nil, 1000]),
  ]

  @Test(arguments: cases.indices)
  func `An expression and its values`(index: Int) throws {
    try Self.frame.expect(Self.cases[index])
  }

  private static let refused: [(String, String)] = [
    ("day + took", "add whole days, or cast the date to timestamp(s) first"),
    ("at + 5", "write a span of time as hours, minutes and seconds: '00:00:05'"),
    ("day + 1.5", "add whole days, or cast the date to timestamp(s) first"),
    ("at < '1970-01-01T02:00:05+02:00'", "is no timestamp; write it as ISO 8601"),
    ("utc < '1970-01-01T02:00:05+02:0'", "is no timestamp; write it as ISO 8601"),
    ("cast(at as timestamp(s, Europe/Berlin))", "are no timestamp(s, Europe/Berlin)"),
    (
      "cast(berlin as timestamp(s))",
      "values of type timestamp(s, Europe/Berlin) are no timestamp(s)"
    ),
    ("at + at", "there is no '+' of timestamp(s) and timestamp(s)"),
    ("took - at", "there is no '-' of duration(s) and timestamp(s)"),
    ("at - utc", "there is no '-' of timestamp(s) and timestamp(s, UTC)"),
    ("at < utc", "there is no '<' of timestamp(s) and timestamp(s, UTC)"),
    ("max(utc, berlin)", "there is no max of timestamp(s, UTC) and timestamp(s, Europe/Berlin)"),
    ("took + 'soon'", "'soon' is no duration; write it as hours, minutes and seconds, 36:15:00"),
    ("day < berlin", "there is no '<' of date and timestamp(s, Europe/Berlin)"),
  ]

  @Test(arguments: refused.indices)
  func `What is no question says what to write`(index: Int) {
    let (text, message) = Self.refused[index]
    let error = #expect(throws: ExpressionError.self) { try Self.frame.evaluate(text) }
    #expect(error?.message.contains(message) == true, "\(text): \(error?.message ?? "")")
    #expect(error?.code == .unsupportedType)
  }

  @Test
  func `Spans of Swift stand in expressions`() throws {
    let frame = Self.frame
    #expect(
      try frame.evaluate(col("at") + Duration.milliseconds(1500), named: "a")
        == frame.evaluate(col("at") + Scalar.duration(1500, unit: .millisecond), named: "a"))
    #expect(
      try frame.evaluate(col("at") - Duration.seconds(-60)).scalars == [86_460, 61, 59, nil])
    #expect(try frame.rows(where: col("took") > Duration.seconds(60)).rows == [0])
    #expect(
      try frame.evaluate(col("at") + Duration.nanoseconds(-1)).type
        == .timestamp(unit: .nanosecond, zone: nil))
  }

  /// Every pair of units, with and without nulls, in every layout, beside the obvious loop.
  @Test(arguments: TimeUnit.allCases, TimeUnit.allCases)
  func `Differences and sums in all units`(a: TimeUnit, b: TimeUnit) throws {
    let unit = max(a, b)
    func moments(_ unit: TimeUnit, _ nullPercent: Int, _ seed: UInt64) -> ColumnSample {
      var random = SeededGenerator(seed: seed)
      let values = (0..<1100).map { _ -> StoredValue? in
        Int.random(in: 0..<100, using: &random) < nullPercent
          ? nil : .integer(Int128.random(in: -90_000...90_000, using: &random))
      }
      return ColumnSample(
        kind: "m", type: .timestamp(unit: unit, zone: nil), values: values, seed: seed)
    }
    for nullPercent in [0, 20] {
      let (left, right) = (moments(a, nullPercent, 31), moments(b, nullPercent, 32))
      func spans(_ operation: (Int128, Int128) -> Int128) -> [StoredValue?] {
        zip(left.values, right.values).map { x, y in
          guard let x, let y else { return nil }
          let factors = (Int128(unit.perSecond / a.perSecond), Int128(unit.perSecond / b.perSecond))
          return .integer(operation(x.integer * factors.0, y.integer * factors.1))
        }
      }
      for x in try left.columns() {
        for y in try right.columns() {
          let note: Comment = "\(x.layout), \(y.layout), \(left)"
          let frame = try DataFrame([x.renamed("a"), y.renamed("b")])
          let difference = try frame.evaluate("a - b")
          #expect(difference.type == .duration(unit: unit), note)
          #expect(difference.scalars == spans { $0 - $1 }, note)
          let back = try frame.adding(difference.renamed("d")).evaluate("b + d == a")
          #expect(back.scalars == spans { _, _ in 1 }, note)
          #expect(try frame.evaluate("a < b").scalars == spans { $0 < $1 ? 1 : 0 }, note)
        }
      }
    }
  }
}
