import ArgumentParser
import Columnar
import Contracts
import DietReport
import Options
import TabularDiet

struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Recommend a type and layout for each column, with exact bytes before and after.")

  @OptionGroup var reading: ReadingArguments

  @Option(
    help: .formats(ReportFormats.all.map(\.name)), completion: .list(ReportFormats.all.map(\.name)))
  var format = "table"

  @Option(
    help: .choice("Engine to compare with", Baselines.all.map(\.name)),
    completion: .list(Baselines.all.map(\.name)))
  var baseline = "pandas"

  @Option(
    help: .choice(
      "Print code that loads the file with the lean types, or a schema", Self.emitted,
      valueName: "engine"),
    completion: .list(Self.emitted))
  var emit: String?

  @Option(
    help: ArgumentHelp(
      "Say in which engines the table fits into so much memory, as 2GB, and the fewest changes for pandas.",
      valueName: "size"))
  var budget: String?

  @Flag(
    help:
      "Estimate with intervals from samples spread over the files, in a fraction of the time; nothing is exact then."
  )
  var quick = false

  @OptionGroup var lean: OptionArguments<LeanScope>

  @Flag(help: "Count distinct values exactly beyond 2^20 (takes more memory).")
  var exactDistinct = false

  @Flag(inversion: .prefixedNo, help: "Measure kernel speed on wide and lean columns.")
  var measure = true

  @Option(
    help: ArgumentHelp("Save the plan as JSON, for `apply --plan`.", valueName: "file"),
    completion: .file())
  var savePlan: String?

  @Flag(help: "Treat categories missing from the saved plan as errors when it is applied.")
  var closedCategories = false

  private static let emitted = TableProfile.loaders + SchemaExports.all.map(\.name)

  func validate() throws {
    if quick { try validateQuick() }
    try check("format", format, in: ReportFormats.all.map(\.name))
    if let emit { try check("emit", emit, in: Self.emitted) }
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

  /// Refuses what samples do not tell.
  private func validateQuick() throws {
    let others: [(String, Bool, String)] = [
      ("--save-plan", savePlan != nil, "a plan is a promise for all rows"),
      ("--emit", emit != nil, "code that loads the file needs the types of all rows"),
      ("--budget", budget != nil, "whether a table fits is not told by an estimate"),
      ("--exact-distinct", exactDistinct, "samples do not count values exactly"),
    ]
    if let (option, _, reason) = others.first(where: \.1) {
      throw ValidationError("--quick: \(reason); leave out \(option), or --quick")
    }
  }

  func run() throws {
    let quickText = try quick ? estimate() : nil
    if let quickText { return try writeToStandardOutput(quickText) }
    let text = try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      var files = try reading.files()
      if let savePlan {
        try files.write(savePlan, option: "--save-plan")
        try DietPlan.refuseToReplaceOther(atPath: savePlan)
      }
      let options = try reading.options(with: lean)
      let progress = ProgressLine()
      var reader = try reading.reader(options, progress: progress)
      reader.engine = emit.flatMap(TargetEngine.init) ?? .any
      if let export = emit.flatMap(SchemaExports.named) {
        return try reader.schema(as: export)
      }
      var profiling = ProfilingOptions()
      profiling.countsExactly = exactDistinct
      profiling.obstacles = emit == nil ? .few : .none
      var profile = try reader.profile(profiling)
      progress?.finish()
      try reading.report(on: profile.summary.source)
      if let savePlan {
        try RunLog.timed("wrote \(savePlan)") {
          try profile.plan(closesCategories: closedCategories).write(toFile: savePlan)
        }
      }
      let asked = try budget.map {
        try profile.budget(ByteSize.checked($0, option: "budget").byteCount)
      }
      profile.forgetWords()
      if let emit { return try profile.loadingCode(for: emit) }
      let isPage = format == "html"
      if measure, !quick, profile.hasRows {
        try RunLog.timed("measured kernels") { try profile.measureKernels(isDescribed: isPage) }
      }
      var report = profile.report(baseline: Baselines.named(baseline) ?? Baselines.standard)
      report.budget = asked
      if isPage { report.extras = extras(of: profile, report.extras) }
      if quick { report.notes.insert(.allRead, at: 0) }
      // A plan makes all columns lean.
      if let savePlan, asked?.keptColumns.isEmpty ?? true {
        report.readingOptions = words(of: options, plan: savePlan)
      }
      return report.text(
        as: ReportFormats.named(format) ?? ReportFormats.table, usesColor: usesColor)
    }
    try writeToStandardOutput(text)
  }

  /// What a page shows beside the report: what was typed, and code to copy where the table is one that engines load.
  private func extras(of profile: TableProfile, _ extras: PageExtras) -> PageExtras {
    var extras = extras
    extras.command = ["diet"] + CommandLine.arguments.dropFirst()
    if let code = try? profile.loadingCode(for: "pandas") {
      extras.loader = PageExtras.Loader(engine: "pandas", code: code)
    }
    return extras
  }

  /// What samples say; `nil` where they would be most of the files, which are read as a whole then.
  private func estimate() throws -> String? {
    try CommandFailure.wrapping {
      let reader = try reading.reader(reading.options(with: lean))
      let estimate = try RunLog.timed("read samples") {
        try reader.estimate(baseline: Baselines.named(baseline) ?? Baselines.standard)
      }
      for note in reader.fileNotes { RunLog.note(note) }
      return estimate?.text(in: format, usesColor: usesColor)
    }
  }

  /// The options that `apply` takes with the plan, which says how columns are stored, as words of a command line.
  private func words(of options: ReadingOptions, plan: String) -> [String] {
    var others = options
    others.layout = LayoutPolicy()
    return others.words() + ["--plan", plan]
      + (options.layout.floatErrorLimit == nil ? [] : ["--allow-lossy"])
  }
}
