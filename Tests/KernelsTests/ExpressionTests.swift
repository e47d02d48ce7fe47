import Columnar
import Foundation
import Testing

@testable import Kernels

/// Expressions: what they say of single rows, that layouts do not matter, and what errors point to.
struct ExpressionTests {
  private static let frame = DataFrame(aligned: [
    Column("price", units: [1230, 99999, nil, 5], of: .decimal(scale: 2)),
    Column("discount", units: [10, 0, 5, nil], of: .decimal(scale: 2)),
    Column("n", integers: [7, -7, 0, 127]),
    Column("big", integers: [.max, .min, 1, nil]),
    Column("x", floats: [1.5, .nan, -2.5, nil]),
    Column("carrier", strings: ["UA", "AA", nil, "UA"]),
    Column("on", booleans: [true, false, nil, true]),
    Column("day", units: [15706, 0, -1, nil], of: .date),
    Column(
      "at", units: [1_356_998_400, 86399, -1, nil],
      of: .timestamp(unit: .second, zone: nil)),
    Column("dep delay", integers: [1, 2, 3, 4]),
  ])

  /// A line is an expression, the type of its column, and its value in each row.
  private static let cases: [ExpressionCase] = [
    ("price * (1 - discount)", .decimal(scale: 4), [110_700, 9_999_900, nil, nil]),
    ("price + n", .decimal(scale: 2), [1930, 99299, nil, 12705]),
    ("n + 1", .integer, [8, -6, 1, 128]),
    ("n between 0 and 7", .boolean, [true, false, true, false]),
    ("n not between 0 and 7 or n == 0", .boolean, [false, true, true, true]),
    ("coalesce(price, 0) * 1", .decimal(scale: 2), [1230, 99999, 0, 5]),
    ("coalesce(x, 0.5)", .float, [1.5, "NaN", -2.5, 0.5]),
    ("coalesce(discount, price)", .decimal(scale: 2), [10, 0, 5, 5]),
    ("n * n * n * n", .integer, [2401, 2401, 0, 260_144_641]),
    ("n ** 2 - 2 * n", .integer, [35, 63, 0, 15875]),
    ("-n", .integer, [-7, 7, 0, -127]),
    ("n % 4", .integer, [3, 1, 0, 3]),
    ("n % 0", .integer, [nil, nil, nil, nil]),
    ("7 / 2", .float, [3.5, 3.5, 3.5, 3.5]),
    ("n / 2", .float, [3.5, -3.5, 0.0, 63.5]),
    ("price / 2", .float, [6.15, 499.995, nil, 0.025]),
    ("big % 10", .integer, [7, 2, 1, nil]),
    ("big - big", .integer, [0, 0, 0, nil]),
    ("big * big > 0", .boolean, [true, true, true, nil]),
    ("abs(n)", .integer, [7, 7, 0, 127]),
    ("floor(price)", .integer, [12, 999, nil, 0]),
    ("ceil(price)", .integer, [13, 1000, nil, 1]),
    ("round(price * 10 / 10.0)", .float, [12.0, 1000.0, nil, 0.0]),
    ("round(price)", .integer, [12, 1000, nil, 0]),
    ("min(n, 3)", .integer, [3, -7, 0, 3]),
    ("max(price, 12.3)", .decimal(scale: 2), [1230, 99999, nil, 1230]),
    ("where(n > 0, n, 0)", .integer, [7, 0, 0, 127]),
    ("where(on, 1.5, n)", .decimal(scale: 1), [15, -70, 0, 15]),
    ("sqrt(n * n)", .float, [7.0, 7.0, 0.0, 127.0]),
    ("pow(n, 0.5) >= 0", .boolean, [true, false, true, true]),
    ("x + 1", .float, [2.5, "NaN", -1.5, nil]),
    ("x > 0", .boolean, [true, false, false, nil]),
    ("x != 1.5", .boolean, [false, true, true, nil]),
    ("price > 12.29", .boolean, [true, true, nil, false]),
    ("price > 12.299 and n < 100", .boolean, [true, true, nil, false]),
    ("12.30 == price", .boolean, [true, false, nil, false]),
    ("carrier == 'UA'", .boolean, [true, false, nil, true]),
    ("carrier != 'UA' or n == 0", .boolean, [false, true, true, false]),
    ("carrier in ('AA', 'B6')", .boolean, [false, true, nil, false]),
    ("n not in (7, 0)", .boolean, [false, true, false, true]),
    ("n in (7.5, 7)", .boolean, [true, false, false, false]),
    ("starts_with(carrier, 'U')", .boolean, [true, false, nil, true]),
    ("carrier is null", .boolean, [false, false, true, false]),
    ("is_null(price + discount)", .boolean, [false, false, true, true]),
    ("price is not null", .boolean, [true, true, false, true]),
    ("on and n > 0", .boolean, [true, false, false, true]),
    ("not on", .boolean, [false, true, nil, false]),
    ("on == (n > 0)", .boolean, [true, true, nil, true]),
    ("price is null or price > 13", .boolean, [false, true, true, false]),
    ("day >= '2013-01-01'", .boolean, [true, false, false, nil]),
    ("'1969-12-31' == day", .boolean, [false, false, true, nil]),
    ("year(day) * 100 + month(day)", .integer, [201_301, 197_001, 196_912, nil]),
    ("weekday(day)", .integer, [1, 3, 2, nil]),
    ("day_of_year(day)", .integer, [1, 1, 365, nil]),
    ("at < '1970-01-02 00:00:00'", .boolean, [false, true, true, nil]),
    ("hour(at) * 60 + minute(at)", .integer, [0, 1439, 1439, nil]),
    ("quarter(at) + second(at)", .integer, [1, 60, 63, nil]),
    ("`dep delay` <= 2", .boolean, [true, true, false, false]),
    ("1 + 2 * 3 ** 2", .integer, [19, 19, 19, 19]),
    ("price ** 0 + n ** 0", .integer, [2, 2, nil, 2]),
    ("pow(price, 0) is null", .boolean, [false, false, true, false]),
    // More digits than 64 bits have are compared, not rounded.
    ("(price > 12.299999999999999999999) == (price >= 12.30)", .boolean, [true, true, nil, true]),
    (
      "(price < -12.299999999999999999999) == (price <= -12.30)", .boolean, [true, true, nil, true]
    ),
    ("(12.300000000000000000001 <= price) == (price > 12.30)", .boolean, [true, true, nil, true]),
    ("price == 12.300000000000000000001", .boolean, [false, false, nil, false]),
    ("price == 12.300000000000000000000", .boolean, [true, false, nil, false]),
    ("n == 7.0000000000000000000001", .boolean, [false, false, false, false]),
    ("n in (7.0000000000000000000001, 7)", .boolean, [true, false, false, false]),
    ("n in (7.0000000000000000000001)", .boolean, [false, false, false, false]),
    ("n between 6.9999999999999999999999 and 7", .boolean, [true, false, false, false]),
    ("true and not false", .boolean, [true, true, true, true]),
    ("n < 0 || n > 100 && n != 127", .boolean, [false, true, false, false]),
  ]

