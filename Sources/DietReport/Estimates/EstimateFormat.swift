/// A way of printing an estimate; the names are those of the exact report's formats.
///
/// To add a format: write its file here, add one line to `EstimateFormats.all`.
package protocol EstimateFormat: Sendable {
  /// What the user types after `--format`.
  var name: String { get }

  /// The whole report, ending in a line end. `usesColor` allows ANSI colours to formats made for a terminal.
  func text(of report: EstimateReport, usesColor: Bool) -> String
}

/// Every format of an estimate, and the only place that knows them all.
package enum EstimateFormats {
  package static let all: [any EstimateFormat] =
    OutputFormats.all.map(EstimateOutputFormat.init) + [
      EstimateMarkdownFormat(), EstimateCSVFormat(), EstimateHTMLFormat(),
    ]

  /// The format of that name, `nil` where there is none.
  package static func named(_ name: String) -> (any EstimateFormat)? {
    all.first { $0.name == name }
  }
}

extension EstimateReport {
  /// The names of its formats: `table`, `json`, `markdown`, `csv`, `html`.
  public static var formats: [String] { EstimateFormats.all.map(\.name) }

  /// The report in one of `formats`; `nil` where there is none of that name.
  ///
  /// - Parameter usesColor: Allows ANSI colours to formats made for a terminal.
  public func text(in format: String, usesColor: Bool = false) -> String? {
    EstimateFormats.named(format)?.text(of: self, usesColor: usesColor)
  }
}

/// A format of all reports, as one of an estimate.
private struct EstimateOutputFormat: EstimateFormat {
  let format: any OutputFormat

  var name: String { format.name }

  func text(of report: EstimateReport, usesColor: Bool) -> String {
    format.text(of: report, usesColor: usesColor)
  }
}
