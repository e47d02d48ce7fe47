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

  /// What tokens will take is foretold, and said to be.
  @Test func foretoldBytesAreMarked() throws {
    let notes = (0..<9000).map { "to town \($0 % 7) lot \($0 * 7919 % 9001) of \($0 % 13)\n" }
    try withFile("note\n" + notes.joined()) { path in
      for storage in StoragePolicy.allCases {
        var options = ReadingOptions()
        options.layout.storage = storage
        let profile = try TableReader(path, options: options).profile()
        var report = profile.report()
        let budget = try profile.budget(1_000_000)
        report.budget = budget
        for engine in budget.engines {
          #expect(engine.isForetold == (engine.name == "lean" && report.memory.isForetold))
        }
        #expect(report.memory.isForetold == (storage != .fast), "\(storage)")
        let text = report.text()
        #expect(text.contains("is foretold from some") == (storage != .fast), "\(text)")
      }
    }
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

      // What a file has otherwise than text by itself, such as days, is no change.
      #expect(budget.outcome == .missed)
      #expect(budget.changes.map(\.column) == ["town", "count"])
    }
  }

  /// What is told to be done is what was priced: the file that keeps what is to be kept gives pandas these bytes.
  @Test func theFileIsWhatWasPriced() throws {
    // As categories these words would cost more than they save.
    let words = (0..<Self.rows).map { "\($0 % 9),word-\($0 % 6000),\($0 % 4000).\($0 % 90 + 10)\n" }
    // A record that is too long, so that pandas takes the file whatever memory there is.
    for text in [
      Self.text + "1,town 1,one,2024-03-11,true,1.5,\n",
      "n,word,price\n" + words.joined() + "1,word,1.50,\n",
    ] {
      try withFile(text) { path in
        let profile = try TableReader(path).profile()
        let all = try profile.budget(1)
        #expect(!all.changes.isEmpty)
        for byteCount in [1, 1 << 40] + all.changes.map(\.total.peak) {
          let budget = try profile.budget(byteCount)
          var options = ReadingOptions()
          options.layout.keptColumns = Set(budget.keptColumns)
          let report = try TableReader(path, options: options).profile().report()
          let held = report.memory.handedOver.first { $0.name == "pandas" }?.byteCount
          #expect(budget.total.held == held, "\(byteCount): \(budget.keptColumns)")
        }
      }
    }
  }

  /// The command that the report tells keeps what was not priced as lean; where pandas needs nothing there is none.
  @Test func theCommandIsWhatWasPriced() throws {
    let words = (0..<Self.rows).map { "\($0 % 9),word-\($0 % 6000)\n" }
    try withFile("n,the word\n" + words.joined()) { path in
      let profile = try TableReader(path).profile()
      var report = profile.report()
      report.budget = try profile.budget(1)
      #expect(report.budget?.changes.map(\.column) == ["n"])
      #expect(report.budget?.keptColumns == ["the word"])
      let told = report.text().split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(told.contains("--keep 'the word' -o table.arrow"), "\(told)")
      report.budget = try profile.budget(1 << 40)
      #expect(!report.text().contains("diet apply"))
    }
  }

  /// An engine that does not take the file does not fit, whatever memory there is.
  @Test func whatEnginesRefuseDoesNotFit() throws {
    try withFile("a,b\n1,2\n3,4,5\n6,7\n") { path in
      let profile = try TableReader(path).profile()
      let budget = try profile.budget(1 << 40)
      #expect(budget.longRecordCount == 1)
      #expect(
        budget.engines.filter(\.refuses).map(\.name) == ["pandas", "polars", "duckdb", "dask"])
      #expect(budget.engines.allSatisfy { $0.fits != $0.refuses })
      #expect(budget.outcome == .reached && budget.changes.isEmpty)
      var report = profile.report()
      report.budget = budget
      #expect(report.text().contains("1 record with more fields than the header"))
    }
  }

  /// Numbers with zeros before them, and decimals of many digits, take more from the file: the report says so.
  @Test func whatTakesMoreThanFromTextIsSaid() throws {
    let lines = (0..<Self.rows).map { row in
      "0\(1000 + row * 7 % 9000),0.\(10_000_000_000_000_000 + row)1\n"
    }
    try withFile("zip,x\n" + lines.joined()) { path in
      let profile = try TableReader(path).profile()
      let budget = try profile.budget(1)
      let larger = budget.largerColumns
      #expect(larger.contains { $0.column == "zip" && $0.textType == "int64" }, "\(larger)")
      #expect(larger.contains { $0.column == "x" && $0.textType == "float64" }, "\(larger)")
      var report = profile.report()
      report.budget = budget
      #expect(report.text().contains("that `read_csv`"), "\(report.text())")
    }
  }

  /// A row costs something, however little is in it, and so does a column.
  @Test func rowsAndColumnsCost() throws {
    let rows = 200_000
    try withFile("x\n" + String(repeating: "1\n", count: rows)) { path in
      let peaks = try TableReader(path).profile().budget(1).engines.map { ($0.name, $0.bytes.peak) }
      let peak = Dictionary(uniqueKeysWithValues: peaks)
      // As measured: bench/predict_bytes.py of one digit.
      #expect(peak["pandas"]! > 12_000_000 + 20 * rows)
      #expect(peak["polars"]! > 34_000_000 + 40 * rows)
    }
    let names = (0..<3000).map { "c\($0)" }.joined(separator: ",")
    let ones = Array(repeating: "1", count: 3000).joined(separator: ",")
    try withFile("\(names)\n\(ones)\n\(ones)\n") { path in
      let budget = try TableReader(path).profile().budget(1)
      #expect(budget.total.peak > 20_000_000)
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
      #expect(budget.changes.map(\.column) == ["count"])
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
