import Testing

@testable import DietReport

/// What holds for each format that all reports have, and for each report.
@Suite struct OutputFormatTests {
  private static let reports: [any Report] = [
    ExampleReports.flights, ExampleReports.empty, ExampleBenchmark.full, ExampleBenchmark.plain,
    SummaryTests.applied, SummaryTests.equal, SummaryTests.different, SniffReportTests.example,
    SniffReports([SniffReportTests.example, SniffReportTests.example]), ObstacleReportTests.example,
    EstimateReportTests.example, SettingsReport(verb: nil, files: [], rows: []),
  ]

  @Test func everyReportHasEveryFormat() {
    for format in OutputFormats.all {
      for report in Self.reports {
        let text = report.text(format: format.name, usesColor: false)
        #expect(
          text.hasSuffix("\n") && !text.hasSuffix("\n\n"), "\(format.name) \(type(of: report))")
        #expect(!text.contains("\u{1B}"), "\(format.name) \(type(of: report))")
        #expect(text == format.text(of: report, usesColor: false))
      }
    }
  }

  @Test func namesAreUnique() {
    #expect(Set(OutputFormats.names).count == OutputFormats.all.count)
    #expect(ReportFormats.all.map(\.name).starts(with: OutputFormats.names))
    #expect(BenchmarkFormats.all.map(\.name).starts(with: OutputFormats.names))
  }
}
