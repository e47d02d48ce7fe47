import ArgumentParser
import Glibc

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
    version: "0.1.0",
    subcommands: [
      AnalyzeCommand.self, ApplyCommand.self, VerifyCommand.self, CatCommand.self,
    ])

  static func main() {
    // A reader that goes away is told by the write that fails.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as CommandFailure {
      failure.report()
    } catch {
      exit(withError: error)
    }
  }
}