  @Test(arguments: cases.indices)
  func `An expression and its values`(index: Int) throws {
    try Self.frame.expect(Self.cases[index])
  }

  /// Every function that Swift has a name for, and its name in text.
  private static let functions: [(ColumnExpression, String)] = {
    let (n, x, day, at) = (col("n"), col("x"), col("day"), col("at"))
    return [
      (n.absolute, "abs(n)"), (x.squareRoot, "sqrt(x)"), (x.exponential, "exp(x)"),
      (x.logarithm, "log(x)"), (x.floor, "floor(x)"), (x.ceiling, "ceil(x)"),
      (x.rounded, "round(x)"), (x.sine, "sin(x)"), (x.cosine, "cos(x)"), (x.tangent, "tan(x)"),
      (day.year, "year(day)"), (day.quarter, "quarter(day)"), (day.month, "month(day)"),
      (day.day, "day(day)"), (day.dayOfYear, "day_of_year(day)"), (day.weekday, "weekday(day)"),
      (at.hour, "hour(at)"), (at.minute, "minute(at)"), (at.second, "second(at)"),
      (n.raised(to: 2), "n ** 2"), (x.raised(to: 0.5), "pow(x, 0.5)"),
      (.lesser(n, 3), "min(n, 3)"), (.greater(n, x), "max(n, x)"), (-n, "-n"), (n % 4, "n % 4"),
      (x.isNull, "is_null(x)"),
    ]
  }()

