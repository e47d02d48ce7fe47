import ArgumentParser
import FileIO
import TabularDiet

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the profiles of parts together, in any order, some or all of them.")

  @Argument(help: ArgumentHelp("Profiles that `diet profile` or `diet merge` has written."))
  var parts: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("Output file.", valueName: "file"))
  var output: String

  func run() throws {
    try CommandFailure.wrapping {
      // One of the parts may be replaced by the whole: it is read before.
      try MergeableProfile.refuseToReplaceOther(atPath: output)
      try MergeableProfile(contentsOfFiles: parts).write(toFile: output)
    }
  }
}
