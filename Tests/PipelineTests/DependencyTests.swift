import Columnar
import TestSupport
import Testing

@testable import DelimitedText
@testable import Pipeline
@testable import Typing

/// Columns that are determined by others are told, with the exceptions, and no others are.
struct DependencyTests {
  private func load(
    _ files: [(name: String, text: String)], chunkByteCount: Int, threads: Int
  ) throws -> [String: [String]] {
    let reading = CSVReadingOptions(
      delimiter: UInt8(ascii: ","), hasHeader: true, threads: threads,
      chunkByteCount: chunkByteCount)
    let loaded = try TableLoader(
      inputs: files.map { .bytes(Array($0.text.utf8), name: $0.name) }, reading: reading,
      typing: TypingOptions(), keepsValues: false, countsDistinct: true
    ).load()
    return Dictionary(
      uniqueKeysWithValues: loaded.columns.map {
        ($0.profile.name, $0.profile.notes.map(\.description))
      })
  }

  /// What determines columns, by column.
  private func dependencies(
    _ text: String, chunkByteCount: Int = 1 << 20, threads: Int = 1
  ) throws -> [String: String] {
    try load([("test.csv", text)], chunkByteCount: chunkByteCount, threads: threads)
      .compactMapValues { notes in notes.first { $0.hasPrefix("determined by ") } }
  }

  /// Rows of `code` and `name`, `count` of each of six codes, in turn.
  private func airports(_ count: Int) -> [[String]] {
    let names = ["La Guardia", "Newark", "Newark", "JFK", "", "\"O'Hare, Intl\""]
    return (0..<count * names.count).map { row in
      ["\("LEKJXO".utf8.map { $0 }[row % names.count])", names[row % names.count], "\(row)"]
    }
  }

  private func file(_ rows: [[String]]) -> String {
    "code,name,id\n" + rows.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  @Test(arguments: [40, 400, 1 << 20], [1, 3])
  func aColumnDeterminedByAnotherIsTold(chunkByteCount: Int, threads: Int) throws {
    let rows = airports(40)
    #expect(
      try dependencies(file(rows), chunkByteCount: chunkByteCount, threads: threads)
        == ["name": "determined by `code` in all rows"])
  }

