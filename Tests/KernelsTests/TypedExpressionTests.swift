import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Expressions of dates, casts, and columns that hold nothing.
struct TypedExpressionTests {
  private static let frame = DataFrame(aligned: [
    Column("day", units: [15706, 0, -1, nil], of: .date),
    Column("due", units: [15716, nil, 30, 4], of: .date),
    Column("at", units: [86_400, -1, 0, nil], of: .timestamp(unit: .second, zone: nil)),
    Column("n", integers: [7, -7, 0, nil]),
    Column("big", integers: [.max, .min, 1, nil]),
    Column("price", units: [1230, 99999, nil, 500], of: .decimal(scale: 2)),
    Column("x", floats: [1.5, 2, -2.5, nil]),
    Column("s", strings: ["1", "-20", nil, "3"]),
    Column("t", strings: ["2013-01-01", nil, "1970-01-01", "1969-12-31"]),
    Column("on", booleans: [true, false, nil, true]),
    .nulls("none", .null, count: 4), .nulls("nothing", .string, count: 4),
  ])

  private static let cases: [ExpressionCase] = [
    ("day + 10", .date, [15716, 10, 9, nil]), ("10 + day", .date, [15716, 10, 9, nil]),
    ("day - n", .date, [15699, 7, -1, nil]), ("due - day", .integer, [10, nil, 31, nil]),
    ("day + 1 == '2013-01-02'", .boolean, [true, false, false, nil]),
    ("day - '2013-01-01'", .integer, [0, -15706, -15707, nil]),
    ("month(day + 31)", .integer, [2, 2, 1, nil]), ("day + none", .date, [nil, nil, nil, nil]),
    ("min(day, due)", .date, [15706, nil, -1, nil]),
    ("max(day, '1970-01-01')", .date, [15706, 0, 0, nil]),
    ("coalesce(day, due)", .date, [15706, 0, -1, 4]),
    ("coalesce(day, '1970-01-02')", .date, [15706, 0, -1, 1]),
    ("where(on, day, due)", .date, [15706, nil, 30, nil]),
    ("case when day > '1970-01-01' then day end", .date, [15706, nil, nil, nil]),
    ("day between '1970-01-01' and due", .boolean, [true, nil, false, nil]),
    ("day in ('2013-01-01', '1970-01-01')", .boolean, [true, true, false, nil]),

    ("cast(n as float)", .float, [7.0, -7.0, 0.0, nil]),
    ("cast(n as decimal(2))", .decimal(scale: 2), [700, -700, 0, nil]),
    ("cast(price as decimal(3))", .decimal(scale: 3), [12300, 999_990, nil, 5000]),
    ("cast(price as double)", .float, [12.3, 999.99, nil, 5.0]),
    ("cast(on as integer)", .integer, [1, 0, nil, 1]),
    ("cast(x * 2 as int)", .integer, [3, 4, -5, nil]),
    ("cast(s as integer) + n", .integer, [8, -27, nil, nil]),
    ("cast(t as date) - day", .integer, [0, nil, 1, nil]),
    ("cast(day as timestamp(s)) == at", .boolean, [false, false, false, nil]),
    ("cast(price as string)", .string, ["12.30", "999.99", nil, "5.00"]),
    ("cast(day as text)", .string, ["2013-01-01", "1970-01-01", "1969-12-31", nil]),
    ("cast(on as text)", .string, ["true", "false", nil, "true"]),
    ("cast(x as string)", .string, ["1.5", "2", "-2.5", nil]),
    ("cast(n > 0 as string)", .string, ["true", "false", "false", nil]),
    ("cast(big as string)", .string, ["9223372036854775807", "-9223372036854775808", "1", nil]),
    ("cast(none as date)", .date, [nil, nil, nil, nil]),
    ("cast(null as decimal(2))", .decimal(scale: 2), [nil, nil, nil, nil]),

    ("none", .null, [nil, nil, nil, nil]), ("null", .null, [nil, nil, nil, nil]),
    ("-none", .null, [nil, nil, nil, nil]),
    ("none + none", .null, [nil, nil, nil, nil]),
    ("none * price", .decimal(scale: 2), [nil, nil, nil, nil]),
    ("n % none", .integer, [nil, nil, nil, nil]), ("none / 2", .float, [nil, nil, nil, nil]),
    ("x ** none", .float, [nil, nil, nil, nil]),
    ("none == n", .boolean, [nil, nil, nil, nil]), ("s < none", .boolean, [nil, nil, nil, nil]),
    ("none == none", .boolean, [nil, nil, nil, nil]),
    ("none and on", .boolean, [nil, false, nil, nil]),
    ("none or on", .boolean, [true, nil, nil, true]), ("not none", .boolean, [nil, nil, nil, nil]),
    ("none is null", .boolean, [true, true, true, true]),
    ("none is true", .boolean, [false, false, false, false]),
    ("on is true", .boolean, [true, false, false, true]),
    ("on is not false", .boolean, [true, false, true, true]),
    ("none in (1, 2)", .boolean, [nil, nil, nil, nil]),
    ("n in (none, 7)", .boolean, [true, nil, nil, nil]),
    ("n not in (null, 7)", .boolean, [false, nil, nil, nil]),
    ("none in ()", .boolean, [false, false, false, false]),
    ("none between 1 and 2", .boolean, [nil, nil, nil, nil]),
    ("n between none and 5", .boolean, [false, nil, nil, nil]),
    ("where(none, 1, 2)", .integer, [2, 2, 2, 2]),
    ("where(on, n, none)", .integer, [7, nil, nil, nil]),
    ("where(on, none, s)", .string, [nil, "-20", nil, nil]),
    ("where(on, none, on)", .boolean, [nil, false, nil, nil]),
    ("where(on, x, null)", .float, [1.5, nil, nil, nil]),
    ("coalesce(none, n, 1)", .integer, [7, -7, 0, 1]),
    ("coalesce(none, none)", .null, [nil, nil, nil, nil]),
    ("min(none, price)", .decimal(scale: 2), [nil, nil, nil, nil]),
    ("abs(none)", .null, [nil, nil, nil, nil]), ("sqrt(none)", .float, [nil, nil, nil, nil]),
    ("year(none)", .integer, [nil, nil, nil, nil]),
    ("round(none)", .null, [nil, nil, nil, nil]), ("lower(none)", .string, [nil, nil, nil, nil]),
    ("length(none)", .integer, [nil, nil, nil, nil]),
    ("none like 'a%'", .boolean, [nil, nil, nil, nil]),
    ("starts_with(none, 'a')", .boolean, [nil, nil, nil, nil]),
    ("starts_with(s, none)", .boolean, [nil, nil, nil, nil]),
    ("none + s", .string, [nil, nil, nil, nil]),
    ("concat(none, s)", .string, ["1", "-20", "", "3"]),
    ("none - day", .integer, [nil, nil, nil, nil]), ("nothing + s", .string, [nil, nil, nil, nil]),
    ("nothing == s", .boolean, [nil, nil, nil, nil]),
    ("nothing like '%'", .boolean, [nil, nil, nil, nil]),
    ("length(nothing)", .integer, [nil, nil, nil, nil]),
    ("coalesce(nothing, s)", .string, ["1", "-20", nil, "3"]),
    ("'a'", .string, ["a", "a", "a", "a"]), ("'a' == 'a'", .boolean, [true, true, true, true]),
    ("length('aé')", .integer, [2, 2, 2, 2]),
    ("'a' + 'b' < 'ac'", .boolean, [true, true, true, true]),
    ("upper('é') like '_'", .boolean, [true, true, true, true]),
  ]

