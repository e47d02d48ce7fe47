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
  public static let all: [any ReportFormat] = [
    TableFormat(),
    JSONFormat(),
    MarkdownFormat(),
    CSVFormat(),
  ]

  /// A piece of HTML for notebooks.
  public static let notebook: any ReportFormat = HTMLFragment()

  /// The format of that name, `nil` where there is none.
  public static func named(_ name: String) -> (any ReportFormat)? {
    all.first { $0.name == name }
  }
}
