import Columnar
import Foundation
import Testing

@testable import DietReport

@Suite struct SniffReportTests {
  static let example = SniffReport(
    path: "exports/branches.csv",
    dialect: .init(
      delimiter: ";", quote: "'", encoding: "windows-1252", lineEnding: "crlf", escape: "\\",
      comment: "#", spaces: "initial", headerRecordCount: 2, preambleLineCount: 3,
      footerLineCount: 1),
    decimal: ",", columns: ["branch", "sales EUR", "sales t"], confidence: 0.87,
    reasons: [
      "96 % of 1208 records of the sample have 3 fields", "all quotes enclose fields",
    ],
    rejected: [
      .init(delimiter: ",", quote: "'", escape: nil, reason: "60 % of the records have 2 fields"),
      .init(delimiter: "\t", quote: "\"", escape: "\\", reason: "no record has it"),
      .init(delimiter: "\u{1F}", quote: nil, escape: nil, reason: "no record has it"),
    ],
    runnerUp: .init(
      option: "--delimiter ';'", outcome: "the 3 lines above the table would be records"),
    notes: [
      Note(.keptAsText, "3 lines before the table are left out as a preamble: `Branches of 2024`")
    ],
    options: [
      "--delimiter ';'", "--quote \"'\"", "--escape '\\'", "--comment '#'", "--spaces initial",
      "--skip 3", "--header", "--header-records 2", "--encoding windows-1252", "--decimal ,",
    ])

  @Test func everyFormat() throws {
    try expectGolden(Self.example.json, "sniff.json.txt")
    try expectGolden(Self.example.table(usesColor: false), "sniff.table.txt")
    let plain = SniffReport(path: "-", dialect: .init(), columns: ["a"])
    try expectGolden(plain.json, "sniff-plain.json.txt")
    try expectGolden(plain.table(usesColor: false), "sniff-plain.table.txt")
  }

  @Test(arguments: [(1.0, "certain"), (0.93, "sure (93 %)"), (0.7, "likely"), (0.2, "a guess")])
  func howSure(_ confidence: Double, _ words: String) {
    let report = SniffReport(path: "a.csv", dialect: .init(), confidence: confidence)
    #expect(report.table(usesColor: false).hasPrefix("a.csv · \(words)"))
  }

  @Test func linesKeepTheirWidth() {
    for line in Self.example.table(usesColor: false).split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
  }
}
