import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Expressions of text: what the obvious loop over strings says, whatever the layout.
struct TextExpressionTests {
  private typealias Texts = [String?]

  /// A text expression with one or two columns, and what it is of their values.
  private struct Law: Sendable {
    let text: String
    let expected: @Sendable (String?, String?, Int64?) -> StoredValue?
  }

  private static func law(
    _ text: String, _ expected: @escaping @Sendable (String?, String?, Int64?) -> StoredValue?
  ) -> Law { Law(text: text, expected: expected) }

  private static func stored(_ text: String?) -> StoredValue? {
    text.map { .text(Array($0.utf8)) }
  }

  private static func stored(_ truth: Bool?) -> StoredValue? {
    truth.map { .integer($0 ? 1 : 0) }
  }

  /// SQL's pattern by the obvious recursion over characters.
  static func matches(
    _ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "%" {
      return (text.startIndex...text.endIndex).contains {
        matches(text[$0...], pattern.dropFirst())
      }
    }
    guard let character = text.first, first == "_" || first == character else { return false }
    return matches(text.dropFirst(), pattern.dropFirst())
  }

  private static func like(_ text: String?, _ pattern: String) -> StoredValue? {
    stored(text.map { matches(Array($0.unicodeScalars)[...], Array(pattern.unicodeScalars)[...]) })
  }

  private static func both(_ a: String?, _ b: String?) -> (String, String)? {
    guard let a, let b else { return nil }
    return (a, b)
  }

  private static func precedes(_ a: String, _ b: String) -> Bool {
    Array(a.utf8).lexicographicallyPrecedes(Array(b.utf8))
  }

  private static let laws: [Law] =
    ["a%", "%a", "%a%", "_%", "%b_", "a_%b", "", "%", "%a%b%", "K%M", "___", "%0%", "_a%_b%"].map {
      pattern in law("a like '\(pattern)'") { a, _, _ in like(a, pattern) }
    } + [
      law("a not like 'a%'") { a, _, _ in stored(a.map { !$0.hasPrefix("a") }) },
      law("length(a)") { a, _, _ in a.map { .integer(Int128($0.unicodeScalars.count)) } },
      law("length(a) + n") { a, _, n in
        guard let a, let n else { return nil }
        return .integer(Int128(a.unicodeScalars.count) + Int128(n))
      },
      law("lower(a)") { a, _, _ in stored(a?.lowercased()) },
      law("upper(a)") { a, _, _ in stored(a?.uppercased()) },
      law("upper(a) == a") { a, _, _ in stored(a.map { $0.uppercased() == $0 }) },
      law("a + '-'") { a, _, _ in stored(a.map { $0 + "-" }) },
      law("'<' + a + '>'") { a, _, _ in stored(a.map { "<" + $0 + ">" }) },
      law("a + b") { a, b, _ in stored(both(a, b).map { $0 + $1 }) },
      law("length(a + '/' + b)") { a, b, _ in
        both(a, b).map { .integer(Int128(($0 + "/" + $1).unicodeScalars.count)) }
      },
      law("concat(a, ' ', b)") { a, b, _ in stored((a ?? "") + " " + (b ?? "")) },
      law("upper(a + b) like '%A'") { a, b, _ in
        stored(both(a, b).map { ($0 + $1).uppercased().hasSuffix("A") })
      },
      law("where(n > 0, a, b)") { a, b, n in stored((n ?? 0) > 0 ? a : b) },
      law("where(n > 0, 'high', 'low')") { _, _, n in
        stored((n ?? 0) > 0 ? "high" : "low")
      },
      law("case when n > 3 then a when n > 0 then 'some' else b end") { a, b, n in
        stored((n ?? 0) > 3 ? a : (n ?? 0) > 0 ? "some" : b)
      },
      law("case when n > 3 then upper(a) end") { a, _, n in
        stored((n ?? 0) > 3 ? a?.uppercased() : nil)
      },
      law("case n when 1 then 'one' when 2 then a else null end") { a, _, n in
        stored(n == 1 ? "one" : n == 2 ? a : nil)
      },
      law("coalesce(a, b, 'none')") { a, b, _ in stored(a ?? b ?? "none") },
      law("coalesce(a, 'none') == 'none'") { a, _, _ in stored((a ?? "none") == "none") },
      law("where(n > 0, a, b) is null") { a, b, n in
        stored(((n ?? 0) > 0 ? a : b) == nil)
      },
      law("a + b is null") { a, b, _ in stored(a == nil || b == nil) },
      law("lower(a) is not null") { a, _, _ in stored(a != nil) },
      law("a < b") { a, b, _ in stored(both(a, b).map { precedes($0, $1) }) },
      law("a >= b") { a, b, _ in stored(both(a, b).map { !precedes($0, $1) }) },
      law("upper(a) != upper(b)") { a, b, _ in
        stored(both(a, b).map { $0.uppercased() != $1.uppercased() })
      },
      law("lower(a) <= 'ab'") { a, _, _ in stored(a.map { !precedes("ab", $0.lowercased()) }) },
      law("lower(a) in ('', 'a', 'ab', 'kl')") { a, _, _ in
        stored(a.map { ["", "a", "ab", "kl"].contains($0.lowercased()) })
      },
      law("a in ('a', null)") { a, _, _ in a == "a" ? stored(true) : nil },
      law("starts_with(a + 'x', 'ax')") { a, _, _ in stored(a.map { ($0 + "x").hasPrefix("ax") }) },
      law("cast(n as string) + ':' + a") { a, _, n in
        guard let a, let n else { return nil }
        return stored("\(n):\(a)")
      },
      law("cast(a as text)") { a, _, _ in stored(a) },
      law("a == null") { _, _, _ in nil },
      law("a is null or n > 0") { a, _, n in
        a == nil ? stored(true) : n.flatMap { stored($0 > 0) }
      },
    ]

