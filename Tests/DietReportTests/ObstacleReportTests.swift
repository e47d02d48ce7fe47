import Columnar
import Foundation
import Testing
import Wording

@testable import DietReport

@Suite struct ObstacleReportTests {
  static let obstacles: [NarrowerType] = [
    NarrowerType(
      logicalType: .decimal(scale: 2), layout: "int32", byteCount: 825_000, rowCount: 200_000,
      obstacles: [
        .init(
          kind: "word", count: 2,
          first: [.init(line: 7002, text: "-"), .init(line: 9114, text: "n/k")])
      ], options: ["--null-token -", "--null-token n/k"]),
    NarrowerType(
      logicalType: .integer, layout: "int16", byteCount: 425_000, rowCount: 200_000,
      obstacles: [
        .init(
          kind: "places", count: 1208,
          first: [.init(file: "feb.csv", line: 12, text: "1.25"), .init(line: nil, text: "\n`")]),
        .init(kind: "word", count: 2, first: [.init(line: nil, row: 3, text: "-")]),
      ]),
  ]

  private static func footprint(_ byteCount: Int) -> Footprint {
    var footprint = Footprint()
    footprint.values = byteCount
    return footprint
  }

  static let example: ObstacleReport = {
    var v = AnalysisReport.Column(
      name: "v", logicalType: .string, nullCount: 0, distinctCount: 9, beforeType: "str",
      layout: "utf8", before: 5, after: footprint(1_900_000))
    v.obstacles = obstacles
    let w = AnalysisReport.Column(
      name: "a name\nof two lines", logicalType: .integer, nullCount: 0, distinctCount: 9,
      beforeType: "int64", layout: "int8", before: 5, after: footprint(200_000))
    return ObstacleReport(
      input: .init(
        path: "data/sales.csv", byteCount: 1, rowCount: 200_000, columnCount: 2, dialect: nil),
      columns: [v, w], notes: [Note(.keptAsText, "1 record is short")],
      timing: .init(wallSeconds: 0.5, threadCount: 2))
  }()

  @Test func everyFormat() throws {
    try expectGolden(Self.example.json, "why.json.txt")
    try expectGolden(Self.example.table(usesColor: false), "why.table.txt")
  }

  @Test func oneSentence() {
    #expect(
      Self.obstacles[0].sentence(of: Self.example.columns[0])
        == "2 of 200,000 values keep this text: line 7,002 `-`, line 9,114 `n/k`; without them"
        + " decimal(2) in int32, 0.8 MB instead of 1.9; `--null-token - --null-token n/k`")
  }

  @Test func linesKeepTheirWidth() {
    for line in Self.example.table(usesColor: false).split(separator: "\n") {
      #expect(line.displayWidth <= 80, "\(line)")
    }
  }
}