  @Test
  func `Swift values stand for literals`() throws {
    let (limit, price, name) = (7, 12.3, "UA")
    func rows(_ expression: ColumnExpression) throws -> [Int] {
      try Self.frame.rows(where: expression).rows
    }
    #expect(try rows(col("n") >= limit) == [0, 3] && rows(col("n") == UInt8(7)) == [0])
    #expect(try rows(col("price") == price) == [0] && rows(col("carrier") == name) == [0, 3])
    #expect(try rows(col("n").isIn([limit, 127])) == [0, 3])
    #expect(try rows(col("n").isBetween(Int8(-7), 7)) == [0, 1, 2])
    #expect(try rows(col("day") == Scalar.date(days: 15_706)) == [0])
    #expect(try rows(col("price") < Scalar.decimal(unscaled: 1, scale: 1)) == [3])
    #expect(try rows(col("big") == Int64.max) == [0])
    #expect(try rows(col("big").coalesced(with: limit) == limit) == [3])
    #expect(try Self.frame.evaluate(limit + col("n") * 2).scalars == [21, -7, 7, 261])
    // Nineteen digits are exact in text as in code.
    #expect(try Self.frame.rows(where: "big == 9223372036854775807").rows == [0])
    #expect(try Self.frame.rows(where: "big == 9223372036854775806").isEmpty)
  }

  @Test
  func `Expressions of many levels are refused`() throws {
    var expression = col("n")
    for _ in 0..<10_000 { expression = expression + 1 }
    let error = #expect(throws: ExpressionError.self) { try Self.frame.evaluate(expression) }
    #expect(error?.code == .syntax && error?.message.contains("250 levels") == true)
    for text in [String(repeating: "(", count: 5000), String(repeating: "not ", count: 5000)] {
      #expect(throws: ExpressionError.self) { try Self.frame.evaluate(text) }
    }
    // As many as are allowed are computed, by any thread.
    let many = try DataFrame([Column("n", [Int](repeating: 1, count: 600_000))])
    var sum = col("n")
    for _ in 0..<240 { sum = sum + col("n") }
    #expect(try many.evaluate(sum).values(as: Int.self)[599_999] == 241)
  }