  /// Beside plain letters some of more bytes than one, and some that change their length in capitals.
  private static let characters: [SampleKind] = [
    SampleKind("letters of many scripts", .string) { _, generator in
      let alphabet: [Character] = ["a", "b", "K", "é", "ß", "İ", "語", "🙂", "%", "_", " "]
      let count = Int.random(in: 0...5, using: &generator)
      let text = String((0..<count).map { _ in alphabet.randomElement(using: &generator)! })
      return .text(Array(text.utf8))
    },
    SampleKind("few words", .string) { _, generator in
      .text(Array(["a", "ab", "Ab", "KL", "é", "", "aXb"].randomElement(using: &generator)!.utf8))
    },
  ]

  @Test(arguments: SampleKind.texts + characters, [0, 30, 100])
  func `Texts are computed as strings are`(kind: SampleKind, nullPercent: Int) throws {
    for count in [0, 1, 1100] {
      let sample = kind.sample(count: count, nullPercent: nullPercent, seed: 41)
      let other = kind.sample(count: count, nullPercent: 20, seed: 42)
      var generator = SeededGenerator(seed: 43)
      let numbers = (0..<count).map { _ -> Int64? in
        Bool.random(using: &generator) ? Int64.random(in: -5...9, using: &generator) : nil
      }
      func strings(_ sample: ColumnSample) -> Texts {
        sample.values.map { $0.map { String(decoding: $0.text, as: UTF8.self) } }
      }
      let (x, y) = (strings(sample), strings(other))
      let others = try other.columns()
      for (place, column) in try sample.columns().enumerated() {
        let second = others.isEmpty ? column : others[(place * 5 + 1) % others.count]
        let frame = try DataFrame([
          column.renamed("a"), second.renamed("b"), Column("n", integers: numbers),
        ])
        for law in Self.laws {
          let expected = (0..<count).map { law.expected(x[$0], y[$0], numbers[$0]) }
          let found = try frame.evaluate(law.text)
          #expect(
            found.scalars == expected,
            "\(law.text), \(column.layout), \(second.layout), \(sample)")
          #expect(found.nullCount == expected.count { $0 == nil })
          try Self.check(found)
          if found.type == .boolean {
            let rows = expected.indices.filter { expected[$0] == .integer(1) }
            #expect(try frame.rows(where: law.text).rows == rows, "\(law.text), \(column.layout)")
          }
        }
      }
    }
  }

  /// Sorted words, each once; null rows hold zeros: what every dictionary of a column is.
  private static func check(_ column: Column) throws {
    guard case .indexed(let codes, _, _) = column.view, let dictionary = column.dictionary.first
    else { return }
    let words = (0..<dictionary.count).map { dictionary.view.text(at: $0) }
    #expect(zip(words, words.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    #expect((0..<column.count).allSatisfy { !column.isNull($0) || codes.code(at: $0) == 0 })
  }

  @Test
  func `Many rows in several parts`() throws {
    let count = 300_000
    let words = (0..<count).map { row -> String? in row % 11 == 0 ? nil : "row \(row)" }
    let frame = try DataFrame([
      Column("a", words), Column("b", (0..<count).map { "w\($0 % 5)" }),
    ])
    for threads in [1, 3] {
      let (joined, chosen) = try withParts(threads) {
        (
          try frame.evaluate("a + '.' + b"),
          try frame.evaluate("where(length(a) > 9, upper(b), 'none')")
        )
      }
      #expect(joined.layout.encoding == "utf8" && chosen.layout.encoding == "dictionary")
      let (x, y) = (
        try joined.values(as: String.self), try chosen.values(as: String.self)
      )
      for row in [0, 1, 63, 1023, 1024, 99_999, 262_143, 262_144, 299_999] {
        #expect(x[row] == words[row].map { "\($0).w\(row % 5)" })
        #expect(y[row] == ((words[row]?.count ?? 0) > 9 ? "W\(row % 5)" : "none"))
      }
    }
  }

  @Test
  func `Patterns are those of the obvious recursion`() {
    var generator = SeededGenerator(seed: 5)
    let letters: [Unicode.Scalar] = ["a", "b", "é", "語"]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
        letters.randomElement(using: &generator)!
      }
      let pattern = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
        (letters + ["%", "_", "%"]).randomElement(using: &generator)!
      }
      func bytes(_ scalars: [Unicode.Scalar]) -> [UInt8] {
        var string = String.UnicodeScalarView()
        string.append(contentsOf: scalars)
        return Array(String(string).utf8)
      }
      let found = bytes(text).withUnsafeBufferPointer {
        LikePattern(bytes(pattern))?.matches($0)
      }
      #expect(found == Self.matches(text[...], pattern[...]), "\(text) like \(pattern), seed 5")
    }
  }

  @Test
  func `What follows the escape stands for itself`() throws {
    let frame = try DataFrame([Column("s", ["100%", "100 %", "a_b", "aXb", "a!b", nil])])
    func rows(_ text: String) throws -> [Int] { try frame.rows(where: text).rows }
    #expect(try rows("s like '100!%' escape '!'") == [0])
    #expect(try rows("s like '%é%%' escape 'é'") == [0, 1])
    #expect(try rows("s like 'a!_b' escape '!'") == [2])
    #expect(try rows("s like 'a_b'") == [2, 3, 4])
    #expect(try rows("s like 'a!!b' escape '!'") == [4])
    #expect(try frame.rows(where: col("s").like("a\\_b", escape: "\\")).rows == [2])
    #expect(try frame.rows(where: !col("s").like("%\\%", escape: "\\")).rows == [2, 3, 4])
    for text in [
      "s like 'a!' escape '!'", "s like 'a' escape 'ab'", "s like s", "s like 'a' escape",
    ] {
      let error = #expect(throws: ExpressionError.self, "\(text)") { try rows(text) }
      #expect(error?.code == .syntax, "\(text)")
    }
    #expect(throws: ExpressionError.self) { try frame.rows(where: col("s").like("!", escape: "!")) }
  }

  @Test
  func `Swift's names and SQL's make the same`() throws {
    let frame = try DataFrame([
      Column("s", ["Ab", nil, "ß"]), Column("n", [1, 2, nil]), Column("f", [true, nil, false]),
    ])
    let (s, n) = (col("s"), col("n"))
    let labels = ColumnExpression.cases([(n > 1, s), (col("f"), "yes")], otherwise: "no")
    let half = ColumnExpression.cases([(n == 1, 0.5)])
    let pairs: [(ColumnExpression, String)] = [
      (s.lowercased, "lower(s)"), (s.uppercased, "upper(s)"), (s.length, "length(s)"),
      (s.like("A%"), "s like 'A%'"), (s + "!" + s, "s + '!' + s"),
      (.concatenated([s, "-", s]), "concat(s, '-', s)"), (.concatenated([]), "''"),
      (n.cast(to: .float), "cast(n as double)"), (n.cast(to: .string), "cast(n as varchar)"),
      (n.cast(to: .decimal(scale: 2)), "cast(n as numeric(10, 2))"),
      (labels, "case when n > 1 then s when f then 'yes' else 'no' end"),
      (half, "case n when 1 then 0.5 end"), (n + .null, "n + null"),
      (s.coalesced(with: "none"), "coalesce(s, 'none')"),
    ]
    for (expression, text) in pairs {
      #expect(
        try frame.evaluate(expression, named: "x") == frame.evaluate(text).renamed("x"), "\(text)")
    }
    let name = "x"
    #expect(try frame.evaluate(s + name).values(as: String.self).elementsEqual(["Abx", nil, "ßx"]))
    // `case`, `like` and `end` may be names of columns, too.
    let odd = try DataFrame([Column("case", [1, 2]), Column("end", ["a", "b"])])
    #expect(try odd.rows(where: "case in (2) or case is null").rows == [1])
    #expect(
      try odd.evaluate("case when case > 1 then end else 'none' end").scalars == ["none", "b"])
  }

  @Test
  func `Errors of text`() throws {
    let frame = try DataFrame([Column("s", ["1", "x"]), Column("n", [1, 300])])
    let cases: [(String, ExpressionError.Code, String)] = [
      ("1 + lower(n)", .unsupportedType, "lower(n)"), ("s + n", .unsupportedType, "s + n"),
      ("length(n) > 1", .unsupportedType, "length(n)"),
      ("n like '1%'", .unsupportedType, "n like '1%'"),
      ("n + cast(s as integer)", .unfitValue, "cast(s as integer)"),
      ("cast(n as boolean)", .unfitValue, "cast(n as boolean)"),
      ("cast(n as date)", .unsupportedType, "cast(n as date)"),
      ("cast(n as number)", .syntax, "number"), ("cast(n as decimal(99))", .syntax, "decimal(99)"),
      ("cast(n, integer)", .syntax, ","), ("case when n > 1 then s", .syntax, ""),
      ("case n then 1 end", .syntax, "then"),
      ("where(n > 1, s, n)", .unsupportedType, "where(n > 1, s, n)"),
      ("s - s", .unsupportedType, "s - s"), ("concat()", .syntax, "concat()"),
      ("coalesce(n)", .syntax, "coalesce(n)"),
    ]
    for (text, code, marked) in cases {
      let error = #expect(throws: ExpressionError.self, "\(text)") { try frame.evaluate(text) }
      #expect(error?.code == code, "\(text): \(error as Any)")
      if let place = error?.place {
        #expect(String(decoding: Array(text.utf8)[place], as: UTF8.self) == marked, "\(text)")
      }
      if code == .unfitValue { #expect(error?.row == 1, "\(text)") }
    }
    let error = #expect(throws: ExpressionError.self) { try frame.evaluate("cast(s as integer)") }
    #expect(
      error?.description
        == "'x' in row 2 is no integer\n  cast(s as integer)\n  ^^^^^^^^^^^^^^^^^^")
  }
}
