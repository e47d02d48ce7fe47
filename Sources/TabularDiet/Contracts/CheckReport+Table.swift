import CKernels
package import Contracts
package import DietReport

extension CheckReport {
  /// What is to be said of a table that was held against the contract at `contractPath`.
  package init(_ checked: CheckedTable, _ contract: TableContract, contractPath: String) {
    let names = contract.columns.map(\.name)
    let added = checked.findings.filter { $0.code == .columnAdded }.compactMap(\.column)
    let input = checked.profile.report().input
    self.init(
      path: input.named.first ?? input.path, contractPath: contractPath,
      rowCount: checked.facts.rowCount, columnCount: checked.facts.columns.count,
      columns: names + added, findings: checked.findings,
      unchecked: checked.unchecked, notes: checked.profile.notes,
      timing: AnalysisReport.Timing(
        wallSeconds: checked.duration.seconds, threadCount: checked.profile.threadCount))
    moreFileCount = (input.named.isEmpty ? input.files : input.named).count - 1
  }
}

extension CheckReport {
  /// What the start of a file showed: rows were not read.
  package init(
    startingWith findings: [Finding], of contract: TableContract, paths: [String],
    contractPath: String
  ) {
    let added = findings.filter { $0.code == .columnAdded }.compactMap(\.column)
    let removed = findings.count { $0.code == .columnRemoved }
    self.init(
      path: paths[0], contractPath: contractPath, rowCount: nil,
      columnCount: contract.columns.count + added.count - removed,
      columns: contract.columns.map(\.name) + added, findings: findings,
      unchecked: [
        UncheckedTerm(column: nil, term: "rows", reason: "the check ended before", line: nil)
      ],
      timing: AnalysisReport.Timing(since: .now))
    moreFileCount = paths.count - 1
  }
}

extension AnalysisReport.Timing {
  /// The time from `start` to now.
  package init(since start: ContinuousClock.Instant) {
    self.init(
      wallSeconds: (ContinuousClock.now - start).seconds,
      threadCount: Int(diet_available_processors()))
  }
}
