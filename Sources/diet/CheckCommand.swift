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
    for (level, option, words) in [
      (FindingLevel.allow, "allow", allow), (.warn, "warn", warn), (.deny, "deny", deny),
    ] {
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
    let report = try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      () -> CheckReport in
      var files = try reading.files()
      files.read(lock, as: "the lock")
      try reports.add(to: &files)
      try lineage.add(to: &files)
      let contract = try ContractFile.read(lock, table: table)
      let options =
        try contract.reading.map {
          try reading.options.adding(remembered: ReadingOptions(json: $0))
        } ?? reading.options
      let progress = ProgressLine()
      let reader = try reading.reader(options, progress: progress)
      if failFast {
        let findings = try reader.startFindings(contract, policy: policy())
        if !findings.isEmpty {
          return CheckReport(
            startingWith: findings, of: contract, paths: reading.paths, contractPath: lock)
        }
      }
      let earlier = try history.map { folder in
        try HistoryFiles.files([folder]).map { path in
          TableHistory.Entry(name: path, facts: try FactsFile(path, options: options).facts)
        }
      }
      let checked = try reader.check(
        contract, policy: policy(), findsRows: !failFast, history: earlier ?? [])
      progress?.finish()
      // What is odd about records is told with what stands in them.
      if !redact { try reading.report(on: checked.profile.summary.source) }
      var report = CheckReport(checked, contract, contractPath: lock)
      if accept { report.accepted = try accept(contract, reader) }
      try lineage.write(
        LineageEvent(
          verb: "check", of: checked.profile, facts: checked.facts, findings: checked.findings,
          isRedacted: redact))
      return report
    }
    let shown = redact ? report.redacted() : report
    let text = shown.text(format: format, usesColor: usesColor)
    if lineage.takesStandardOutput {
      writeToStandardError(text)
    } else {
      try writeToStandardOutput(text)
    }
    GitHubStep.tell(shown.gate, format: format)
    try reports.write(shown)
    if !report.holds, !accept { throw ExitCode(1) }
  }

  /// Writes the lock anew, in the name of the one that is there, and says what changed in it.
  private func accept(
    _ contract: TableContract, _ reader: TableReader
  ) throws -> TableComparison {
    guard let before = contract.facts else {
      throw ValidationError(
        "--accept: \(lock) is no lock of diet, and is not replaced; mend it by hand")
    }
    var new = try reader.lock(
      name: contract.table, policy: policy(), isRedacted: contract.isRedacted)
    (new.id, new.name, new.version, new.status) = (
      contract.id, contract.name, contract.version, contract.status
    )
    try ContractFile.write(new, to: lock)
    return TableComparison(before, new.facts ?? before, showsValues: !redact)
  }
}

extension ArgumentHelp {
  fileprivate static func level(_ what: String) -> ArgumentHelp {
    ArgumentHelp(
      "\(what) findings of a class or code, or all. May be repeated.", valueName: "class")
  }
}
