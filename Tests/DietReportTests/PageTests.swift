import Columnar
import Testing

@testable import DietReport

/// What holds for every page: of an analysis, of a benchmark, of an estimate, and for notebooks.
@Suite struct PageTests {
  private static let known: Set = [
    "!doctype", "html", "head", "meta", "title", "style", "body", "main", "header", "nav",
    "section",
    "h1", "h2", "p", "dl", "dt", "dd", "div", "figure", "figcaption", "span", "i", "details",
    "summary", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "pre", "code", "a", "svg",
    "g", "defs", "use", "rect", "line", "circle", "path", "text",
  ]

  private func check(_ page: String, _ comment: Comment) {
    #expect(page.utf8.last == UInt8(ascii: "\n"), comment)
    let markup = Markup(page)
    #expect(markup.problems.isEmpty, "\(comment): \(markup.problems.prefix(5))")
    for element in markup.elements {
      #expect(Self.known.contains(element.name), "\(comment): \(element)")
      for (key, value) in element.attributes {
        #expect(!key.hasPrefix("on") && key != "src" && key != "style", "\(comment): \(element)")
        if key == "href" { #expect(value.hasPrefix("#"), "\(comment): \(element)") }
      }
    }
    #expect(!page.contains("url(") && !page.contains("@import"), comment)
    // Whatever is drawn says what it is, and every link leads somewhere.
    for (index, element) in markup.elements.enumerated() {
      let next = markup.elements.dropFirst(index + 1).first
      let hasTitle = next?.name == "title" && next?.path.last == element.name
      if element.name == "svg" { #expect(hasTitle, "\(comment): \(element)") }
      if element.name == "g", element.path.last != "defs" {
        #expect(hasTitle, "\(comment): \(element)")
      }
    }
    let ids = markup.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count, comment)
    for link in markup.elements.compactMap({ $0.attributes["href"] }) {
      #expect(ids.contains(String(link.dropFirst())), "\(comment): \(link)")
    }
  }

  @Test func analyses() {
    for (name, report) in ExampleReports.all {
      check(ReportFormats.html.text(of: report, usesColor: false), "example \(name)")
      check(ReportFormats.notebook.text(of: report, usesColor: false), "notebook \(name)")
    }
    for seed in 1...25 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      var report = AnalysisReport.random(using: &random)
      report.describe(using: &random)
      check(ReportFormats.html.text(of: report, usesColor: false), "seed \(seed)")
      check(ReportFormats.notebook.text(of: report, usesColor: false), "notebook, seed \(seed)")
    }
  }