  @Test(arguments: [0, 1, 119, 238, 239], [40, 400, 1 << 20])
  func aRowThatIsOtherwiseIsTold(row: Int, chunkByteCount: Int) throws {
    var rows = airports(40)
    rows[row][1] = "Nowhere"
    for threads in [1, 3] {
      let found = try dependencies(file(rows), chunkByteCount: chunkByteCount, threads: threads)
      #expect(found == ["name": "determined by `code` but for 1 row, on line \(row + 2)"])
    }
    rows[7][1] = ""
    let first = min(row, 7) + 2
    #expect(
      try dependencies(file(rows), chunkByteCount: chunkByteCount, threads: 2)
        // Too many for so few rows: one in a hundred that confirm it.
        == [:])
    var many = airports(120)
    many[row][1] = "Nowhere"
    many[7][1] = ""
    #expect(
      try dependencies(file(many), chunkByteCount: chunkByteCount, threads: 2)
        == ["name": "determined by `code` but for 2 rows, first on line \(first)"])
  }

  @Test func theFileIsNamedWhereThereAreSeveral() throws {
    var rows = airports(40)
    rows[5][1] = "Nowhere"
    let notes = try load(
      [("a.csv", file(airports(40))), ("b.csv", file(rows))], chunkByteCount: 1 << 20, threads: 2)
    #expect(notes["name"] == ["determined by `code` but for 1 row, on line 7 of b.csv"])
  }

  /// Nothing is said of a table of which a few rows could be so by chance, nor of a column that is
  /// nearly always the same.
  @Test func whatMayBeChanceIsNotTold() throws {
    #expect(try dependencies(file(airports(4))) == [:])
    var rows = airports(100)
    for row in rows.indices { rows[row][1] = row % 60 == 0 ? "rare" : "common" }
    #expect(try dependencies(file(rows)) == [:])
  }

  @Test func aColumnThatIsReadAgainIsLookedAtWithTheOthers() throws {
    var rows = airports(60)
    for row in rows.indices { rows[row][1] = "\((row % 6) / 2)" }
    rows[359][1] = "west"
    for chunkByteCount in [100, 1 << 20] {
      for threads in [1, 3] {
        let found = try dependencies(file(rows), chunkByteCount: chunkByteCount, threads: threads)
        #expect(found == ["name": "determined by `code` but for 1 row, on line 361"])
      }
    }
  }

  @Test(arguments: [
    (DependencyRule.valueLimit, true), (DependencyRule.valueLimit + 1, false),
  ]) func keysAreLimited(keyCount: Int, isTold: Bool) throws {
    var text = "key,value\n"
    for row in 0..<keyCount * 2 {
      text += "\(row % keyCount * 7919 % 1_000_003),\(row % keyCount / 3 * 31)\n"
    }
    let found = try dependencies(text, chunkByteCount: 1 << 16, threads: 2)
    #expect((found["value"] == "determined by `key` in all rows") == isTold, "\(found)")
  }

  /// A table of strings is closed only past what may determine or be determined: which columns are
  /// looked at must not depend on when.
  @Test func tablesOfStringsStayOpenForThem() {
    #expect(KeyNumbers.limit < TextCollector.smallTableCount)
  }

  /// Past the first rows, which chose the pair, all rows are looked at.
  @Test(arguments: [99, 100, 101]) func exceptionsAreCountedToTheEnd(exceptionCount: Int) throws {
    let rowCount = DependencyRule.prefixRowCount + 10_000
    var text = "key,value\n"
    for row in 0..<rowCount {
      let isException = row >= rowCount - exceptionCount
      text += "\(row % 300),\(isException ? 9 : row % 300 / 75)\n"
    }
    let found = try dependencies(text, chunkByteCount: 1 << 15, threads: 2)
    let line = rowCount - exceptionCount + 2
    let note = "determined by `key` but for \(exceptionCount) rows, first on line \(line)"
    #expect(
      found == (exceptionCount <= DependencyRule.exceptionLimit ? ["value": note] : [:]))
  }

  // MARK: - Against the definition

  private struct Table {
    var columns: [[String]] = []
    var rowCount: Int

    /// Some columns are drawn, others follow from these but for some rows.
    init(using generator: inout SeededGenerator) {
      rowCount = Int.random(in: 100...700, using: &generator)
      for _ in 0..<Int.random(in: 2...7, using: &generator) {
        let spellings: [(Int) -> String] = [
          { "\($0)" }, { "\($0 * 100_003)" }, { "\($0).5" }, { "t\($0)" },
          { $0 == 0 ? "" : "\($0)" }, { "2024-01-0\($0 % 9 + 1)" },
          { $0 % 2 == 0 ? "\($0)" : "\($0).25" }, { "\($0)e-3" },
        ]
        let spelling = spellings.randomElement(using: &generator)!
        let variety = [1, 2, 3, 9, 40, 150].randomElement(using: &generator)!
        var column: [String]
        if let other = columns.randomElement(using: &generator),
          Int.random(in: 0...2, using: &generator) > 0
        {
          var values: [String: String] = [:]
          column = other.map { value in
            if values[value] == nil {
              values[value] = spelling(Int.random(in: 0..<variety, using: &generator))
            }
            return values[value]!
          }
          for _ in 0..<[0, 0, 1, 2, 5].randomElement(using: &generator)! {
            column[Int.random(in: 0..<rowCount, using: &generator)] = spelling(
              Int.random(in: 0..<9, using: &generator))
          }
        } else {
          column = (0..<rowCount).map { _ in
            spelling(Int.random(in: 0..<variety, using: &generator))
          }
        }
        columns.append(column)
      }
    }

    var text: String {
      columns.indices.map { "c\($0)" }.joined(separator: ",") + ",end\n"
        + (0..<rowCount).map { row in columns.map { $0[row] }.joined(separator: ",") + ",e\n" }
        .joined()
    }

    /// By the definition, pair against pair; `nil` where nothing is to be said.
    func rule(_ determinant: Int, _ dependent: Int) -> (count: Int, first: Int?, keys: Int)? {
      let rows = Dictionary(grouping: 0..<rowCount) { columns[determinant][$0] }
      var exceptions: [Int] = []
      var confirmations: [String: Int] = [:]
      for (_, rows) in rows {
        let groups = Dictionary(grouping: rows) { columns[dependent][$0] }
        let main = groups.min { a, b in (-a.value.count, a.value[0]) < (-b.value.count, b.value[0])
        }!
        confirmations[main.key, default: 0] += main.value.count - 1
        exceptions += rows.filter { columns[dependent][$0] != main.key }
      }
      let count = confirmations.values.reduce(0, +) - confirmations.values.max()!
      guard rows.count > 1, Set(columns[dependent]).count > 1,
        DependencyRule.isTold(exceptionCount: exceptions.count, confirmationCount: count)
      else { return nil }
      return (exceptions.count, exceptions.min(), rows.count)
    }

    private func pattern(_ column: Int) -> [Int] {
      var numbers: [String: Int] = [:]
      return columns[column].map { value in
        let number = numbers[value] ?? numbers.count
        numbers[value] = number
        return number
      }
    }

    private typealias Rule = (determinant: Int, count: Int, first: Int?, keys: Int)

    /// The best that determine a column, of columns that determine one another the first.
    private func rules(_ dependent: Int, _ patterns: [[Int]]) -> [Rule] {
      let rules: [Rule] = columns.indices.compactMap { determinant in
        guard determinant != dependent,
          patterns.firstIndex(of: patterns[determinant]) == determinant,
          let rule = rule(determinant, dependent)
        else { return nil }
        return (determinant, rule.count, rule.first, rule.keys)
      }
      return Array(
        rules.sorted {
          ($0.count > 0 ? 1 : 0, $0.keys, $0.determinant)
            < ($1.count > 0 ? 1 : 0, $1.keys, $1.determinant)
        }.prefix(DependencyRule.determinantLimit))
    }

    /// What is to be said of each column.
    var notes: [String?] {
      let patterns = columns.indices.map(pattern)
      let rules = columns.indices.map { self.rules($0, patterns) }
      return columns.indices.map { note($0, rules) }
    }

    /// - Parameter rules: By dependent column.
    private func note(_ dependent: Int, _ rules: [[Rule]]) -> String? {
      let best = rules[dependent].first { found in
        found.determinant < dependent
          || !rules[found.determinant].contains { $0.determinant == dependent }
      }
      return best.map { best in
        let line = best.first.map { $0 + 2 }
        let words =
          best.count == 0
          ? "in all rows"
          : best.count == 1
            ? "but for 1 row, on line \(line!)"
            : "but for \(best.count) rows, first on line \(line!)"
        return "determined by `c\(best.determinant)` \(words)"
      }
    }
  }

  @Test(arguments: 0..<24 as Range<UInt64>) func agreesWithTheDefinition(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<4 {
      let table = Table(using: &generator)
      let notes = table.notes
      for _ in 0..<3 {
        let chunkByteCount = [64, 400, 3000, 1 << 20].randomElement(using: &generator)!
        let threads = Int.random(in: 1...4, using: &generator)
        let found = try load(
          [("test.csv", table.text)], chunkByteCount: chunkByteCount, threads: threads)
        for column in table.columns.indices {
          let told = (found["c\(column)"] ?? []).filter {
            $0.hasPrefix("determined by ") || $0.hasSuffix("in all rows")
          }
          // A closer relation is told instead.
          if let note = told.first, !note.hasPrefix("determined by ") { continue }
          #expect(
            told == [notes[column]].compactMap { $0 },
            "c\(column), seed \(seed), round \(round), \(chunkByteCount), \(threads)")
        }
      }
    }
  }
}
