/// A way of printing what `diet analyze` found out.
///
/// To add a format: write its file in `Formats`, add one line to `ReportFormats.all`. The law tests
/// and `--format` find it there.
public protocol ReportFormat: Sendable {
  /// What the user types after `--format`.
  var name: String { get }

  /// The whole report, ending in a line end. `usesColor` allows ANSI colours to formats made for a
  /// terminal.
  func text(of report: AnalysisReport, usesColor: Bool) -> String
}

/// Every report format, and the only place that knows them all.
public enum ReportFormats {
  /// All of them; `--format` takes their names.
  public static let all: [any ReportFormat] =
    OutputFormats.all.map(AnalysisOutputFormat.init) + [markdown, csv, html]

  /// For a terminal, at most 80 columns wide.
  public static let table: any ReportFormat = TableFormat()

  /// For programs: the same keys in the same order in every run.
  public static let json: any ReportFormat = AnalysisOutputFormat(
    format: OutputFormats.named("json")!)

  /// For pull requests and pages.
  public static let markdown: any ReportFormat = MarkdownFormat()

  /// For spreadsheets: a row for each column.
  public static let csv: any ReportFormat = CSVFormat()

  /// One file for browsers: a page with pictures.
  public static let html: any ReportFormat = HTMLFormat()

  /// The upper part of that page with the first rows, for notebooks.
  public static let notebook: any ReportFormat = HTMLFragment()

  /// The format of that name, `nil` where there is none.
  public static func named(_ name: String) -> (any ReportFormat)? {
    all.first { $0.name == name }
  }
}

extension AnalysisReport {
  /// The report in a format, ending in a line end.
  ///
  /// - Parameter usesColor: Allows ANSI colours to formats made for a terminal.
  public func text(
    as format: any ReportFormat = ReportFormats.table, usesColor: Bool = false
  ) -> String {
    format.text(of: self, usesColor: usesColor)
  }
}
