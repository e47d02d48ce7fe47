import Columnar
import Testing

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

  /// Quotes are doubled, and only what needs them gets any.
  @Test func quoting() {
    let lines = [["a", "b,", "\"", ""], ["", "x\ny", "\"\"\u{301}", "é\r"]]
    #expect(
      CSVText.lines(lines)
        == "a,\"b,\",\"\"\"\",\n,\"x\ny\",\"\"\"\"\"\u{301}\",\"é\r\"\n")
    #expect(CSVText.lines([]).isEmpty)
  }
}
