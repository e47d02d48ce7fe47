import ArgumentParser
import Columnar
import Platform

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
      MergeCommand.self, PlanCommand.self,
    ])

  static func main() {
    // A reader that goes away is told by the write that fails.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that has reached the size that it may have.
    signal(SIGXFSZ, SIG_IGN)
    openStandardStreams()
    do {
      try refuseUnknownVerb()
      let arguments = ReadingArguments.joiningCollect(Array(CommandLine.arguments.dropFirst()))
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let failure as CommandFailure {
      failure.report()
    } catch {
      exit(withError: error)
    }
  }

  private static func refuseUnknownVerb() throws {
    guard let verb = CommandLine.arguments.dropFirst().first, !verb.hasPrefix("-"), verb != "help"
    else { return }
    let verbs = configuration.subcommands.map { $0._commandName }
    if verbs.contains(verb) { return }
    throw ValidationError(
      "there is no verb '\(verb)'; verbs are \(verbs.joined(separator: ", "))")
  }

  /// Where a stream was closed, the next file to be opened would get its number, and what is meant
  /// for the stream would go into that file.
  private static func openStandardStreams() {
    for stream in 0...2 as ClosedRange<Int32> where fcntl(stream, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDWR)
    }
  }
}
