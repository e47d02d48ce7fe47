import ArgumentParser
import Columnar
import DietReport
import Options
import TabularDiet

struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Recommend a type and layout for each column, with exact bytes before and after.")

  @OptionGroup var reading: ReadingArguments

  @Option(help: .formats(ReportFormats.all.map(\.name)))
  var format = "table"

  @Option(help: .choice("Engine to compare with", Baselines.all.map(\.name)))
  var baseline = "pandas"

  @Option(
    help: .choice(
      "Print code that loads the file with the lean types", TableProfile.loaders,
      valueName: "engine"))
  var emit: String?

  @Option(
    help: ArgumentHelp(
      "Say in which engines the table fits into so much memory, as 2GB, and the fewest changes for pandas.",
      valueName: "size"))
  var budget: String?

  @OptionGroup var lean: OptionArguments<LeanScope>

  @Flag(help: "Count distinct values exactly beyond 2^20 (takes more memory).")
  var exactDistinct = false

  @Flag(inversion: .prefixedNo, help: "Measure kernel speed on wide and lean columns.")
  var measure = true

  @Option(help: ArgumentHelp("Save the plan as JSON, for `apply --plan`.", valueName: "file"))
  var savePlan: String?

  @Flag(help: "Treat categories missing from the saved plan as errors when it is applied.")
  var closedCategories = false

  func validate() throws {
    try check("format", format, in: ReportFormats.all.map(\.name))
    if let emit { try check("emit", emit, in: TableProfile.loaders) }
    guard emit == nil || lean.options.columns == nil else {
      throw ValidationError("--emit: a loader reads all columns; leave out --columns")
    }
    guard savePlan != "-" else { throw ValidationError("--save-plan: name a file") }
    guard !closedCategories || savePlan != nil else {
      throw ValidationError("--closed-categories: it is for a plan that is made: add --save-plan")
    }
    try check("baseline", baseline, in: Baselines.all.map(\.name))
    if let budget { _ = try ByteSize.checked(budget, option: "budget") }
    guard budget == nil || emit == nil else {
      throw ValidationError("--budget: it is for the report; leave out --emit")
    }
    guard budget == nil || format != "csv" else {
      throw ValidationError(
        "--budget: csv has a row for each column, and no place for it; take --format json")
    }
  }

  func run() throws {
    let text = try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      var files = try reading.files()
      if let savePlan {
        try files.write(savePlan, option: "--save-plan")
        try DietPlan.refuseToReplaceOther(atPath: savePlan)
      }
      let options = try reading.options(with: lean)
      let progress = ProgressLine(paths: reading.paths)
      var reader = try reading.reader(options, progress: progress)
      reader.engine = emit.flatMap(TargetEngine.init) ?? .any
      var profiling = ProfilingOptions()
      profiling.countsExactly = exactDistinct
      profiling.obstacles = emit == nil ? .few : .none
      var profile = try reader.profile(profiling)
      progress?.finish()
      try reading.report(on: profile.summary.source)
      if let savePlan {
        try profile.plan(closesCategories: closedCategories).write(toFile: savePlan)
      }
      let asked = try budget.map {
        try profile.budget(ByteSize.checked($0, option: "budget").byteCount)
      }
      profile.forgetWords()
      if let emit { return try profile.loadingCode(for: emit) }
      if measure, profile.hasRows { try profile.measureKernels() }
      var report = profile.report(baseline: Baselines.named(baseline) ?? Baselines.standard)
      report.budget = asked
      // A plan makes all columns lean.
      if let savePlan, asked?.keptColumns.isEmpty ?? true {
        report.readingOptions = words(of: options, plan: savePlan)
      }
      return report.text(
        as: ReportFormats.named(format) ?? ReportFormats.table, usesColor: usesColor)
    }
    try writeToStandardOutput(text)
  }

  /// The options that `apply` takes with the plan, which says how columns are stored, as words of a command line.
  private func words(of options: ReadingOptions, plan: String) -> [String] {
    var others = options
    others.layout = LayoutPolicy()
    return others.words() + ["--plan", plan]
      + (options.layout.floatErrorLimit == nil ? [] : ["--allow-lossy"])
  }
}
