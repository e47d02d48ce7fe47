import ArgumentParser
import Columnar
import DietReport
import FileIO
import MemoryDiet
import TabularDiet

struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Say what each column needs: bytes before and after, and why.")

  @OptionGroup var reading: ReadingArguments

  @Option(help: "table, json, markdown or csv.")
  var format = "table"

  @Option(help: "What \"before\" is: pandas, pandas-nullable, polars or arrow.")
  var baseline = "pandas"

  @Option(
    help: ArgumentHelp(
      "Print code instead that reads the file into the lean types: pandas, polars, pyarrow, duckdb,"
        + " dask, spark, sql or swift.", valueName: "engine"))
  var emit: String?

  @Option(help: ArgumentHelp("Only these columns.", valueName: "a,b"))
  var columns: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Leave these columns in their plain wide layout.", valueName: "a,b"))
  var keep: [String] = []

  @Flag(help: "Allow integers without a sign.")
  var unsigned = false

  @OptionGroup var rounding: RoundingArguments

  @OptionGroup var categories: CategoryArguments

  @OptionGroup var room: RoomArguments

  @Flag(help: "Count distinct values exactly past 2^20, too; each takes memory.")
  var exactDistinct = false

  @Flag(inversion: .prefixedNo, help: "Measure kernels, wide against lean.")
  var measure = true

  @Option(help: ArgumentHelp("Save the plan as JSON, to apply it again.", valueName: "file"))
  var savePlan: String?

  @Flag(help: "Let words that are not among a saved plan's categories be errors later.")
  var closedCategories = false

  func validate() throws {
    guard ReportFormats.named(format) != nil else {
      throw ValidationError(
        "--format: '\(format)' is none of "
          + ReportFormats.all.map(\.name).joined(separator: ", "))
    }
    if let emit, Loaders.named(emit) == nil {
      let names = Loaders.all.map(\.name).joined(separator: ", ")
      throw ValidationError("--emit: '\(emit)' is none of \(names)")
    }
    guard emit == nil || columns == nil else {
      throw ValidationError("--emit: a loader reads all columns; leave out --columns")
    }
    guard !closedCategories || savePlan != nil else {
      throw ValidationError("--closed-categories: it is for a plan that is made: add --save-plan")
    }
    guard Baselines.named(baseline) != nil else {
      throw ValidationError(
        "--baseline: '\(baseline)' is none of "
          + Baselines.all.map(\.name).joined(separator: ", "))
    }
  }

  func run() throws {
    let start = ContinuousClock.now
    let text = try CommandFailure.wrapping(isStrict: reading.dialect.refusesBadRecords) {
      () -> String in
      let policy = LayoutPolicy(
        allowsUnsigned: unsigned, keptColumns: Self.columnSet(keep),
        floatErrorLimit: rounding.limit, room: room.room(for: emit))
      let progress = ProgressLine(paths: reading.paths)
      var request = try reading.table()
      request.only = Self.columnSet(columns)
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
            of: table, typing: typing, categories: categories.policy))
      }
      var assembly = ReportAssembly(
        table: table, baseline: Baselines.named(baseline) ?? Baselines.standard,
        categories: categories.policy, wallSeconds: (ContinuousClock.now - start).seconds,
        threadCount: table.threadCount)
      if measure, table.loaded.rowCount > 0 {
        let plan = DietPlan(of: table.recommendations, policy: policy, typing: typing)
        assembly.add(
          try MeasuredColumns(inputs: request.inputs, reading: request.reading, plan: plan))
      }
      assembly.wallSeconds = (ContinuousClock.now - start).seconds
      guard let format = ReportFormats.named(format) else { return "" }
      var report = assembly.report
      report.readingOptions = reading.optionWords + optionWords
      if reading.paths != report.input.files { report.input.named = reading.paths }
      return format.text(of: report, usesColor: usesColor)
    }
    try writeToStandardOutput(text)
  }

  /// The options of this verb that `apply` takes, too, as a shell takes them.
  private var optionWords: [String] {
    var words: [String] = []
    if let columns { words += ["--columns", columns] }
    if let savePlan {
      // The plan has the others.
      words += ["--plan", savePlan] + (rounding.floatError == nil ? [] : ["--allow-lossy"])
      return words + categories.words
    }
    for names in keep { words += ["--keep", names] }
    if unsigned { words.append("--unsigned") }
    if let floatError = rounding.floatError {
      words += ["--float-error", floatError, "--allow-lossy"]
    }
    words += categories.words + room.words
    return words
  }

  static func columnSet(_ text: String?) -> Set<String>? { text.map { columnSet([$0]) } }

  static func columnSet(_ texts: [String]) -> Set<String> {
    Set(texts.flatMap(ColumnNames.names))
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
