import ArgumentParser
import Contracts
import DietReport
import Options
import TabularDiet

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract:
      "Say when columns leave their width, and dictionaries fill, if a table goes on as it did.",
    discussion: """
      Takes locks, profiles or tables of several times, four at the least. Times are read from their \
      names, such as 2026-03; where there are none, files are taken in their order.
      """)

  @Argument(
    help: "Locks, profiles or tables, one a time, or folders or patterns of them.",
    completion: .file())
  var paths: [String]

  @OptionGroup var given: OptionArguments<TableScope>

  @OptionGroup var memory: MemoryArguments

  @Option(help: ArgumentHelp("Bytes that the lean table may have, as 2GB.", valueName: "size"))
  var budget: String?

  @Option(help: ArgumentHelp("Look so many months, days or tables ahead.", valueName: "n"))
  var ahead: Int?

  @Option(help: .formats(OutputFormats.names))
  var format = "table"

  func validate() throws {
    try check("format", format, in: OutputFormats.names)
    if let budget { _ = try ByteSize.checked(budget, option: "budget") }
    guard (1...1000).contains(ahead ?? 1) else {
      throw ValidationError("--ahead: \(ahead ?? 0) is not between 1 and 1000")
    }
  }

  func run() throws {
    let report = try CommandFailure.wrapping { () -> HistoryReport in
      let files = try HistoryFiles(paths, options: given.options)
      if let note = files.note { RunLog.note(note) }
      let history = TableHistory(files.entries)
      let bytes = try budget.map { try ByteSize.checked($0, option: "budget").byteCount }
      return HistoryReport(history, history.forecasts(budget: bytes, horizon: ahead))
    }
    try writeToStandardOutput(report.text(format: format, usesColor: usesColor))
  }
}
