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

  @Option(help: .formats(OutputFormats.names), completion: .list(OutputFormats.names))
  var format = "table"

  func validate() throws {
    try check("format", format, in: OutputFormats.names)
  }

  func run() throws {
    let text = try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      let (reading, names) = readingAndColumns
      let progress = ProgressLine()
      var profiling = ProfilingOptions()
      profiling.countsDistinct = false
      profiling.obstacles = .all
      profiling.obstacleColumns = names.isEmpty ? nil : Set(names)
      let profile = try reading.reader(progress: progress).profile(profiling)
      progress?.finish()
      try reading.report(on: profile.summary.source)
      let report = try profile.obstacleReport(columns: names)
      return report.text(format: format, usesColor: usesColor)
    }
    try writeToStandardOutput(text)
  }

  /// The files, and the columns: what follows the first file and is no file names a column.
  private var readingAndColumns: (ReadingArguments, [String]) {
    var reading = reading
    let others = reading.paths.dropFirst()
    let names =
      columns.flatMap(ColumnNames.names) + others.filter { $0 != "-" && access($0, F_OK) != 0 }
    reading.paths = reading.paths.prefix(1) + others.filter { !names.contains($0) }
    return (reading, names)
  }
}
