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

  @Option(help: "Output format: table or json, which is an array for several files.")
  var format = "table"

  func validate() throws {
    try check("format", format, in: ["table", "json"])
  }

  func run() throws {
    let reader = try CommandFailure.wrapping { try reading.singleReader() }
    for note in reader.fileNotes { writeToStandardError("diet: note: \(note)\n") }
    var reports: [SniffReport] = []
    for path in reader.files {
      let report = try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
        try reader.sniff(path)
      }
      reports.append(report)
      if format == "table" { try writeToStandardOutput(report.table(usesColor: usesColor)) }
    }
    if format == "json" {
      try writeToStandardOutput(reports.count == 1 ? reports[0].json : reports.json)
    }
  }
}
