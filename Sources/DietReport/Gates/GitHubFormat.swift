import Wording

/// Workflow commands of GitHub Actions, a line each: annotations at the files and lines that findings are about.
///
/// A step may make ten of each kind. The tenth then says how many more there are.
struct GitHubFormat: GateFormat {
  let name = "github"
  private static let limit = 10

  func text(of gate: GateResult) -> String {
    var text = ""
    for severity in GateResult.Severity.allCases {
      let problems = gate.problems.filter { $0.severity == severity }
      // One notice is for what is not checked.
      let limit = Self.limit - (severity == .notice && !gate.unchecked.isEmpty ? 1 : 0)
      let shown = problems.count > limit ? problems.prefix(limit - 1) : problems[...]
      for problem in shown { text += command(problem, in: gate) }
      let rest = problems.count - shown.count
      if rest > 0 {
        let more = "\(CountText(rest, "more \(severity.rawValue)")): --format json shows all"
        text += command(severity, [("title", "diet \(gate.verb)")], more)
      }
    }
    if let first = gate.unchecked.first {
      let file = GatePath(first.file ?? gate.path).relative
      let line = first.line.map { [("line", "\($0)")] } ?? []
      let named = gate.unchecked.prefix(5).map(\.message).joined(separator: "; ")
      let more = GateResult.more(gate.unchecked.count - 5)
      text += command(
        .notice, [("file", file)] + line + [("title", "diet \(gate.verb): not checked")],
        "\(CountText(gate.unchecked.count, "rule")) not checked: \(named)\(more)")
    }
    // A line that is no command, whatever names are in it: `##[` begins one, too.
    let summary = "diet \(gate.verb): \(gate.pathWords.onOneLine): \(gate.counts)"
    let harmless = summary.unicodeScalars.replacing(
      "##[".unicodeScalars, with: "## [".unicodeScalars)
    return text + String(harmless) + "\n"
  }

  private func command(_ problem: GateResult.Problem, in gate: GateResult) -> String {
    var properties: [(String, String)] = [("file", GatePath(problem.file ?? gate.path).relative)]
    if let line = problem.line { properties.append(("line", "\(line)")) }
    let column = problem.column.map { " \($0)" } ?? ""
    properties.append(("title", "\(problem.code)\(column)"))
    return command(problem.severity, properties, problem.text)
  }

  private func command(
    _ severity: GateResult.Severity, _ properties: [(String, String)], _ message: String
  ) -> String {
    let words = properties.map { "\($0.0)=\(Self.escaped($0.1, isProperty: true))" }
    return
      "::\(severity.rawValue) \(words.joined(separator: ","))::\(Self.escaped(message, isProperty: false))\n"
  }

  /// As `@actions/core` escapes them; other control characters are shown as pictures.
  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = "".unicodeScalars
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result.append(contentsOf: "%25".unicodeScalars)
      case "\r": result.append(contentsOf: "%0D".unicodeScalars)
      case "\n": result.append(contentsOf: "%0A".unicodeScalars)
      case ":" where isProperty: result.append(contentsOf: "%3A".unicodeScalars)
      case "," where isProperty: result.append(contentsOf: "%2C".unicodeScalars)
      default: result.append(scalar.picture ?? scalar)
      }
    }
    return String(result)
  }
}

extension GateResult {
  /// `2 errors, 1 warning`; `nothing found`.
  var counts: String {
    let counts = Severity.allCases.compactMap { severity in
      let count = problems.count { $0.severity == severity }
      return count > 0 ? "\(CountText(count, severity.rawValue))" : nil
    }
    return counts.isEmpty ? "nothing found" : counts.joined(separator: ", ")
  }

  /// What a step of GitHub Actions hands on to later ones: lines of `name=value`.
  package var stepOutputs: String { "findings=\(problems.count)\nok=\(holds)\n" }
}
