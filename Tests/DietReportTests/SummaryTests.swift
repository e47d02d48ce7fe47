import Columnar
import Foundation
import Testing
import Wording

@testable import DietReport

@Suite struct SummaryTests {
  static let applied = ApplySummary(
    inputPath: "data/flights.csv.zst", outputPath: "flights.arrow", rowCount: 336_776,
    columnCount: 19, leanByteCount: 9_787_456, fileByteCount: 9_871_202,
    certificate: "19 columns checked on all rows, xxh3-128 0123456789abcdef0123456789abcdef",
    notes: [
      Note(
        .keptAsText, "distance is written as int16: this engine holds no dictionaries of numbers.")
    ],
    timing: .init(wallSeconds: 0.31, threadCount: 2))

  static let equal = VerificationReport(
    path: "flights.arrow", originalPath: "data/flights.csv.zst", rowCount: 336_776,
    columns: [
      .init(name: "year", fidelity: .text), .init(name: "tailnum", fidelity: .text),
      .init(name: "price", fidelity: .value),
    ], timing: .init(wallSeconds: 0.2, threadCount: 2))

  static let near = VerificationReport(
    path: "x.arrow", originalPath: "x.csv", rowCount: 2,
    columns: [.init(name: "n", fidelity: .text), .init(name: "x", fidelity: .error)],
    timing: .init(wallSeconds: 0.2, threadCount: 2))

  static let different = VerificationReport(
    path: "flights.arrow", originalPath: "data/flights.csv.zst", rowCount: 336_776,
    columns: [
      .init(name: "year", fidelity: .text),
      .init(
        name: "dep_time", fidelity: .text,
        firstDifference: .init(row: 17, line: 18, expected: "517", found: "571")),
      .init(
        name: "a name\nof two lines that is longer than anyone would like",
        fidelity: .value,
        firstDifference: .init(
          row: 336_776, expected: nil, found: String(repeating: "漢字", count: 40))),
    ], differences: ["The lean file has no column \"gate\"."],
    timing: .init(wallSeconds: 0.2, threadCount: 2))

  @Test func applySummary() throws {
    try expectGolden(Self.applied.table(usesColor: false), "apply.table.txt")
    try expectGolden(Self.applied.text(format: "json", usesColor: false), "apply.json.txt")
  }

  @Test func verificationReport() throws {
    try expectGolden(Self.equal.table(usesColor: false), "verify-equal.table.txt")
    try expectGolden(Self.equal.json, "verify-equal.json.txt")
    try expectGolden(Self.different.table(usesColor: false), "verify-different.table.txt")
    try expectGolden(Self.different.json, "verify-different.json.txt")
    try expectGolden(Self.near.table(usesColor: false), "verify-near.table.txt")
    #expect(Self.equal.isVerified && !Self.different.isVerified)
  }

  @Test func missingColumnAloneIsNoProof() {
    var report = Self.equal
    report.differences = ["The lean file has no column \"gate\"."]
    #expect(!report.isVerified)
  }

  @Test func hostileSummariesKeepTheirWidthAndParse() throws {
    for seed in FormatLawTests.seeds {
      var random = SeededGenerator(seed: seed)
      var applied = Self.applied
      applied.inputPath = .random(using: &random)
      applied.outputPath = .random(using: &random)
      applied.certificate = .random(using: &random)
      applied.notes = [Note(.zeroBytes, Sentence(.random(using: &random)))]
      var verified = Self.different
      verified.path = .random(using: &random)
      verified.originalPath = .random(using: &random)
      for index in verified.columns.indices {
        verified.columns[index].name = .random(using: &random)
        verified.columns[index].firstDifference = .init(
          row: .random(in: 1...(1 << 50), using: &random), line: 1 << 50,
          expected: .random(using: &random), found: .random(using: &random))
      }
      for text in [applied.table(usesColor: false), verified.table(usesColor: false)] {
        for line in text.lines { #expect(line.displayWidth <= 80, "seed \(seed): \(line)") }
      }
      let reports: [any Report] = [applied, verified]
      for text in reports.map({ $0.text(format: "json", usesColor: false) }) {
        #expect(throws: Never.self, "seed \(seed)") {
          try JSONSerialization.jsonObject(with: Data(text.utf8))
        }
      }
    }
  }
}
