import TestSupport
import Testing

@testable import DietReport

/// What a gate says of columns beside those of an earlier run.
@Suite struct SchemaComparisonTests {
  private typealias Column = BenchmarkReport.Column

  private func changes(
    _ before: [Column], _ now: [Column], rows: (Int, Int) = (1000, 1000), by share: Double = 0.1
  ) -> [BenchmarkReport.Change] {
    SchemaComparison(rowsBefore: rows.0, rowsNow: rows.1, maximumGrowth: share)
      .changes(from: before, to: now) { _ in "line 7 `late`" }
  }

  private static func random(_ generator: inout SeededGenerator) -> [Column] {
    (0..<Int.random(in: 1...6, using: &generator)).map { index in
      ExampleBenchmark.column(
        "c\(index)", type: ["integer", "string", "date"].randomElement(using: &generator)!,
        ["int8", "dictionary<uint8>", "utf8"].randomElement(using: &generator)!,
        values: Int.random(in: 0...9000, using: &generator),
        validity: [0, 125].randomElement(using: &generator)!,
        dictionary: [0, 640].randomElement(using: &generator)!)
    }
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func equalColumnsHaveNotChangedInAnyNumberOfRows(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let columns = Self.random(&generator)
    #expect(changes(columns, columns).isEmpty, "seed \(seed)")
    // The same by the row, and one dictionary for all of them.
    for factor in [2, 3, 10] {
      let longer = columns.map { column in
        var column = column
        column.bytes.values *= factor
        column.bytes.validity *= factor
        return column
      }
      #expect(changes(columns, longer, rows: (1000, 1000 * factor)).isEmpty, "seed \(seed)")
      #expect(changes(longer, columns, rows: (1000 * factor, 1000)).isEmpty, "seed \(seed)")
    }
    #expect(changes(columns, columns.reversed()).isEmpty, "seed \(seed)")
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func everyOtherColumnIsNamed(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let columns = Self.random(&generator)
    let index = columns.indices.randomElement(using: &generator)!
    var retyped = columns
    retyped[index].type = "float"
    #expect(
      changes(columns, retyped) == [
        BenchmarkReport.Change(
          column: "c\(index)", verdict: .typeChanged,
          says: "\(columns[index].type) → float, line 7 `late`")
      ], "seed \(seed)")
    var renamed = columns
    renamed[index].name = "other"
    #expect(
      changes(columns, renamed).map(\.verdict) == [.columnGone, .columnAdded], "seed \(seed)")
    #expect(changes(columns, renamed).map(\.column) == ["c\(index)", "other"], "seed \(seed)")
    var wider = columns
    wider[index].layout = "int64"
    wider[index].bytes.values += 1000
    #expect(changes(columns, wider).map(\.verdict) == [.widened], "seed \(seed)")
    var larger = columns
    larger[index].bytes.values += larger[index].bytes.byRow / 5 + 200
    #expect(changes(columns, larger).map(\.verdict) == [.moreBytes], "seed \(seed)")
    #expect(changes(larger, columns).isEmpty, "less is no regression, seed \(seed)")
  }

  @Test func nullsInANarrowColumnTakeMoreThanATenth() {
    let before = ExampleBenchmark.column("a", "int8", values: 1000)
    let now = ExampleBenchmark.column("a", "int8", values: 1000, validity: 125)
    #expect(changes([before], [now]).map(\.says).first?.contains("it has nulls now") == true)
    #expect(changes([before], [now], by: 0.2).isEmpty)
  }

  @Test func aGateMindsItsOwnVerdicts() {
    let verdicts = BenchmarkReport.Verdict.allCases
    for gate in BenchmarkReport.Gate.allCases {
      for verdict in verdicts {
        let comparison = BenchmarkReport.Comparison(
          baselinePath: "b.json", baselineRowCount: 1000, maximumRegression: 0.1, findings: [],
          changes: [BenchmarkReport.Change(column: "a", verdict: verdict, says: "is other")],
          gate: gate)
        #expect(
          comparison.hasRegression
            == (verdict.gate != nil && (gate == .all || gate == verdict.gate)),
          "\(gate), \(verdict)")
      }
    }
  }
}