  @Test(arguments: cases.indices)
  func `An expression and its values`(index: Int) throws {
    try Self.frame.expect(Self.cases[index])
  }

  @Test
  func `A table without rows computes nothing`() throws {
    let empty = Self.frame.head(0)
    for (text, type, _) in Self.cases {
      let column = try empty.evaluate(text)
      #expect(column.isEmpty(of: type), "\(text)")
    }
  }

  @Test(arguments: SampleKind.integers, [0, 20])
  func `Casts within expressions are those of columns`(kind: SampleKind, nullPercent: Int) throws {
    let sample = kind.sample(count: 200, nullPercent: nullPercent, seed: 17)
    let types: [LogicalType] = [
      .integer, .float, .decimal(scale: 2), .decimal(scale: 5), .string, .boolean,
      .timestamp(unit: .millisecond, zone: kind.type.zone), .date,
    ]
    for column in try sample.columns() {
      let frame = try DataFrame([column.renamed("a")])
      for type in types {
        let note: Comment = "\(column.layout) as \(type), \(sample)"
        let expected = Result { () throws(FrameError) in try column.cast(to: type) }
        let found = Result { () throws(ExpressionError) in
          try frame.evaluate(col("a").cast(to: type), named: column.name)
        }
        switch (expected, found) {
        case (.success(let a), .success(let b)): #expect(a == b, note)
        case (.failure(let a), .failure(let b)):
          #expect(a.row == b.row || b.code == .overflow, note)
        // As a column alone, an integer past 63 bits is no expression.
        case (.success, .failure(let b)) where b.code == .overflow:
          #expect(type == .integer && sample.present.contains { $0.integer > Int64.max }, note)
        default: Issue.record("\(expected) and \(found): \(note)")
        }
      }
    }
  }

  @Test(arguments: SampleKind.integers.filter { $0.type == .date })
  func `Days later and earlier, in every layout`(kind: SampleKind) throws {
    for nullPercent in [0, 20] {
      let sample = kind.sample(count: 1100, nullPercent: nullPercent, seed: 23)
      let days = SampleKind.integers[0].sample(count: 1100, nullPercent: 20, seed: 24)
      for column in try sample.columns() {
        for other in try days.columns() {
          let frame = try DataFrame([column.renamed("d"), other.renamed("n")])
          let later = zip(sample.values, days.values).map { d, n -> StoredValue? in
            guard let d, let n else { return nil }
            return .integer(d.integer + n.integer)
          }
          let note: Comment = "\(column.layout), \(other.layout), \(sample)"
          #expect(try frame.evaluate("d + n").scalars == later, note)
          #expect(try frame.evaluate("d + n").type == .date, note)
          #expect(
            try frame.evaluate("d - (d + n)").scalars
              == zip(sample.values, days.values).map { d, n in
                guard d != nil, let n else { return nil }
                return .integer(-n.integer)
              }, note)
        }
      }
    }
  }
}

extension Column {
  fileprivate func isEmpty(of type: LogicalType) -> Bool { count == 0 && self.type == type }
}
