import Wording

extension BenchmarkReport: GateReport {
  /// A case for each kernel on a column, and for each column that is another one. There are problems only beside a
  /// baseline; what the gate lets through is a warning.
  package var gate: GateResult {
    let changes = (comparison?.changes ?? []).map { change in
      GateResult.Case(
        name: change.column,
        problems: [problem(change.verdict, change.sentence, column: change.column)].compactMap(
          \.self))
    }
    var findings: [String: [Finding]] = [:]
    for finding in comparison?.findings ?? [] {
      findings[finding.name, default: []].append(finding)
    }
    var measured = results.map { result in
      element(named: result.name, findings.removeValue(forKey: result.name) ?? [])
    }
    // Columns that have lost their lean form are not measured any more.
    for finding in comparison?.findings ?? [] {
      guard let others = findings.removeValue(forKey: finding.name) else { continue }
      measured.append(element(named: finding.name, others))
    }
    return GateResult(verb: "bench", path: path, cases: changes + measured, wallSeconds: 0)
  }

  private func element(named name: String, _ findings: [Finding]) -> GateResult.Case {
    GateResult.Case(
      name: name,
      problems: findings.compactMap { problem($0.verdict, $0.sentence, column: $0.column) },
      skipped: findings.contains { $0.verdict == .noisy } ? "too noisy to tell" : nil)
  }

  /// `nil` for a verdict that no gate minds.
  private func problem(
    _ verdict: Verdict, _ sentence: String, column: String
  ) -> GateResult.Problem? {
    guard let comparison, let gate = verdict.gate else { return nil }
    return GateResult.Problem(
      comparison.isRegression(verdict) ? .error : .warning,
      code: verdict.rawValue.replacing("_", with: "-"), group: gate.rawValue, sentence,
      column: column)
  }
}

extension BenchmarkReport.Finding {
  /// `distance: sum`
  fileprivate var name: String { "\(column): \(kernel)" }
}

/// A format of gates, as one of a benchmark.
struct BenchmarkGateFormat: BenchmarkFormat {
  let format: any GateFormat

  var name: String { format.name }

  func text(of report: BenchmarkReport, usesColor: Bool) -> String { format.text(of: report.gate) }
}
