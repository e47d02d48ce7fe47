import Wording

/// GitHub-flavoured Markdown: for summaries of jobs, and comments.
struct MarkdownGateFormat: GateFormat {
  let name = "markdown"
  /// A summary may have 1 MiB.
  private static let limit = 100

  func text(of gate: GateResult) -> String {
    let title =
      "diet \(gate.verb) · \(FileTitle(gate.path).name.ellipsized(to: 200))\(GateResult.more(gate.moreFileCount))"
    var text = "**\(MarkdownText.escaped(title))**\n\n"
    let verdict = gate.holds ? "Passed" : "Failed"
    let problems = gate.problems
    let isWhole = !problems.contains(where: \.isOfRun)
    text +=
      isWhole
      ? "\(verdict): \(gate.counts) · \(CountText(gate.checkedCount)) checked.\n"
      : "Failed: nothing could be checked.\n"
    guard !problems.isEmpty else { return text + unchecked(gate) }
    text += "\n| | finding | column | what | where |\n|:---|:---|:---|:---|:---|\n"
    for severity in GateResult.Severity.allCases {
      for problem in problems.filter({ $0.severity == severity }).prefix(room(severity, problems)) {
        text += row(problem, in: gate)
      }
    }
    if problems.count > Self.limit {
      text += "\nand \(CountText(problems.count - Self.limit)) more: `--format json` shows all.\n"
    }
    return text + unchecked(gate)
  }

  /// What nobody looked at, as a list.
  private func unchecked(_ gate: GateResult) -> String {
    let rules = gate.unchecked
    if rules.isEmpty { return "" }
    var text = "\n\(CountText(rules.count, "rule")) not checked:\n\n"
    for rule in rules.prefix(Self.ruleLimit) {
      text += "- \(MarkdownText.escaped(rule.message.abridged(to: 300)))\n"
    }
    if rules.count > Self.ruleLimit {
      text += "- and \(CountText(rules.count - Self.ruleLimit)) more: `--format json` shows all\n"
    }
    return text
  }

  private static let ruleLimit = 50

  /// How many of a kind are shown: the worst come first.
  private func room(_ severity: GateResult.Severity, _ problems: [GateResult.Problem]) -> Int {
    let worse = GateResult.Severity.allCases.prefix { $0 != severity }
    return max(0, Self.limit - problems.count { worse.contains($0.severity) })
  }

  private func row(_ problem: GateResult.Problem, in gate: GateResult) -> String {
    let file = FileTitle(problem.file ?? gate.path).name.ellipsized(to: 80)
    let cells = [
      problem.severity == .error ? "**error**" : problem.severity.rawValue,
      MarkdownText.code(problem.code),
      problem.column.map { MarkdownText.code($0.ellipsized(to: 80)) } ?? "",
      MarkdownText.escaped(problem.message.abridged(to: 300)),
      MarkdownText.escaped(problem.line.map { "\(file), line \(CountText($0))" } ?? file),
    ]
    return "| \(cells.joined(separator: " | ")) |\n"
  }
}
