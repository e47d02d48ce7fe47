import ArgumentParser
import DietReport
import TabularDiet

struct SniffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sniff", abstract: "Detect a file's CSV dialect and report confidence.",
    discussion: """
      Prints delimiter, quote, escape, header, preamble, footer, comments, spaces, line ends, \
      encoding and decimal separator, the rejected alternatives with reasons, and the options that \
      force the detected dialect.
      """)

  @OptionGroup var reading: ReadingArguments

  @Option(help: .formats(OutputFormats.names), completion: .list(OutputFormats.names))
  var format = "table"

  func validate() throws {
    try check("format", format, in: OutputFormats.names)
    guard reading.options.rejectsPath == nil else {
      throw ValidationError("--on-bad-record: sniffing leaves out no record that could be written")
    }
  }

  func run() throws {
    let reader = try CommandFailure.wrapping { try reading.singleReader() }
    for note in reader.fileNotes { RunLog.note(note) }
    let reports = try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
      try RunLog.timed("sniffed") { try reader.files.map { try reader.sniff($0) } }
    }
    try writeToStandardOutput(SniffReports(reports).text(format: format, usesColor: usesColor))
  }
}
