import Foundation
import TabularDiet
import Testing

/// `TableProfile.budget`: what it says of tables that were read.
@Suite struct TableBudgetTests {
  private static let rows = 20_000

  /// Whole numbers, text of few words and of many, days, truth values with nulls, and floats that 32 bits round.
  private static let text: String = {
    let lines = (0..<rows).map { row in
      let flag = row % 5 == 0 ? "" : row % 2 == 0 ? "true" : "false"
      return "\(row % 90),town \(row % 7),number \(row),2024-03-\(10 + row % 20),\(flag),"
        + "\(Double(row) * 1.000_000_1e-5 + 1e-9)\n"
    }
    return "count,town,name,day,flag,x\n" + lines.joined()
  }()

  private func withFile<R>(
    _ contents: String = text, named name: String = "table.csv", _ body: (String) throws -> R
  ) throws -> R {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-budget-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try contents.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    return try body("\(folder)/\(name)")
  }

  /// What is held is what the report says of the same engines.
  @Test func countsAreThoseOfTheReport() throws {
    try withFile { path in
      let profile = try TableReader(path).profile()
      let report = profile.report()
      let budget = try profile.budget(1)
      let held = Dictionary(
        uniqueKeysWithValues: budget.engines.map { ($0.name, $0.bytes.held) })
      for engine in report.memory.engines where held[engine.name] != nil {
        #expect(held[engine.name] == engine.byteCount, "\(engine.name)")
      }
      #expect(held["pandas"] != nil && held["polars"] != nil)
      #expect(held["lean"] == report.memory.after)
      #expect(budget.engines.map(\.name) == ["pandas", "polars", "duckdb", "dask", "lean"])
      #expect(budget.engines.allSatisfy { $0.bytes.peak > $0.bytes.held && !$0.fits })

      // All changes together give the lean table as pandas has it, but for what saves nothing.
      #expect(budget.outcome == .missed)
      let changed = Set(budget.changes.map(\.column))
      #expect(changed == ["count", "town", "day", "flag"])
      let expected = report.columns.reduce(0) { sum, column in
        let lean = column.handedOver.first { $0.name == "pandas" }!.byteCount
        return sum + (changed.contains(column.name) ? lean : max(lean, column.before))
      }
      #expect(budget.total.held == expected)
    }
  }

  @Test func lossIsNeverAmongTheChanges() throws {
    try withFile { path in
      var options = ReadingOptions()
      for limit in [nil, 1e-6] as [Double?] {
        options.layout.floatErrorLimit = limit
        let budget = try TableReader(path, options: options).profile().budget(1)
        #expect(!budget.changes.map(\.column).contains("x"))
        #expect(budget.lossyChanges.map(\.column) == ["x"])
        let lossy = try #require(budget.lossyChanges.first)
        #expect(lossy.leanType == "float64" && lossy.lossyType == "float32")
        #expect(lossy.savedByteCount == 4 * Self.rows)
        #expect(lossy.greatestError > 1e-9 && lossy.greatestError < 6e-8)
        #expect(budget.lossyTotal?.held == budget.total.held - 4 * Self.rows)
      }
    }
  }

  /// What is to be kept is not changed, and what has to be kept may make the table miss the budget.
  @Test func keptColumnsStay() throws {
    try withFile { path in
      var options = ReadingOptions()
      options.layout.keptColumns = ["town", "day"]
      let budget = try TableReader(path, options: options).profile().budget(1)
      #expect(Set(budget.changes.map(\.column)) == ["count", "flag"])
    }
  }

  @Test func aLargeBudgetNeedsNothing() throws {
    try withFile { path in
      let budget = try TableReader(path).profile().budget(1 << 30)
      #expect(budget.outcome == .fits && budget.changes.isEmpty)
      #expect(budget.engines.allSatisfy { $0.fits })
    }
  }

  /// Nothing depends on threads, or on how the file is cut.
  @Test func answersDoNotDependOnTheMachine() throws {
    try withFile { path in
      var options = ReadingOptions()
      options.text.threads = 1
      let one = try TableReader(path, options: options).profile().budget(4_000_000)
      options.text.threads = 3
      #expect(try TableReader(path, options: options).profile().budget(4_000_000) == one)
    }
  }

  @Test func whatHasTypesIsRefused() throws {
    try withFile { path in
      let arrow = path + ".arrow"
      _ = try TableReader(path).read().write(to: arrow)
      let profile = try TableReader(arrow).profile()
      #expect(throws: OptionError.self) { try profile.budget(1_000_000) }
      let text = try TableReader(path).profile()
      for byteCount in [0, -1, Int.min] {
        #expect(throws: OptionError.self) { try text.budget(byteCount) }
      }
    }
  }

  @Test func aTableOfNothingFits() throws {
    for text in ["", "a,b\n"] {
      try withFile(text) { path in
        let budget = try TableReader(path).profile().budget(100_000_000)
        #expect(budget.outcome == .fits)
        #expect(budget.engines.allSatisfy { $0.bytes.held == 0 })
      }
    }
  }
}
