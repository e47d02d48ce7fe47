import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Rounding to places, days of moments, ends of texts, and quantiles that are values.
struct RoundingTests {
  private static let frame = DataFrame(aligned: [
    Column("p", units: [125, 135, -125, nil], of: .decimal(scale: 2)),
    Column("n", integers: [25, -35, 150, nil]),
    Column("x", floats: [2.5, -1.25, .nan, nil]),
    Column("big", floats: [1e300, .infinity, -0.0, nil]),
    Column("at", units: [86_399, 86_400, -1, nil], of: .timestamp(unit: .second, zone: "UTC")),
    Column(
      "fine", units: [-1, 0, 86_400_000_000, nil], of: .timestamp(unit: .microsecond, zone: nil)),
    Column("day", units: [3, 4, 5, nil], of: .date), .nulls("none", .null, count: 4),
  ])

  private static let cases: [ExpressionCase] = [
    ("round(p, 1)", .decimal(scale: 1), [12, 14, -12, nil]),
    ("round(p, 2)", .decimal(scale: 2), [125, 135, -125, nil]),
    ("round(p, 5)", .decimal(scale: 2), [125, 135, -125, nil]),
    ("round(p, 0)", .integer, [1, 1, -1, nil]),
    ("round(n, 2)", .integer, [25, -35, 150, nil]),
    ("round(n, -1)", .integer, [20, -40, 150, nil]),
    ("round(p * 100, -2)", .integer, [100, 100, -100, nil]),
    ("round(n, -18)", .integer, [0, 0, 0, nil]),
    ("round(x, 1)", .float, [2.5, -1.2, "NaN", nil]),
    ("round(big, 18)", .float, [1e300, .float(.infinity), -0.0, nil]),
    ("round(x, -1)", .float, [0.0, -0.0, "NaN", nil]),
    ("round(none, 2)", .null, [nil, nil, nil, nil]),
    ("date(at)", .date, [0, 1, -1, nil]), ("date(fine)", .date, [-1, 0, 1, nil]),
    ("date(day)", .date, [3, 4, 5, nil]), ("date(none)", .date, [nil, nil, nil, nil]),
    ("date(at) - day", .integer, [-3, -3, -6, nil]), ("date('1970-01-02')", .date, [1, 1, 1, 1]),
    ("date(fine) == '1970-01-01'", .boolean, [false, true, false, nil]),
  ]

  @Test(arguments: cases.indices)
  func `An expression and its values`(index: Int) throws {
    try Self.frame.expect(Self.cases[index])
  }

  @Test(arguments: [
    "round(p, x)", "round(p, n)", "round(p, 19)", "round(p, 0.5)", "round(day, 1)", "date(n)",
  ])
  func `What cannot be rounded is an error`(text: String) {
    let error = #expect(throws: ExpressionError.self) { try Self.frame.evaluate(text) }
    #expect(error?.code == .unsupportedType)
  }

  @Test
  func `In Swift, too`() throws {
    #expect(try Self.frame.evaluate(col("p").rounded(toPlaces: 1)).scalars == [12, 14, -12, nil])
    #expect(try Self.frame.evaluate(col("at").date).type == .date)
  }

  /// Every layout of text: the ends are those of the sorted texts.
  @Test(arguments: SampleKind.all.filter { $0.type.domain == .bytes }, [0, 30, 100])
  func `The ends of texts`(kind: SampleKind, nullPercent: Int) throws {
    for count in [0, 1, 65, 1100] {
      let sample = kind.sample(count: count, nullPercent: nullPercent, seed: UInt64(count))
      let sorted = sample.present.map(\.text).sorted { $0.lexicographicallyPrecedes($1) }
      for column in try sample.columns() {
        let note: Comment = "\(column.layout), \(sample)"
        #expect(try column.minimum() == sorted.first.map { .text($0) }, note)
        #expect(try column.maximum() == sorted.last.map { .text($0) }, note)
      }
    }
  }

  /// Every type but text: a quantile that is a value stands where the sorted values have it.
  @Test(arguments: SampleKind.all.filter { $0.type.domain != .bytes }, [0, 30, 100])
  func `Quantiles that are values`(kind: SampleKind, nullPercent: Int) throws {
    for count in [0, 1, 2, 64, 501] {
      let sample = kind.sample(count: count, nullPercent: nullPercent, seed: UInt64(count))
      if sample.present.contains(where: { if case .float(let x) = $0 { x.isNaN } else { false } }) {
        continue
      }
      let sorted = sample.present.sorted { a, b in
        kind.type == .float ? a.float < b.float : a.integer < b.integer
      }
      for column in try sample.columns() {
        for fraction in [0, 0.25, 0.5, 0.9, 1] {
          let place = fraction * Double(sorted.count - 1)
          let places: [(QuantileInterpolation, Double)] = [
            (.lower, place.rounded(.down)), (.higher, place.rounded(.up)),
            (.nearest, place.rounded(.toNearestOrEven)),
          ]
          for (interpolation, rank) in places {
            let found = try column.quantile(fraction, interpolation: interpolation)
            let expected = sorted.isEmpty ? nil : Scalar(sorted[Int(rank)], of: column.type)
            #expect(found == expected, "\(fraction), \(interpolation), \(column.layout), \(sample)")
          }
        }
        #expect(throws: ReductionError.self) { try column.quantile(2, interpolation: .lower) }
      }
    }
  }

  @Test
  func `Quantiles of floats know NaN`() throws {
    let column = Column("x", floats: [3, .nan, 1, nil])
    guard case .float(let number)? = try column.median(interpolation: .lower) else {
      Issue.record("no median")
      return
    }
    #expect(number.isNaN)
    #expect(try column.median(interpolation: .lower, nan: .skip) == .float(1))
    #expect(throws: ReductionError.self) {
      try Column("s", strings: ["a"]).median(interpolation: .lower)
    }
  }

  @Test
  func `Numbers melt with floats, exactly`() throws {
    let frame = DataFrame(aligned: [
      Column("k", integers: [1, 2]), Column("a", integers: [3, nil]),
      Column("b", floats: [0.5, 1]),
      Column("c", units: [125, 30], of: .decimal(scale: 2)),
    ])
    let melted = try frame.melted(keeping: ["k"])
    #expect(melted["value"]?.type == .float)
    #expect(melted["value"]?.scalars == [3.0, nil, 0.5, 1.0, 1.25, 0.3])
    let wide = DataFrame(aligned: [
      Column("a", integers: [1, 9_007_199_254_740_993]), Column("b", floats: [0.5, 1]),
    ])
    let error = #expect(throws: FrameError.self) { try wide.melted(keeping: []) }
    #expect(error?.row == 1 && error?.column == "a")
    #expect(throws: FrameError.self) {
      try DataFrame(aligned: [Column("a", integers: [1]), Column("b", strings: ["x"])]).melted(
        keeping: [])
    }
  }
}