  @Test func benchmarksAndEstimates() throws {
    for report in [ExampleBenchmark.full, ExampleBenchmark.plain] {
      check(try #require(report.text(in: "html")), "\(report.path)")
    }
    check(try #require(EstimateReportTests.example.text(in: "html")), "an estimate")
  }

  /// A tab, and a printed page, say which report they are.
  @Test func titlesSayWhichReportItIs() throws {
    let pages = [
      ("diet analyze", ReportFormats.html.text(of: ExampleReports.measured, usesColor: false)),
      ("diet bench", try #require(ExampleBenchmark.full.text(in: "html"))),
      ("diet analyze --quick", try #require(EstimateReportTests.example.text(in: "html"))),
      ("diet check", ExampleGates.check.text(format: "html", usesColor: false)),
    ]
    for (kind, page) in pages {
      check(page, "\(kind)")
      #expect(page.contains(" · \(kind)</title>") && page.contains("<p class=\"kind\">\(kind)</p>"))
      #expect(page.contains("<h2>This run</h2>") || kind.hasSuffix("--quick"))
    }
  }

  /// On a phone the rows of findings are blocks, and each cell says what it is.
  @Test func cellsOfFindingsHaveHeadsOfTheirOwn() {
    let page = ExampleGates.check.text(format: "html", usesColor: false)
    for head in ["class", "column", "line", "what it says"] {
      #expect(page.contains(" data-head=\"\(head)\">"), "\(head)")
    }
    #expect(page.contains("<div class=\"scroll stack\""))
    let columns = ReportFormats.html.text(of: ExampleReports.measured, usesColor: false)
    #expect(!columns.contains("data-head="), "tables of numbers are moved sideways")
  }

  /// The bar is as long as the number beside it says.
  @Test func headroomIsWhatIsFree() throws {
    var report = ExampleReports.measured
    report.columns = [report.columns[0]]
    report.columns[0].headroom = 0.99
    let page = ReportFormats.html.text(of: report, usesColor: false)
    #expect(page.contains("99 % <svg") && page.contains("<rect width=\"99%\""))
  }

  /// Slower is what is so with its whole interval.
  @Test func intervalsThatReachOneAreNotSlower() throws {
    func interval(_ ratio: Double, _ low: Double, _ high: Double) -> PagePicture.Interval {
      PagePicture.Interval(
        "x", .init(kernel: "sum", ratio: ratio, low: low, high: high, path: .direct))
    }
    let slow = interval(0.8, 0.7, 0.9)
    let (open, fast) = (interval(0.99, 0.95, 1.1), interval(2, 1.9, 2.1))
    func lead(_ intervals: [PagePicture.Interval]) -> String {
      PageSection.speeds(intervals, limit: 40)?.lead ?? ""
    }
    #expect(
      lead([slow, open, fast]).hasPrefix("Lean is slower in 1 of 3, and in 1 nobody can tell."))
    #expect(lead([open, fast]).hasPrefix("Lean is slower in none of 2, and in 1 nobody"))
    #expect(lead([fast]).hasPrefix("Lean is faster in all 1."))
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;"), ("]]>", "]]&gt;"), ("a\u{0}b\u{7}", "a␀b␇"),
    ("\" onload=x", "&quot; onload=x"), ("\"\u{301} onload=x", "&quot;\u{301} onload=x"),
    ("'\u{301}", "&#39;\u{301}"), ("\u{202E}txt", "\u{FFFD}txt"),
    ("{{pageTitle}}", "{{pageTitle}}"),
    (String(repeating: "x", count: 300), String(repeating: "x", count: 20) + "…"),
  ])
  func namesAreText(name: String, shown: String) {
    var report = ExampleReports.measured
    report.columns[0].name = name
    report.input.path = name
    report.columns[0].reason = name
    report.extras.command = ["diet", "analyze", name]
    let page = ReportFormats.html.text(of: report, usesColor: false)
    check(page, "\(name)")
    let scalars = page.unicodeScalars
    #expect(scalars.firstRange(of: Array(shown.unicodeScalars)) != nil || name.count == 300)
    #expect(!page.contains("<script"))
  }

  @Test func aMarkupCheckThatFindsNothingFails() {
    for text in [
      "<p>", "<p></b>", "<p a=b></p>", "<p>&x</p>", "<p a=\"\" a=\"\"></p>", "a</p>", "<p>></p>",
      "<p\u{1}></p>",
    ] { #expect(!Markup(text).problems.isEmpty, "\(text)") }
    #expect(Markup("<p a=\"b\">x &amp; y<br></p>").problems.isEmpty)
  }

  // MARK: - Sizes

  /// A table of measured columns with long names, distributions and all.
  private func report(of columnCount: Int) -> AnalysisReport {
    var random = SeededGenerator(seed: 3)
    let templates = ExampleReports.measured.columns
    let columns = (0..<columnCount).map { index in
      var column = templates[index % templates.count]
      column.name = "a_name_as_long_as_they_are_\(index)"
      return column
    }
    var report = ExampleReports.measured
    report.columns = columns
    report.input.columnCount = columnCount
    report.describe(using: &random)
    report.extras.loader = .init(
      engine: "pandas", code: columns.map { "    \"\($0.name)\": \"int16\",\n" }.joined())
    return report
  }

  @Test(arguments: [(20, 80_000), (100, 100_000), (400, 400_000), (2_000, 400_000)])
  func pagesAreSmall(columnCount: Int, limit: Int) {
    let report = report(of: columnCount)
    let page = ReportFormats.html.text(of: report, usesColor: false)
    #expect(page.utf8.count < limit, "\(page.utf8.count) bytes for \(columnCount) columns")
    check(page, "\(columnCount) columns")
    // What is left out is said.
    #expect(columnCount < 100 || page.contains("others"))
  }

  @Test func aBenchmarkOfThousandsIsSmall() throws {
    let results = (0..<5_000).map { index in
      var result = ExampleBenchmark.results[index % 4]
      result.column = "column_\(index)"
      return result
    }
    let report = BenchmarkReport(
      path: "wide.csv", rowCount: 9, measuredRowCount: 9, machine: ExampleBenchmark.machine,
      results: results)
    let page = try #require(report.text(in: "html"))
    #expect(page.utf8.count < 300_000, "\(page.utf8.count) bytes")
    check(page, "5,000 measurements")
  }

  // MARK: - What they say

  @Test func slowdownsAreInView() {
    let report = ExampleReports.measured
    let page = ReportFormats.html.text(of: report, usesColor: false)
    for column in report.columns {
      for speedup in column.speedups where speedup.isSlowdown {
        #expect(page.contains("<span class=\"name\">\(column.name): \(speedup.kernel)</span>"))
      }
    }
  }

  @Test func aPartIsNotShownAsTheWhole() {
    var random = SeededGenerator(seed: 4)
    var report = ExampleReports.flights
    #expect(!ReportFormats.html.text(of: report, usesColor: false).contains("<h2>Values</h2>"))
    report.describe(using: &random)
    report.extras.distributedRowCount = report.input.rowCount
    #expect(ReportFormats.html.text(of: report, usesColor: false).contains("All 336,776 rows"))
    report.extras.distributedRowCount = 1_000
    let page = ReportFormats.html.text(of: report, usesColor: false)
    #expect(page.contains("The first 1,000 rows alone") && !page.contains("All 336,776 rows"))
  }

  @Test func notebooksShowTheFirstRows() {
    var report = ExampleReports.tiny
    let plain = ReportFormats.notebook.text(of: report, usesColor: false)
    #expect(!plain.contains("First rows"))
    report.extras.firstRows = FirstRows(
      names: ["n", "<b>"], areNumbers: [true, false], cells: [["1", "<i>"], [nil, ""]], rowCount: 9,
      columnCount: 3)
    let page = ReportFormats.notebook.text(of: report, usesColor: false)
    check(page, "first rows")
    #expect(page.contains("2 of 9 rows.") && page.contains("and 1 column more"))
    #expect(page.contains("<td class=\"n\">1</td><td>&lt;i&gt;</td>"))
    #expect(page.contains("<td class=\"n\">null</td><td>&quot;&quot;</td>"))
  }

  @Test func findingsAreASection() {
    let findings = (0..<600).map {
      PageFinding(
        code: "type_changed", kind: "error", column: "<b>", line: 1_000 + $0, value: "late",
        message: "is text, not `int16`")
    }
    func page(_ findings: [PageFinding]) -> String {
      HTMLPage(
        "diet check", title: "t.csv", facts: "", outcome: "",
        sections: [.findings("Findings", findings, none: "It is as it was promised.")]
      ).text
    }
    check(page(findings), "findings")
    #expect(page(findings).contains("and 100 more: --format json has all"))
    #expect(page(findings).contains(">1,000</td><td data-head=\"value\">late</td>"))
    #expect(page([]).contains("It is as it was promised."))
  }
}

extension AnalysisReport {
  /// Adds what is known of the rows where they were looked at.
  mutating func describe(using random: inout SeededGenerator) {
    extras.distributedRowCount = max(1, input.rowCount / 2)
    func counts(using random: inout SeededGenerator) -> [Int] {
      (0..<24).map { _ in .random(in: 0...900_000, using: &random) }
    }
    for index in columns.indices {
      var distribution = ColumnDistribution()
      if columns[index].logicalType == .string {
        distribution.lengths = .init(low: "0", high: "30", counts: counts(using: &random))
        distribution.words = (0..<8).map { _ in
          .init(text: .random(using: &random), count: .random(in: 1...99, using: &random))
        }
        distribution.otherWordCount = .random(in: 0...99, using: &random)
      } else {
        distribution.values = .init(low: "-1.5", high: "12345.25", counts: counts(using: &random))
      }
      if columns[index].nullCount > 0 { distribution.nulls = counts(using: &random) }
      columns[index].distribution = distribution
    }
  }
}
