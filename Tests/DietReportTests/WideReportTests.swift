import Columnar
import Testing
import Wording

@testable import DietReport

/// Tables of thousands of columns, whose lines are made on several threads.
@Suite struct WideReportTests {
  @Test func linesDoNotDependOnThreads() throws {
    var random = SeededGenerator(seed: 5)
    var report = AnalysisReport.random(using: &random)
    report.columns = (0..<2000).map { _ in
      .random(rows: 1000, receivers: ["pandas"], using: &random)
    }
    let format = try #require(ReportFormats.named("csv"))
    var texts: Set<String> = []
    for threads in [1, 2, 5] {
      report.timing.threadCount = threads
      texts.insert(format.text(of: report, usesColor: false))
    }
    #expect(texts.count == 1)
    let single = report.columns.map { column in
      report.columns = [column]
      let text = format.text(of: report, usesColor: false)
      return text.utf8.drop { $0 != 0x0A }.dropFirst()
    }
    #expect(
      texts.first.map { Array($0.utf8.drop { $0 != 0x0A }.dropFirst()) }
        == single.flatMap(Array.init))
  }

  /// A wide terminal has room for names; sentences stay as narrow as they are.
  @Test func tablesTakeTheRoomThereIs() throws {
    var report = ExampleReports.flights
    report.columns[0].name = String(repeating: "long_name_", count: 5)
    report.columns[1].name = String(repeating: "長い名前", count: 40)
    let format = ReportFormats.table
    for width in [80, 100, 200] {
      let text = ReportWidth.$ofTables.withValue(width) {
        format.text(of: report, usesColor: false)
      }
      let lines = text.split(separator: "\n")
      #expect(lines.allSatisfy { $0.displayWidth <= width }, "\(width)")
      #expect(text.contains(report.columns[0].name) == (width == 200))
      #expect(lines.last { !$0.isEmpty }.map { $0.displayWidth <= 80 } ?? false)
      // No name takes the others far from their figures.
      #expect(lines.allSatisfy { $0.displayWidth <= 140 })
    }
  }

  /// Quotes are doubled, and only what needs them gets any.
  @Test func quoting() {
    let lines = [["a", "b,", "\"", ""], ["", "x\ny", "\"\"\u{301}", "é\r"]]
    #expect(
      CSVText.lines(lines)
        == "a,\"b,\",\"\"\"\",\n,\"x\ny\",\"\"\"\"\"\u{301}\",\"é\r\"\n")
    #expect(CSVText.lines([]).isEmpty)
  }
}
