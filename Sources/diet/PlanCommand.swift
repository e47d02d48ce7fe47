import ArgumentParser
import Columnar
import MemoryDiet
import Options
import TabularDiet

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Write the plan for a table, for `apply --plan`; the table or its profile is read.")

  @OptionGroup var reading: ReadingArguments

  @OptionGroup var lean: OptionArguments<LeanScope>

  @Flag(help: "Treat categories missing from the plan as errors when it is applied.")
  var closedCategories = false

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Output file.", valueName: "file"),
    completion: .file())
  var output: String

  func validate() throws {
    guard output != "-" else { throw ValidationError("--output: name a file") }
  }

  func run() throws {
    try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      var files = try reading.files()
      try files.write(output, option: "-o")
      try DietPlan.refuseToReplaceOther(atPath: output)
      var profiling = ProfilingOptions()
      (profiling.countsDistinct, profiling.obstacles) = (false, .none)
      let progress = ProgressLine()
      let reader = try reading.reader(reading.options(with: lean), progress: progress)
      let profile = try reader.profile(profiling)
      progress?.finish()
      try reading.report(on: profile.summary.source)
      try profile.plan(closesCategories: closedCategories).write(toFile: output)
    }
  }
}
