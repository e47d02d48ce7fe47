import Columnar
import Engines
import Wording

/// An estimate as a page. Each figure stands with its interval, and no picture makes it look exact.
struct EstimateHTMLFormat: EstimateFormat {
  let name = "html"
  /// As many columns have a row.
  private static let rowLimit = 400

  func text(of report: EstimateReport, usesColor: Bool) -> String {
    let words = EstimateWords(report)
    return HTMLPage(
      "diet analyze --quick", title: FileTitle(report.path).name.ellipsized(to: 120),
      facts: "\(words.label) · \(words.size)", outcome: words.outcome,
      sections: [
        PageSection("What the figures are", items: words.meaning + words.legends),
        columns(report),
        .list("Worth knowing", AnalysisPage.first(report.notes.map(\.description))),
        PageSection("In memory", items: words.inMemory),
        .list("The lean table, read as .arrow", words.handedOver),
        PageSection(
          "The exact figures",
          code: words.nextCommand.lines(of: 100).joined(separator: "\n")),
      ].compactMap(\.self)
    ).text
  }

  private func columns(_ report: EstimateReport) -> PageSection? {
    guard !report.columns.isEmpty else { return nil }
    let more = report.columns.count - Self.rowLimit
    let table = PageTable(
      "Columns, estimated",
      [
        .text("column"), .text("type, estimate"), .number("before, estimate"),
        .number("from … to"), .number("lean, estimate"), .number("from … to"), .number("worst"),
        .text("layout"), .text("doubts"),
      ],
      rows: report.columnsBySize.prefix(Self.rowLimit).map { column in
        [
          .text(column.label), .text("\(column.logicalType)"),
          .number("≈ \(ByteText(column.before.estimate))"),
          .number(EstimateWords.ends(column.before)),
          .number("≈ \(ByteText(column.after.estimate))"),
          .number(EstimateWords.ends(column.after)),
          .number("\(ByteText(column.worstAfter))"), .text(column.layouts),
          .text(column.doubtWords),
        ]
      }, rest: more > 0 ? "and \(CountText(more)) more: --format json has all" : nil)
    return PageSection("Columns, estimated", tables: [table])
  }
}
