import Wording

/// What a gate found, in the shape that CI systems read: what was looked at, and what is wrong with it.
package struct GateResult: Hashable, Sendable {
  /// The verb: `check`, `verify`, `diff`, `bench`.
  package var verb: String
  /// The file that was looked at, as it was named.
  package var path: String
  /// What was looked at, such as each column, in order; things without a problem, too.
  package var cases: [Case]
  /// How long it took.
  package var wallSeconds: Double
  /// How many files were looked at beside that one.
  package var moreFileCount = 0
  /// What was to hold and nobody looked at; each is a case that was skipped, too.
  package var unchecked: [Problem] = []

  package init(verb: String, path: String, cases: [Case], wallSeconds: Double) {
    (self.verb, self.path, self.cases, self.wallSeconds) = (verb, path, cases, wallSeconds)
  }

  /// Whether nothing fails.
  package var holds: Bool { !cases.contains { $0.problems.contains { $0.severity == .error } } }

  package var problems: [Problem] { cases.flatMap(\.problems) }

  /// `feb.csv`, `feb.csv and 2 more`
  var pathWords: String { path + Self.more(moreFileCount) }

  static func more(_ count: Int) -> String { count > 0 ? " and \(CountText(count)) more" : "" }

  /// How many things were looked at.
  var checkedCount: Int { cases.count - unchecked.count }

  /// The rules that nobody looked at, as findings of their own.
  var ofUnchecked: GateResult {
    GateResult(
      verb: verb, path: path, cases: [Case(name: "unchecked", problems: unchecked)],
      wallSeconds: wallSeconds)
  }

  /// One thing that was looked at.
  package struct Case: Hashable, Sendable {
    /// A column, or a rule of the table.
    package var name: String
    package var problems: [Problem]
    /// Why nothing is said of it, where it was not looked at.
    package var skipped: String?

    package init(name: String, problems: [Problem], skipped: String? = nil) {
      (self.name, self.problems, self.skipped) = (name, problems, skipped)
    }
  }

  /// How bad something is.
  package enum Severity: String, Hashable, Sendable, CaseIterable {
    /// The gate fails.
    case error
    case warning
    /// Good to know.
    case notice
  }

  /// Something that is wrong.
  package struct Problem: Hashable, Sendable {
    package var severity: Severity
    /// A stable name of what is wrong: `wider-needed`.
    package var code: String
    /// The class of the code: `widening`; `nil` where there are none.
    package var group: String?
    /// What is wrong, in a sentence.
    package var message: String
    /// The file, where it is not the one that was looked at.
    package var file: String?
    /// The line, from 1.
    package var line: Int?
    package var column: String?
    /// Whether the run itself failed: nothing is known of what was to be looked at.
    package var isOfRun = false

    package init(
      _ severity: Severity, code: String, group: String? = nil, _ message: String,
      file: String? = nil, line: Int? = nil, column: String? = nil
    ) {
      (self.severity, self.code, self.group, self.message) = (severity, code, group, message)
      (self.file, self.line, self.column) = (file, line, column)
    }

    /// The message with the column's name, for readers that show nothing else.
    var text: String {
      // What ends a run says where it is, and some messages begin with the column.
      guard let column, !isOfRun, !message.hasPrefix(column) else { return message }
      return "`\(column.onOneLine.ellipsized(to: 80))`: \(message)"
    }
  }
}

/// A report of a gate: besides what all reports say, what CI systems read.
package protocol GateReport: Report {
  var gate: GateResult { get }
  /// Whether such reports are pages, too.
  static var hasPage: Bool { get }
  /// The report as a page; `nil` where there is none.
  var page: HTMLPage? { get }
  /// The report in Markdown, where it says more than the problems.
  var markdown: String? { get }
}

extension GateReport {
  package static var hasPage: Bool { false }
  package var page: HTMLPage? { nil }
  package var markdown: String? { nil }
}

/// A way of printing what a gate found.
///
/// To add a format: write its file here, add one line to `GateFormats.all`.
package protocol GateFormat: Sendable {
  /// What the user types after `--format`.
  var name: String { get }

  /// The whole report, ending in a line end.
  func text(of gate: GateResult) -> String
}

/// The formats of gates beside those that all reports have.
package enum GateFormats {
  package static let all: [any GateFormat] = [
    markdown, JUnitFormat(), github, GitLabFormat(), SARIFFormat(),
  ]

  /// For summaries of jobs.
  package static let markdown: any GateFormat = MarkdownGateFormat()

  /// For the log of a job of GitHub Actions.
  package static let github: any GateFormat = GitHubFormat()

  package static var names: [String] { OutputFormats.names + all.map(\.name) }
}

extension GateReport {
  /// The names of its formats.
  package static var formats: [String] { GateFormats.names + (hasPage ? ["html"] : []) }

  /// The report in the format of that name, in the usual one where there is none.
  package func text(format name: String, usesColor: Bool) -> String {
    if name == "html", let page { return page.text }
    if name == GateFormats.markdown.name, let markdown { return markdown }
    if let format = GateFormats.all.first(where: { $0.name == name }) {
      return format.text(of: gate)
    }
    return (OutputFormats.named(name) ?? OutputFormats.all[0]).text(of: self, usesColor: usesColor)
  }
}
