package import Wording

/// Why a gate has found nothing out: what was to be looked at, or held against, could not be read.
package struct GateFailure: Hashable, Sendable {
  /// The version of the JSON. It grows when a key changes its meaning or goes away.
  package static let schemaVersion = 1

  /// The verb: `check`, `verify`, `diff`, `bench`.
  package var verb: String
  /// The file that was to be looked at, as it was named.
  package var path: String
  /// What the command ends with.
  package var exitCode: Int
  /// A stable name of the fault: `invalid-text`.
  package var code: String
  /// What happened and what to do, in a sentence.
  package var message: String
  /// The file at fault, where it is not the one that was to be looked at.
  package var file: String?
  /// The line, from 1.
  package var line: Int?
  /// The record, from 1.
  package var record: Int?
  package var column: String?

  package init(verb: String, path: String, exitCode: Int, code: String, _ message: String) {
    (self.verb, self.path, self.exitCode) = (verb, path, exitCode)
    (self.code, self.message) = (code, message)
  }
}

extension GateFailure: GateReport {
  package static var hasPage: Bool { true }

  package var jsonText: JSONText {
    .object([
      ("schema_version", .integer(Self.schemaVersion)), ("path", .string(path)),
      ("ok", .bool(false)),
      (
        "error",
        .object([
          ("code", .string(code)), ("message", .string(message)), ("file", .optional(file)),
          ("line", line.map(JSONText.integer) ?? .null),
          ("record", record.map(JSONText.integer) ?? .null), ("column", .optional(column)),
          ("exit_code", .integer(exitCode)),
        ])
      ),
    ])
  }

  package var gate: GateResult {
    var problem = GateResult.Problem(
      .error, code: code, message, file: file, line: line, column: column)
    problem.isOfRun = true
    return GateResult(
      verb: verb, path: path, cases: [GateResult.Case(name: "table", problems: [problem])],
      wallSeconds: 0)
  }

  package var page: HTMLPage? {
    HTMLPage(
      "diet \(verb)", title: FileTitle(path).name.ellipsized(to: 120), facts: "", outcome: verdict,
      sections: [
        .findings(
          "Error",
          [
            PageFinding(
              code: code, kind: "error", column: column ?? "", line: line, message: message)
          ], none: "")
      ])
  }

  /// The report for a terminal, at most 80 columns wide.
  package func table(usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    var text = ""
    for line in FileTitle(path).text(facts: "").lines(of: reportWidth) + [verdict] {
      text += ink.paint(line, .bold) + "\n"
    }
    text += "\n" + ink.paint(code, .red) + "\n"
    for line in message.onOneLine.lines(of: reportWidth - 2) { text += "  \(line)\n" }
    return text
  }

  private var verdict: String { "Nothing is known of it: diet \(verb) ended with an error." }
}
