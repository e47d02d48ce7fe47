import ArgumentParser
import DietReport
import TabularDiet

/// Where a run is told of, for those who keep track of which tables come from which.
struct LineageArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write what was read and written as a run event of OpenLineage; - is standard output.",
      valueName: "file"))
  var openlineage: String?

  func validate() throws {
    guard let openlineage, openlineage.contains("://") else { return }
    throw ValidationError(
      "--openlineage: '\(openlineage)' is no file; write one, and send it: `curl -X POST"
        + " \(openlineage.shellWord) -H 'Content-Type: application/json' -d @FILE`")
  }

  /// Whether the event goes to standard output, so that nothing else may.
  var takesStandardOutput: Bool { openlineage == "-" }

  /// Tells which file it is, before anything is read.
  func add(to files: inout RunFiles) throws {
    if let openlineage, openlineage != "-" {
      try files.write(openlineage, option: "--openlineage")
    }
  }

  /// Writes the event, where it is asked for.
  func write(_ event: @autoclosure () -> LineageEvent) throws {
    guard let openlineage else { return }
    let text = event().jsonText.document
    if takesStandardOutput {
      try writeToStandardOutput(text)
    } else {
      try writeFile(text, to: openlineage)
    }
  }
}
