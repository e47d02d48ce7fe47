import ArgumentParser
import Contracts
import DietReport
import TabularDiet

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what one table has otherwise than another: schema, ranges, categories, bytes.",
    discussion: "The exit code is 1 if they differ.")

  @Argument(help: "A table, or a profile, plan or lock of one.", completion: .file())
  var before: String

  @Argument(help: "Another one.", completion: .file())
  var after: String

  @OptionGroup var given: OptionArguments<TableScope>

  @OptionGroup var memory: MemoryArguments

  @Flag(help: "Name no value of the tables.")
  var redact = false

  @OptionGroup var reports: ReportFiles

  @Option(help: .formats(DiffReport.formats), completion: .list(DiffReport.formats))
  var format = "table"

  func validate() throws {
    try check("format", format, in: DiffReport.formats)
    guard before != "-" || after != "-" else {
      throw ValidationError("`-` may be used only once")
    }
  }

  func run() throws {
    let start = ContinuousClock.now
    let run = GateRun(
      verb: "diff", paths: [after], others: [before], format: format, reports: reports,
      isRedacted: redact)
    let report = try run.report { isSettled in
      var files = RunFiles(reading: [])
      for path in [before, after] { files.read(path, as: "one of the two") }
      try reports.add(to: &files)
      isSettled = true
      let progress = ProgressLine()
      let sides = try [before, after].map { path in
        (path, try FactsFile(path, options: given.options, progress: progress?.callback))
      }
      progress?.finish()
      return DiffReport(
        before: .init(sides[0].0, kind: sides[0].1.kind, sides[0].1.facts),
        after: .init(sides[1].0, kind: sides[1].1.kind, sides[1].1.facts),
        comparison: TableComparison(sides[0].1.facts, sides[1].1.facts, showsValues: !redact),
        timing: .init(since: start))
    }
    try run.tell(report)
    if !report.isSame { throw ExitCode(1) }
  }
}
