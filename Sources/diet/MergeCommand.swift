import ArgumentParser
import FileIO
import TabularDiet
import Wording

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the profiles or scans of parts together, in any order, some or all of them.")

  @Argument(
    help: ArgumentHelp(
      "Profiles that `diet profile` or `diet merge` has written, or scans; folders of them, patterns such as 'profiles/*.profile'."
    ),
    completion: .file())
  var parts: [String]

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Output file.", valueName: "file"),
    completion: .file())
  var output: String

  @OptionGroup var memory: MemoryArguments

  func run() throws {
    try CommandFailure.wrapping {
      // A part that the whole took the place of could not be merged again.
      var files = RunFiles(reading: [])
      let isOfScans = FileScan.isAmong(parts)
      let parts = try isOfScans ? FileScan.files(parts) : MergeableProfile.files(parts)
      for part in parts { files.read(part, as: "one of the parts") }
      try files.write(output, option: "-o")
      if isOfScans {
        try FileScan.refuseToReplaceOther(atPath: output)
        return try FileScan(contentsOf: parts).write(toFile: output)
      }
      try MergeableProfile.refuseToReplaceOther(atPath: output)
      try RunLog.timed("merged \(CountText(parts.count, "profile"))") {
        try MergeableProfile(contentsOf: parts).write(toFile: output)
      }
    }
  }
}
