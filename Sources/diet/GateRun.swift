import Columnar
import DietReport
import FileIO
import Platform
import TabularDiet

/// A run of a verb that is a gate: how it ends is told in each format that was asked for, be that by a report, or
/// by an error. What is silent would pass for a gate that holds, as would the report of an earlier run.
struct GateRun {
  let verb: String
  /// What is looked at, as it was named.
  let paths: [String]
  /// What else is read.
  var others: [String] = []
  let format: String
  var reports: ReportFiles?
  /// Whether records that are not as they should be end the run.
  var isStrict = false
  /// Whether errors name no value of the table.
  var isRedacted = false
  /// Whether something else has standard output.
  var usesStandardError = false

  /// Runs `body`, which may settle that no report's file is one that is read.
  func report<R>(_ body: (_ isSettled: inout Bool) throws -> R) throws -> R {
    var isSettled = false
    do {
      return try CommandFailure.wrapping(isStrict: isStrict, isRedacted: isRedacted) {
        try body(&isSettled)
      }
    } catch let failure as CommandFailure {
      tell(failure, isSettled: isSettled)
      throw failure
    }
  }

  /// Prints the report, and writes it where it is to be.
  func tell(_ report: any GateReport) throws {
    try print(report.text(format: format, usesColor: usesColor))
    GitHubStep.tell(report.gate, format: format)
    try reports?.write(report)
  }

  /// The folders from which services count paths: those that they check repositories out into, then the one in which
  /// the command runs.
  static func folders(_ environment: [String: String], workingFolder: String) -> [String] {
    let named = ["CI_PROJECT_DIR", "GITHUB_WORKSPACE", "PWD"].compactMap { environment[$0] }
    return (named + [workingFolder]).compactMap { folder in
      var folder = folder[...]
      while folder.hasSuffix("/") { folder.removeLast() }
      return folder.hasPrefix("/") ? String(folder) : nil
    }
  }

  private func print(_ text: String) throws {
    if usesStandardError {
      writeToStandardError(text)
    } else {
      try writeToStandardOutput(text)
    }
  }

  /// Tells what the run ends with, as far as that can be done: the error itself is said in any case.
  private func tell(_ failure: CommandFailure, isSettled: Bool) {
    let report = failure.report(verb: verb, path: paths.first ?? "")
    // In a terminal, the message is all.
    if format != OutputFormats.all[0].name, type(of: report).formats.contains(format) {
      try? print(report.text(format: format, usesColor: false))
    }
    GitHubStep.tell(report.gate, format: format)
    reports?.write(report, besides: isSettled ? nil : paths + others)
  }
}

extension CommandFailure {
  /// What gates say of it.
  fileprivate func report(verb: String, path: String) -> GateFailure {
    var report = GateFailure(
      verb: verb, path: path, exitCode: Int(code),
      code: cause.map { $0.code.rawValue.kebabCased } ?? "run-failed", message)
    (report.file, report.line) = (place?.file, place?.line)
    (report.record, report.column) = (cause?.record, cause?.column)
    return report
  }
}

extension String {
  /// `invalid-text` of `invalidText`.
  fileprivate var kebabCased: String {
    var text = ""
    for character in self {
      text += character.isUppercase ? "-\(character.lowercased())" : "\(character)"
    }
    return text
  }
}
