/// A way of printing what `diet bench` measured.
///
/// To add a format: write its file here, add one line to `BenchmarkFormats.all`. The law tests and
/// `--format` find it there.
package protocol BenchmarkFormat: Sendable {
  /// What the user types after `--format`.
  var name: String { get }

  /// The whole report, ending in a line end. `usesColor` allows ANSI colours to formats made for a
  /// terminal.
  func text(of report: BenchmarkReport, usesColor: Bool) -> String
}

/// Every format of a benchmark, and the only place that knows them all.
package enum BenchmarkFormats {
  package static let all: [any BenchmarkFormat] = own + ofGates

  private static let own: [any BenchmarkFormat] =
    OutputFormats.all.map(BenchmarkOutputFormat.init) + [
      BenchmarkMarkdownFormat(),
      BenchmarkCSVFormat(),
      GitHubBenchmarkFormat(),
      BencherFormat(),
      BenchmarkHTMLFormat(),
    ]

  /// Those of all gates, where a benchmark has none of that name.
  private static let ofGates: [any BenchmarkFormat] = GateFormats.all
    .filter { gate in !own.contains { $0.name == gate.name } }.map(BenchmarkGateFormat.init)

  /// The format of that name, `nil` where there is none.
  package static func named(_ name: String) -> (any BenchmarkFormat)? {
    all.first { $0.name == name }
  }
}

extension BenchmarkReport {
  /// The names of its formats: `table`, `json`, `markdown`, `csv`, `github-action-benchmark`, ….
  public static var formats: [String] { BenchmarkFormats.all.map(\.name) }

  /// The report in one of `formats`; `nil` where there is none of that name.
  public func text(in format: String) -> String? {
    BenchmarkFormats.named(format)?.text(of: self, usesColor: false)
  }
}

/// A format of all reports, as one of a benchmark.
struct BenchmarkOutputFormat: BenchmarkFormat {
  let format: any OutputFormat

  var name: String { format.name }

  func text(of report: BenchmarkReport, usesColor: Bool) -> String {
    format.text(of: report, usesColor: usesColor)
  }
}
