import Columnar
import Foundation
import TestSupport
import Testing

@testable import Kernels

/// Expressions beside those of DuckDB, in the words that both know.
struct ExpressionEngineTests {
  /// Ours, and DuckDB's where it says the same in another way.
  private static let expressions: [(String, String?)] = [
    ("a like 'a%'", nil), ("a like '%b_'", nil), ("a not like '%é%'", nil), ("a like ''", nil),
    ("a like 'a!%' escape '!'", nil), ("b like '%!_%' escape '!'", nil), ("a like '_'", nil),
    ("length(a)", nil), ("length(a) + n", nil), ("lower(b)", nil), ("upper(a)", nil),
    ("upper(a) == b", nil), ("concat(a, '-', b)", nil), ("a + b", "a || b"),
    ("a + '!' + lower(b)", "a || '!' || lower(b)"), ("a < b", nil), ("a >= b", nil),
    ("starts_with(b, 'A')", nil), ("coalesce(a, b, 'none')", nil), ("a in ('a', null)", nil),
    ("n not in (1, null)", nil), ("case when n > 3 then a when n > 0 then 'some' else b end", nil),
    ("case when n > 3 then upper(a) end", nil), ("case n when 1 then 'one' else b end", nil),
    ("case when n > 3 then n end + 1", nil), ("n > 3 and a is null", nil),
    ("n > 3 or a == 'a'", nil), ("not (n > 3 and a == 'a')", nil), ("(n > 3) is true", nil),
    ("(n > 3) is not false", nil), ("null and n > 3", nil), ("null or n > 3", nil),
    ("n between null and 5", nil), ("n between 1 and null", nil), ("null == n", nil),
    ("day + n", nil), ("day - n", nil), ("due - day", nil), ("day + 1 < due", nil),
    ("month(day + 45)", nil), ("year(due - 400) * 100 + day(due)", nil),
    ("case when day < due then day else due end", nil), ("coalesce(due, day)", nil),
    ("day between '2000-01-01' and due", "day between date '2000-01-01' and due"),
    ("cast(n as varchar) + ':' + a", "cast(n as varchar) || ':' || a"),
    ("cast(day as varchar)", nil), ("cast(n > 3 as integer)", nil),
    ("cast(cast(n as text) as bigint) * 2", nil),
  ]

  @Test func expressionsSayWhatDuckDBSays() throws {
    var generator = SeededGenerator(seed: 12)
    func random<T>(_ values: [T?]) -> [T?] {
      (0..<400).map { _ in values.randomElement(using: &generator)! }
    }
    let words = ["a", "ab", "Ab", "a%", "é", "aéb", "", "語b", nil]
    let others = ["A", "AB", "a_b", "É", "b", "ab", nil]
    let numbers = random([nil, -3, 0, 1, 4, 5, 100]).map { $0.map { Int64($0) } }
    let days = random([nil, -400, 0, 58, 11_015, 19_782]).map { $0.map { Int64($0) } }
    let later = random([nil, 1, 59, 365, 11_016, 20_000]).map { $0.map { Int64($0) } }
    let frame = try DataFrame([
      Column("a", random(words)), Column("b", random(others)), Column("n", integers: numbers),
      Column("day", integers: days, type: .date), Column("due", integers: later, type: .date),
    ])
    let table = try Dictionary(
      uniqueKeysWithValues: frame.columns.map { ($0.name, try Self.texts($0)) })
    let questions = Self.expressions.map { $1 ?? $0 }
    let answers = try Self.duckDB(table, questions)
    #expect(answers.count == questions.count)
    for ((text, _), expected) in zip(Self.expressions, answers) {
      let found = try Self.texts(try frame.evaluate(text))
      #expect(found == expected, "\(text), seed 12")
    }
  }

  private static func texts(_ column: Column) throws -> [String?] {
    Array(try column.cast(to: .string).values(as: String.self))
  }

  /// What DuckDB makes of each expression, as text.
  private static func duckDB(
    _ table: [String: [String?]], _ expressions: [String]
  ) throws -> [[String?]] {
    let code = """
      import json, sys, duckdb
      columns, expressions = json.loads(sys.argv[1])
      types = {"a": "varchar", "b": "varchar", "n": "integer", "day": "date", "due": "date"}
      con = duckdb.connect()
      con.execute("create table t (i integer, " + ", ".join(f"{n} {t}" for n, t in types.items()) + ")")
      rows = [[i, *row] for i, row in enumerate(zip(*(columns[n] for n in types)))]
      con.executemany("insert into t values (?, ?, ?, ?, ?, ?)", rows)
      answers = []
      for text in expressions:
          found = con.execute(f"select cast(({text}) as varchar) from t order by i").fetchall()
          answers.append([row[0] for row in found])
      print(json.dumps(answers))
      """
    let input = try JSONEncoder().encode(Question(columns: table, expressions: expressions))
    let run = try TestPython.run(["-c", code, String(decoding: input, as: UTF8.self)])
    guard run.exitCode == 0 else { throw ChildProcessFailure(words: run.errors) }
    return try JSONDecoder().decode([[String?]].self, from: Data(run.output.utf8))
  }

  private struct Question: Encodable {
    let columns: [String: [String?]]
    let expressions: [String]

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(columns)
      try container.encode(expressions)
    }
  }
}
