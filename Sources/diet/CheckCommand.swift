import ArgumentParser
import Columnar
import Contracts
import DietReport
import TabularDiet

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold a table against a lock, or another data contract: all rows, in one pass.",
    discussion: """
      Findings are breaking, widening, narrowing, growth, drift or order. Each class, or code, can \
      be denied (exit code 1), warned of, or allowed.
      """)

  @OptionGroup var reading: ReadingArguments

  @Option(
    help: ArgumentHelp(
      "The lock, or a contract of the Open Data Contract Standard 3.", valueName: "file"),
    completion: .file())
  var lock = "diet.lock.yaml"

  @Option(help: ArgumentHelp("The contract's table, where it has several.", valueName: "name"))
  var table: String?

  @Option(parsing: .singleValue, help: .level("Fail for"))
  var deny: [String] = []

  @Option(parsing: .singleValue, help: .level("Tell, and do not fail for,"))
  var warn: [String] = []

  @Option(parsing: .singleValue, help: .level("Do not tell"))
  var allow: [String] = []

  @Option(help: .headroom)
  var headroom: String?

  @Option(
    help: ArgumentHelp(
      "Earlier locks, profiles or tables, to say what runs out soon.", valueName: "folder"))
  var history: String?

  @Flag(help: "Write the lock anew where the table is not as it says, and show what changed.")
  var accept = false

  @Flag(
    help:
      "End with what the start of the file shows, where that fails, and look for no lines of findings."
  )
  var failFast = false

  @Flag(help: "Name no value of the table.")
  var redact = false

  @Option(help: .formats(CheckReport.formats), completion: .list(CheckReport.formats))
  var format = "table"

  @OptionGroup var reports: ReportFiles

  @OptionGroup var lineage: LineageArguments

  func validate() throws {
    try check("format", format, in: CheckReport.formats)
    _ = try policy()
  }

  private func policy() throws -> CheckPolicy {
    var policy = try CheckPolicy(headroom: headroom)
    // What is nearer to the command line comes last, and holds; of one place, what is stricter.
    let levels = [
      (FindingLevel.allow, "allow", allow), (.warn, "warn", warn), (.deny, "deny", deny),
    ].enumerated().sorted { a, b in
      let (near, far) = (RunSettings.distance(of: a.1.1), RunSettings.distance(of: b.1.1))
      return near == far ? a.0 < b.0 : near > far
    }
    for (_, (level, option, words)) in levels {
      for word in words.flatMap({ $0.split(separator: ",") }) {
        guard word != "all" else {
          for findingClass in FindingClass.allCases {
            _ = policy.set(level, for: findingClass.rawValue)
          }
          continue
        }
        guard policy.set(level, for: String(word)) else {
          try diet.check(option, String(word), in: ["all"] + CheckPolicy.words)
          continue
        }
      }
    }
    return policy
  }

  func run() throws {
    let run = GateRun(
      verb: "check", paths: reading.paths, others: [lock] + (history.map { [$0] } ?? []),
      format: format, reports: reports, isStrict: reading.options.refusesBadRecords,
      isRedacted: redact, usesStandardError: lineage.takesStandardOutput)
    let report = try run.report { isSettled -> CheckReport in
      var files = try reading.files()
      files.read(lock, as: "the lock")
      try reports.add(to: &files)
      try lineage.add(to: &files)
      isSettled = true
      let contract = try ContractFile.read(lock, table: table)
      let options = try reading.options.adding(readingOf: contract)
      let progress = ProgressLine()
      let reader = try reading.reader(options, progress: progress)
      if failFast {
        let findings = try reader.startFindings(contract, policy: policy())
        if !findings.isEmpty {
          return CheckReport(
            startingWith: findings, of: contract, paths: reading.paths, contractPath: lock)
        }
      }
      let earlier = try history.map {
        try HistoryFiles([$0], columns: contract.columns.map(\.name), options: options)
      }
      if let note = earlier?.note { RunLog.note(note) }
      let checked = try reader.check(
        contract, policy: policy(), findsRows: !failFast, history: earlier?.entries ?? [])
      progress?.finish()
      // What is odd about records is told with what stands in them.
      let source = checked.profile.summary.source
      try redact ? reading.saveRejects(of: source) : reading.report(on: source)
      var report = CheckReport(checked, contract, contractPath: lock)
      if accept { report.accepted = try accept(contract, reader, checked) }
      try lineage.write(
        LineageEvent(
          verb: "check", of: checked.profile, facts: checked.facts, findings: checked.findings,
          isRedacted: redact))
      return report
    }
    try run.tell(redact ? report.redacted() : report)
    let staying = accept ? report.findings.filter(\.isOfRule) : report.findings
    if staying.contains(where: { $0.level == .deny }) { throw ExitCode(1) }
  }

  /// Changes the lock where the table is not as it says, and says what changed; rules that somebody wrote stay.
  private func accept(
    _ contract: TableContract, _ reader: TableReader, _ checked: CheckedTable
  ) throws -> TableComparison? {
    guard let before = contract.facts else {
      throw ValidationError(
        "--accept: \(lock) is no lock of diet, and is not replaced; mend it by hand")
    }
    guard checked.findings.contains(where: { $0.level != .allow && !$0.isOfRule }) else {
      return nil
    }
    let new = try reader.lock(
      name: contract.table, policy: policy(), isRedacted: contract.isRedacted)
    try ContractFile.write(
      contract.accepting(checked.findings, new: new, now: checked.facts), inPlaceOf: contract,
      at: lock)
    return TableComparison(before, new.facts ?? before, showsValues: !redact)
  }
}

extension ArgumentHelp {
  fileprivate static func level(_ what: String) -> ArgumentHelp {
    ArgumentHelp(
      "\(what) findings of a class or code, or all. May be repeated.", valueName: "class")
  }
}
