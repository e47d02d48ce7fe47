import ArgumentParser
import Columnar
import DietReport
import FileIO
import MemoryDiet
import Options
import TabularDiet

struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Recommend a type and layout for each column, with exact bytes before and after.")

  @OptionGroup var reading: ReadingArguments

  @Option(help: "Output format: table, json, markdown or csv.")
  var format = "table"

  @Option(help: "Engine to compare with: pandas, pandas-nullable, polars or arrow.")
  var baseline = "pandas"

  @Option(
    help: ArgumentHelp(
      "Print code that loads the file with the lean types: pandas, polars, pyarrow, duckdb,"
        + " dask, spark, sql or swift.", valueName: "engine"))
  var emit: String?

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
    if let emit { try check("emit", emit, in: Loaders.all.map(\.name)) }
    guard emit == nil || lean.options.columns == nil else {
      throw ValidationError("--emit: a loader reads all columns; leave out --columns")
    }
    guard !closedCategories || savePlan != nil else {
      throw ValidationError("--closed-categories: it is for a plan that is made: add --save-plan")
    }
    try check("baseline", baseline, in: Baselines.all.map(\.name))
  }

  func run() throws {
    let start = ContinuousClock.now
    let text = try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      () -> String in
      let options = try reading.options(with: lean)
      let policy = options.layout(for: emit)
      let progress = ProgressLine(paths: reading.paths)
      var request = try options.table(reading.paths)
      request.countsExactly = exactDistinct
      request.obstacles = emit == nil ? .few : .none
      request.progress = progress?.callback
      let typing = request.typing
      let loaded = try request.load(keepsValues: false, countsDistinct: true)
      let plan = savePlan.map { _ in
        DietPlan(
          lastingFor: loaded, policy: policy, typing: typing, closesCategories: closedCategories)
      }
      let table = try LeanTable(finishing: loaded, plan: nil, policy: policy)
      progress?.finish()
      try reading.report(on: table.loaded.source)
      if let savePlan { try plan?.write(toFile: savePlan) }
      if let loader = emit.flatMap(Loaders.named) {
        return loader.text(
          for: try reading.loaderTable(
            of: table, typing: typing, categories: options.categories))
      }
      var assembly = ReportAssembly(
        table: table, baseline: Baselines.named(baseline) ?? Baselines.standard,
        categories: options.categories, wallSeconds: (ContinuousClock.now - start).seconds,
        threadCount: table.threadCount)
      if measure, table.loaded.rowCount > 0 {
        let plan = DietPlan(of: table.recommendations, policy: policy, typing: typing)
        assembly.add(
          try MeasuredColumns(inputs: request.inputs, reading: request.reading, plan: plan))
      }
      assembly.wallSeconds = (ContinuousClock.now - start).seconds
      guard let format = ReportFormats.named(format) else { return "" }
      var report = assembly.report
      report.readingOptions = words(of: options)
      if reading.paths != report.input.files { report.input.named = reading.paths }
      return format.text(of: report, usesColor: usesColor)
    }
    try writeToStandardOutput(text)
  }

  /// The options that `apply` takes, too, as words of a command line.
  private func words(of options: ReadingOptions) -> [String] {
    let changesValues = options.layout.floatErrorLimit != nil
    var others = options
    // The plan says how columns are stored.
    if savePlan != nil { others.layout = LayoutPolicy() }
    return others.words() + (savePlan.map { ["--plan", $0] } ?? [])
      + (changesValues ? ["--allow-lossy"] : [])
  }
}

extension ReadingOptions {
  /// How columns are stored, with the room for sums where `engine` adds up 32 bits in 32 bits.
  func layout(for engine: String?) -> LayoutPolicy {
    var policy = layout
    policy.room = policy.room.read(by: engine.flatMap(TargetEngine.init) ?? .any)
    return policy
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
