/// A way of printing what any verb found out.
///
/// To add a format for all verbs: write its file here, add one line to `OutputFormats.all`. `--format` of
/// every verb, its help and the law tests find it there.
package protocol OutputFormat: Sendable {
  /// What the user types after `--format`.
  var name: String { get }

  /// The whole report, ending in a line end. `usesColor` allows ANSI colours to formats made for a
  /// terminal.
  func text(of report: any Report, usesColor: Bool) -> String
}

/// The formats that every report has, and the only place that knows them all.
package enum OutputFormats {
  /// All of them; the first is the usual one.
  package static let all: [any OutputFormat] = [TerminalFormat(), DocumentFormat()]

  /// Their names.
  package static var names: [String] { all.map(\.name) }

  /// The format of that name, `nil` where there is none.
  package static func named(_ name: String) -> (any OutputFormat)? { all.first { $0.name == name } }
}

/// For a terminal.
private struct TerminalFormat: OutputFormat {
  let name = "table"

  func text(of report: any Report, usesColor: Bool) -> String { report.table(usesColor: usesColor) }
}

/// For programs.
private struct DocumentFormat: OutputFormat {
  let name = "json"

  func text(of report: any Report, usesColor: Bool) -> String { report.jsonText.document }
}

extension Report {
  /// The report in the format of that name, in the usual one where there is none.
  package func text(format name: String, usesColor: Bool) -> String {
    (OutputFormats.named(name) ?? OutputFormats.all[0]).text(of: self, usesColor: usesColor)
  }
}

/// A format of all reports, as one of a table's analysis.
struct AnalysisOutputFormat: ReportFormat {
  let format: any OutputFormat

  var name: String { format.name }

  func text(of report: AnalysisReport, usesColor: Bool) -> String {
    format.text(of: report, usesColor: usesColor)
  }
}
