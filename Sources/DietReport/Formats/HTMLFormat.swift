/// The report as a page: one file, which any browser shows.
struct HTMLFormat: ReportFormat {
  let name = "html"

  func text(of report: AnalysisReport, usesColor: Bool) -> String { AnalysisPage(report).page.text }
}
