import Foundation
import TabularDiet
import Testing

/// A frame knows what was odd about the records that it was read from: how often, and where first.
@Suite struct FrameAnomaliesTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-anomalies-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  /// Kinds of oddness, as lines that have them.
  private static let odd:
    [(kind: KeyPath<TableAnomalies, TableAnomalies.Tally> & Sendable, line: String)] = [
      (\.short, "7,8"), (\.long, "7,8,9,10"), (\.blank, ""), (\.irregular, "7,a\"b,9"),
    ]

  private static func place(_ tally: TableAnomalies.Tally) -> [String] {
    [
      "\(tally.count)", "\(tally.firstRow as Any)", "\(tally.firstFile as Any)",
      "\(tally.firstLine as Any)",
    ]
  }

  /// Lines with something odd are put at random into files; counts and places are those of a loop.
  @Test(arguments: 1...10 as ClosedRange<UInt64>, 1...3)
  func countsAndPlacesAreThoseOfALoop(_ seed: UInt64, _ fileCount: Int) throws {
    try withFolder { folder in
      var random = SeededGenerator(seed: seed)
      var expected = [TableAnomalies.Tally?](repeating: nil, count: Self.odd.count)
      var files: [String] = []
      var row = 0
      for file in 0..<fileCount {
        let path = "\(folder)/part\(file).csv"
        var lines = ["a,b,c"]
        for _ in 0..<Int.random(in: 20...400, using: &random) {
          guard Int.random(in: 0..<60, using: &random) == 0 else {
            lines.append("\(row),x,\(row % 7)")
            row += 1
            continue
          }
          let kind = Int.random(in: 0..<Self.odd.count, using: &random)
          lines.append(Self.odd[kind].line)
          let isBlank = Self.odd[kind].line.isEmpty
          var tally = expected[kind] ?? TableAnomalies.Tally()
          if tally.count == 0 {
            tally.firstRow = row
            tally.firstFile = isBlank ? nil : path
            tally.firstLine = isBlank ? nil : lines.count
          }
          tally.count += 1
          expected[kind] = tally
          if !isBlank { row += 1 }
        }
        // No file begins or ends with what may be left out of it.
        lines.append("\(row),x,1")
        row += 1
        try (lines.joined(separator: "\n") + "\n").write(
          toFile: path, atomically: true, encoding: .utf8)
        files.append(path)
      }
      var options = CSVReadingOptions(delimiter: UInt8(ascii: ","), hasHeader: true)
      options.quoting = .enclosed(by: UInt8(ascii: "\""))
      let frame = try DataFrame(contentsOfCSVFiles: files, options: options)
      let comment = "seed \(seed), \(fileCount) files"
      #expect(frame.rowCount == row, "\(comment)")
      let found = try #require(frame.anomalies)
      for (index, (kind, line)) in Self.odd.enumerated() {
        #expect(
          Self.place(found[keyPath: kind]) == Self.place(expected[index] ?? TableAnomalies.Tally()),
          "\(comment), line `\(line)`")
      }
      #expect(found.isEmpty == expected.allSatisfy { $0 == nil }, "\(comment)")
      var reading = ReadingOptions()
      reading.text = options
      #expect(try TableReader(files, options: reading).read().anomalies == found, "\(comment)")
      #expect(try TableReader(files, options: reading).profile().anomalies == found, "\(comment)")
    }
  }

  /// What is left out is counted, too.
  @Test func whatIsLeftOutIsCounted() throws {
    try withFolder { folder in
      let path = "\(folder)/odd.csv"
      try "a,b\n1,2\n# note\n3\na,b\n4,5\n6\n".write(
        toFile: path, atomically: true, encoding: .utf8)
      for action in [ReadingOptions.BadRecordRule.skip, .collect(path: "\(folder)/rejects.csv")] {
        var options = ReadingOptions()
        options.badRecords = action
        options.text.comments = .prefix(Array("#".utf8))
        options.text.dropsRepeatedHeaders = true
        let anomalies = try #require(try TableReader(path, options: options).read().frame.anomalies)
        #expect(
          Self.place(anomalies.rejected) == [
            "2", "nil", "\(Optional(path) as Any)", "\(Optional(4) as Any)",
          ])
        #expect(anomalies.repeatedHeaders.count == 1 && anomalies.repeatedHeaders.firstLine == 5)
        #expect(anomalies.short.count == 0 && anomalies.long.count == 0 && !anomalies.isEmpty)
      }
    }
  }

  /// The same rows keep them, other rows have none.
  @Test func onlyTheRowsThatWereReadHaveThem() throws {
    try withFolder { folder in
      let path = "\(folder)/odd.csv"
      try "a,b\n1,x\n2\n3,y\n".write(toFile: path, atomically: true, encoding: .utf8)
      let frame = try DataFrame(contentsOfCSVFile: path)
      let anomalies = try #require(frame.anomalies)
      #expect(anomalies.short.count == 1 && anomalies.short.firstLine == 3)
      let plan = DietPlan(for: frame)
      let same: [(String, DataFrame)] = [
        ("selecting", try frame.selecting(["a"])),
        ("selecting where", frame.selecting { _ in true }),
        ("dropping", try frame.dropping("b")), ("renaming", try frame.renaming("a", to: "z")),
        ("adding", try frame.adding(Column("c", integers: [1, 2, 3]))),
        ("assigning", try frame.assigning(Column("a", integers: [1, 2, 3]))),
        ("casting", try frame.casting("a", to: .string)), ("profiled", frame.profiled()),
        ("applying", try frame.applying(plan)),
        ("planned", try DataFrame(contentsOfCSVFile: path, plan: plan)),
      ]
      for (name, made) in same { #expect(made.anomalies == anomalies, "\(name)") }
      let other: [(String, DataFrame)] = [
        ("filtered", try frame.filtered(where: "a > 1")),
        ("sorted", try frame.sorted(on: "a")),
        ("joined", try frame.joined(frame.selecting(["a"]), on: "a")),
        ("grouped", try frame.grouped(by: "b").aggregated(.size)),
        ("concatenated", try DataFrame(concatenating: [frame, frame])),
        ("sampled", frame.sample(2, seed: 1)),
        ("arrays", try DataFrame([Column("a", integers: [1])])),
        ("copied", try DataFrame(frame.columns)),
      ]
      for (name, made) in other { #expect(made.anomalies == nil, "\(name)") }
      #expect(try DataFrame(frame.columns) == frame)
      for name in ["lean.arrow", "lean.parquet"] {
        let file = try TableReader(path).write(to: "\(folder)/\(name)")
        let read = try TableReader(file.path).read().frame
        #expect(read.anomalies?.isEmpty == true, "\(name)")
      }
    }
  }

  /// A print of them names each kind that was seen, how often and where first, and no other.
  @Test func areSaidInWords() throws {
    try withFolder { folder in
      let path = "\(folder)/odd.csv"
      try "a,b\n1,x\n2\n\n3,y\n4\n".write(toFile: path, atomically: true, encoding: .utf8)
      let anomalies = try #require(try DataFrame(contentsOfCSVFile: path).anomalies)
      #expect(
        "\(anomalies)" == "short: 2, first in row 1, line 3 of \(path)\nblank: 1, first in row 2")
    }
    #expect("\(TableAnomalies())" == "nothing odd")
  }
}
