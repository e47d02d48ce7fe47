import Columnar
import Foundation
import Testing
import Wording

@testable import DietReport

/// What holds for every report in every format.
@Suite struct FormatLawTests {
  static let seeds = 1...150 as ClosedRange<UInt64>

  /// Every example, then a few hundred random reports, with the name or the seed for the message.
  private func forEachReport(_ check: (AnalysisReport, Comment) throws -> Void) rethrows {
    for example in ExampleReports.all { try check(example.report, "example \(example.name)") }
    for seed in Self.seeds {
      var random = SeededGenerator(seed: seed)
      try check(.random(using: &random), "seed \(seed)")
    }
  }

  /// Pages have laws of their own: `PageTests`.
  @Test(arguments: ReportFormats.all.filter { $0.name != "html" })
  func endsInALineEnd(format: any ReportFormat) {
    forEachReport { report, comment in
      let text = format.text(of: report, usesColor: false)
      #expect(text.utf8.last == UInt8(ascii: "\n"), comment)
    }
  }

  @Test(arguments: ReportFormats.all)
  func isFoundByItsName(format: any ReportFormat) {
    #expect(ReportFormats.named(format.name)?.name == format.name)
    #expect(ReportFormats.all.count { $0.name == format.name } == 1)
  }

  @Test func noLineOfTheTableIsWiderThanEightyColumns() {
    forEachReport { report, comment in
      for line in TableFormat().text(of: report, usesColor: false).lines {
        #expect(line.displayWidth <= 80, "\(comment): \(line)")
        #expect(line.unicodeScalars.last != " ", "\(comment): \(line)")
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x9B }, comment)
      }
    }
  }

  @Test func colorChangesNothingElse() {
    forEachReport { report, comment in
      let colored = TableFormat().text(of: report, usesColor: true)
      #expect(
        trimmed(uncolored(colored)) == trimmed(TableFormat().text(of: report, usesColor: false)),
        comment)
    }
  }

  @Test func everyRowOfTheMarkdownHasTheSameCells() {
    forEachReport { report, comment in
      let rows = MarkdownFormat().text(of: report, usesColor: false).lines
        .filter { $0.hasPrefix("|") }
      let cells = rows.map { row in
        var count = 0
        var isEscaped = false
        for scalar in row.unicodeScalars {
          if scalar == "|", !isEscaped { count += 1 }
          isEscaped = scalar == "\\" && !isEscaped
        }
        return count
      }
      #expect(Set(cells).count <= 1, comment)
      let tables = report.columns.isEmpty ? 0 : report.columns.count > 40 ? 2 : 1
      #expect(rows.count == report.columns.count + 2 * tables, comment)
    }
  }

  @Test func csvGivesBackEveryField() {
    forEachReport { report, comment in
      let records = parsedCSV(CSVFormat().text(of: report, usesColor: false))
      #expect(records.count == report.columns.count + 1, comment)
      let header = records[0]
      for (record, column) in zip(records.dropFirst(), report.columns) {
        #expect(record.count == header.count, comment)
        let row = Dictionary(uniqueKeysWithValues: zip(header, record))
        #expect(row["name"]?.unicodeScalars.elementsEqual(column.name.unicodeScalars) == true)
        #expect(row["reason"]?.unicodeScalars.elementsEqual(column.reason.unicodeScalars) == true)
        #expect(row["bytes_before"] == "\(column.before)", comment)
        #expect(row["bytes_after"] == "\(column.after.total)", comment)
        #expect(
          row["max"]?.unicodeScalars.elementsEqual(column.maximum.text.unicodeScalars) == true)
      }
    }
  }

  /// The text without escapes, which end in the first `m`.
  private func uncolored(_ text: String) -> String {
    var plain = "".unicodeScalars
    var isEscape = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1B}" { isEscape = true }
      if !isEscape { plain.append(scalar) }
      if scalar == "m" { isEscape = false }
    }
    return String(plain)
  }

  private func trimmed(_ text: String) -> [String] {
    text.lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// RFC 4180, read scalar by scalar.
  private func parsedCSV(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var fields: [String] = []
    var field = "".unicodeScalars
    var isQuoted = false
    var wasQuote = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" {
        if wasQuote, !isQuoted { field.append(scalar) }
        isQuoted.toggle()
        wasQuote = !isQuoted
        continue
      }
      wasQuote = false
      switch scalar {
      case "," where !isQuoted:
        fields.append(String(field))
        field = "".unicodeScalars
      case "\n" where !isQuoted:
        records.append(fields + [String(field)])
        fields = []
        field = "".unicodeScalars
      default: field.append(scalar)
      }
    }
    return records
  }
}

extension String {
  /// The lines, told apart by LF alone, without the empty one after the last.
  var lines: [String] {
    unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
      .dropLast()
  }
}
