import ArgumentParser
import Columnar
import DietReport
import Platform
import Settings

/// The command: its verbs. Each is a file; none has logic of its own.
@main
struct Diet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diet",
    abstract: "The memory diet for tabular data: true bytes, nothing lost.",
    usage: """
      diet analyze flights.csv
      diet apply flights.csv -o lean.arrow
      diet verify lean.arrow --against flights.csv
      """,
    version: dietVersion,
    subcommands: [
      AnalyzeCommand.self, ApplyCommand.self, VerifyCommand.self, CatCommand.self,
      SniffCommand.self, WhyCommand.self, LockCommand.self, CheckCommand.self, DiffCommand.self,
      HistoryCommand.self, BenchCommand.self, ScanCommand.self,
      ProfileCommand.self,
      MergeCommand.self, PlanCommand.self, ConfigCommand.self, ManualCommand.self,
    ])

  /// The verbs that help has.
  static var verbs: [any ParsableCommand.Type] {
    configuration.subcommands.filter { $0.configuration.shouldDisplay }
  }

  static func main() {
    // A reader that goes away is told by the write that fails.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that has reached the size that it may have.
    signal(SIGXFSZ, SIG_IGN)
    openStandardStreams()
    var end = RunEnd()
    do {
      try refuseUnknownVerb()
      let words = ReadingArguments.joiningCollect(Array(CommandLine.arguments.dropFirst()))
      let settings = try RunSettings(words)
      end.settings = settings
      var command = try parseAsRoot(settings.arguments)
      end.verb = type(of: command)
      for note in settings.notes { RunLog.note(note) }
      let folders = GateRun.folders(RunSettings.environment, workingFolder: RunSettings.folder)
      try GateFolders.$ofRun.withValue(folders) {
        try ReportWidth.$ofTables.withValue(terminalWidth(of: 1).map { max($0, 80) } ?? 80) {
          try PrintedNotes.$areWanted.withValue(RunLog.level != .quiet) { try command.run() }
        }
      }
      RunLog.end()
    } catch {
      end.exit(with: error)
    }
  }

  private static func refuseUnknownVerb() throws {
    guard let verb = CommandLine.arguments.dropFirst().first, !verb.hasPrefix("-"), verb != "help"
    else { return }
    if configuration.subcommands.contains(where: { $0._commandName == verb }) { return }
    throw ValidationError(unknownVerb(verb, among: verbs.map { $0._commandName }))
  }

  /// Where a stream was closed, the next file to be opened would get its number, and what is meant
  /// for the stream would go into that file.
  private static func openStandardStreams() {
    for stream in 0...2 as ClosedRange<Int32> where fcntl(stream, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDWR)
    }
  }
}

/// Says that there is no such verb, and which was probably meant.
func unknownVerb(_ verb: String, among verbs: [String]) -> String {
  let list = verbs.joined(separator: ", ")
  guard let nearest = verb.nearestName(in: verbs) else {
    return "there is no verb '\(verb)'; verbs are \(list)"
  }
  return "there is no verb '\(verb)'; did you mean '\(nearest)'? Verbs are \(list)"
}
