import ArgumentParser
import Columnar
import DietReport
import FileIO
import MemoryDiet
import Platform
import TabularDiet

struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Find the values that keep a column from a narrower type.",
    discussion: """
      Lists, for each narrower type, the values that do not fit it by kind, with counts and line \
      numbers, and the bytes without them. Suggests an option only if it changes no other value.
      """)

  @OptionGroup var reading: ReadingArguments

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Examine only these columns. They may also follow the file.", valueName: "a,b"))
  var columns: [String] = []

  @Option(help: "Output format: table or json.")
  var format = "table"

  func validate() throws {
    try check("format", format, in: ["table", "json"])
  }

  func run() throws {
    let start = ContinuousClock.now
    let text = try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      var reading = reading
      var names = columns.flatMap(ColumnNames.names)
      // What follows the first file and is no file names a column.
      let others = reading.paths.dropFirst()
      names += others.filter { $0 != "-" && access($0, F_OK) != 0 }
      reading.paths = reading.paths.prefix(1) + others.filter { !names.contains($0) }
      let progress = ProgressLine(paths: reading.paths)
      var request = try reading.options.table(reading.paths)
      request.obstacles = .all
      request.obstacleColumns = names.isEmpty ? nil : Set(names)
      request.progress = progress?.callback
      let table = try LeanTable(
        finishing: try request.load(keepsValues: false, countsDistinct: false), plan: nil,
        policy: LayoutPolicy())
      progress?.finish()
      try reading.report(on: table.loaded.source)
      let report = try ReportAssembly(
        table: table, baseline: Baselines.standard,
        wallSeconds: (ContinuousClock.now - start).seconds, threadCount: table.threadCount
      ).obstacleReport(columns: names)
      return format == "json" ? report.json : report.table(usesColor: usesColor)
    }
    try writeToStandardOutput(text)
  }
}