  @Test
  func `Closures see nulls and texts`() throws {
    let lengths = try Self.frame.mapOptional("carrier") { (name: String?) in name?.count ?? 0 }
    #expect(lengths.scalars == [2, 2, 0, 2])
    let names = try Self.frame.mapOptional("carrier", "n") { (name: String?, n: Int8?) -> String? in
      name.map { "\($0)\(n ?? 0)" }
    }
    #expect(names.scalars == ["UA7", "AA-7", nil, "UA127"])
    #expect(throws: ElementError.self) {
      try Self.frame.mapOptional("carrier") { (name: Int?) in name }
    }
  }

  /// Functions of floats are those of the C library.
  @Test
  func `Functions of floats say what Swift says`() throws {
    let values = [0.5, 1, 2, 10, -0.75, 0, 1e-3]
    let frame = try DataFrame([Column("x", floats: values)])
    let x = col("x")
    let functions: [(ColumnExpression, (Double) -> Double)] = [
      (x.exponential, { exp($0) }), (x.logarithm, { log($0) }), (x.sine, { sin($0) }),
      (x.cosine, { cos($0) }), (x.tangent, { tan($0) }), (x.squareRoot, { $0.squareRoot() }),
      (x.floor, { $0.rounded(.down) }), (x.ceiling, { $0.rounded(.up) }),
      (x.rounded, { $0.rounded(.toNearestOrEven) }), (x.raised(to: 3), { pow($0, 3) }),
      (x.raised(to: 0.5), { pow($0, 0.5) }), (x.absolute, { abs($0) }),
    ]
    for (index, (expression, expected)) in functions.enumerated() {
      let found = ColumnRows(try frame.evaluate(expression))
      for (row, value) in values.enumerated() {
        let number: Double? =
          switch found.storedValue(at: row) {
          case .float(let float)?: float
          case .integer(let integer)?: Double(integer)
          default: nil
          }
        let note: Comment = "function \(index) of \(value): \(number as Any)"
        if expected(value).isNaN {
          #expect(number?.isNaN ?? true, note)
        } else {
          #expect(number == expected(value), note)
        }
      }
    }
  }

  @Test
  func `Operators make the same tree`() throws {
    let n = col("n")
    let one: ColumnExpression = 1
    let rest: ColumnExpression = one - col("discount")
    let net: ColumnExpression = col("price") * rest
    let bound: ColumnExpression = 11.05
    let isCheap: ColumnExpression = net > bound
    let carrier: ColumnExpression = "UA"
    let isUnited: ColumnExpression = col("carrier") == carrier
    let zero: ColumnExpression = 0
    let isNegative: ColumnExpression = n <= zero
    let isPositive: ColumnExpression = !isNegative
    let chosen: ColumnExpression = .when(col("on"), then: n, otherwise: 0)
    let both: ColumnExpression = isCheap && isUnited
    let either: ColumnExpression = isPositive || col("x").isNull
    let sum: ColumnExpression = chosen + n.absolute
    let half: ColumnExpression = 0.5
    let month: ColumnExpression = col("day").month + half
    let pairs: [(ColumnExpression, String)] = [
      (both, "price * (1 - discount) > 11.05 and carrier == 'UA'"),
      (either, "not n <= 0 or x is null"),
      (n.isIn([7, -7]), "n in (7, -7)"),
      (sum, "where(on, n, 0) + abs(n)"),
      (month, "month(day) + 0.5"),
      (col("carrier").hasPrefix("A"), "starts_with(carrier, 'A')"),
    ]
    for (expression, text) in pairs + Self.functions {
      #expect(
        try Self.frame.evaluate(expression).scalars == Self.frame.evaluate(text).scalars, "\(text)")
    }
    #expect(try Self.frame.filtered(where: isPositive).rowCount == 2)
  }

  @Test
  func `Errors point into the text`() {
    let cases: [(String, ExpressionError.Code, String)] = [
      ("price * (1 - discuont)", .noSuchColumn, "discuont"),
      ("price + carrier > 3", .unsupportedType, "price + carrier"),
      ("n and on", .unsupportedType, "n"),
      ("n >", .syntax, ""),
      ("n + ) 3", .syntax, ")"),
      ("(n + 3", .syntax, ""),
      ("carrier == 'UA", .syntax, "'UA"),
      ("sine(n)", .syntax, "sine"),
      ("abs(n, 2)", .syntax, "abs(n, 2)"),
      ("n # 2", .syntax, "#"),
      ("n 3", .syntax, "3"),
      ("big ** 3", .overflow, "big ** 3"),
      ("1 + big * 4", .overflow, "1 + big * 4"),
      ("day > 'soon'", .unsupportedType, "day > 'soon'"),
      ("hour(day)", .unsupportedType, "hour(day)"),
      ("n < 1e400", .syntax, "1e400"),
      (
        "n < 0.\(String(repeating: "0", count: 38))1", .syntax,
        "0.\(String(repeating: "0", count: 38))1"
      ),
      ("n < \(String(repeating: "9", count: 39))", .syntax, String(repeating: "9", count: 39)),
    ]
    for (text, code, marked) in cases {
      let error = #expect(throws: ExpressionError.self, "\(text)") {
        try Self.frame.evaluate(text)
      }
      #expect(error?.code == code, "\(text)")
      if let place = error?.place {
        #expect(String(decoding: Array(text.utf8)[place], as: UTF8.self) == marked, "\(text)")
      }
    }
    let error = #expect(throws: ExpressionError.self) { try Self.frame.evaluate("1 + hight") }
    #expect(error?.description.hasSuffix("\n  1 + hight\n      ^^^^^") == true)
  }

  @Test(arguments: SampleKind.integers + SampleKind.floats, [1, 3])
  func `Layouts and threads do not matter`(kind: SampleKind, threads: Int) throws {
    guard kind.type.isNumeric, kind.type != .boolean else { return }
    let sample = kind.sample(count: 2500, nullPercent: 20, seed: 9)
    let integers = (0..<2500).map { (row: Int) -> Int64? in
      if row.isMultiple(of: 7) { return nil }
      let value: Int = row % 50
      return Int64(value) - 25
    }
    let other = Column("b", integers: integers)
    for text in ["a + b", "a * b - b", "a > b and b != 3", "a / b", "abs(a) + b * b", "a == b"] {
      var expected: [StoredValue?]?
      for column in try sample.columns() {
        let frame = try DataFrame([column.renamed("a"), other])
        let found: [StoredValue?]
        do throws(ExpressionError) {
          found = try withParts(threads) {
            Result { () throws(ExpressionError) in try frame.evaluate(text).scalars }
          }.get()
        } catch {
          #expect(error.code == .overflow, "\(error)")
          continue
        }
        if let expected {
          #expect(found == expected, "\(text), \(column.layout), \(sample)")
        }
        expected = expected ?? found
        // A row at a time, in 128 bits or binary64.
        for row in [0, 63, 64, 1023, 1024, 2047, 2048, 2499] {
          guard case .integer(let b)? = ColumnRows(other).storedValue(at: row),
            case .integer(let a)? = sample.values[row]
          else { continue }
          switch text {
          case "a + b" where sample.type == .integer: #expect(found[row] == .integer(a + b))
          case "a * b - b" where sample.type == .integer:
            #expect(found[row] == .integer(a * b - b))
          case "a == b" where sample.type == .integer:
            #expect(found[row] == .integer(a == b ? 1 : 0))
          default: break
          }
        }
      }
    }
  }

  @Test(arguments: SampleKind.texts)
  func `Columns of text compare with one another in every layout`(kind: SampleKind) throws {
    let sample = kind.sample(count: 2500, nullPercent: 20, seed: 31)
    let other = kind.sample(count: 2500, nullPercent: 20, seed: 32)
    // Some rows have the same text on both sides.
    let values = other.values.enumerated().map { row, value in
      row % 3 == 0 ? sample.values[row] : value
    }
    let mixed = ColumnSample(kind: kind.description, type: kind.type, values: values, seed: 32)
    let same = zip(sample.values, values).map { a, b -> Bool? in
      guard let a, let b else { return nil }
      return a == b
    }
    for a in try sample.columns() {
      for b in try mixed.columns() {
        let frame = try DataFrame([a.renamed("a"), b.renamed("b")])
        let note: Comment = "\(a.layout), \(b.layout), \(sample)"
        #expect(
          try frame.evaluate("a == b").scalars == same.map { $0.map { .integer($0 ? 1 : 0) } }, note
        )
        #expect(
          try frame.evaluate("a != b").scalars == same.map { $0.map { .integer($0 ? 0 : 1) } }, note
        )
        let chosen = try frame.evaluate("where(a == b, 1, 2)").scalars
        #expect(chosen == same.map { .integer($0 == true ? 1 : 2) }, note)
        #expect(
          try frame.rows(where: "b == a and not a != b").rows
            == same.indices.filter { same[$0] == true }, note)
      }
    }
  }
}
