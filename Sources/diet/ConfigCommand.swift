import ArgumentParser
import DietReport
import Settings

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Show what settings files and variables say.",
    subcommands: [ConfigShowCommand.self])
}

struct ConfigShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print each setting, its value, and where it comes from.",
    discussion: """
      Without a verb, all that files and variables set; with one, each of its options with the value that holds. \
      What another setting takes the place of is marked.
      """)

  @Argument(
    help: "The verb whose options are shown.",
    completion: .list(RunSettings.catalogue.names))
  var verb: String?

  @OptionGroup var terminal: TerminalArguments

  @Option(help: .formats(OutputFormats.names), completion: .list(OutputFormats.names))
  var format = "table"

  func validate() throws {
    try check("format", format, in: OutputFormats.names)
    guard let verb else { return }
    let names = RunSettings.catalogue.names
    guard names.contains(verb) else { throw ValidationError(unknownVerb(verb, among: names)) }
  }

  func run() throws {
    let environment = RunSettings.environment
    let settings: Settings
    do {
      settings = try Settings(
        verbs: RunSettings.catalogue, verb: verb,
        files: terminal.noConfig
          ? []
          : SettingsFiles.found(from: RunSettings.folder, environment: environment),
        environment: terminal.noConfig ? [:] : environment)
    } catch {
      throw CommandFailure(code: 64, message: error.description)
    }
    let report = SettingsReport(settings, verb: verb)
    try writeToStandardOutput(report.text(format: format, usesColor: usesColor))
  }
}
