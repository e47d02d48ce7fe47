import ArgumentParser
import Columnar
import DelimitedText
import DietReport
import FileIO
import Options
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

  @Option(help: "Output format: table or json.")
  var format = "table"

  func validate() throws {
    try check("format", format, in: ["table", "json"])
  }

  func run() throws {
    let files = try CommandFailure.wrapping {
      try reading.files()
    }
    for note in files.notes { writeToStandardError("diet: note: \(note)\n") }
    for path in files.inputs.map(\.path) {
      let report = try CommandFailure.wrapping(isStrict: reading.options.refusesBadRecords) {
        let typing = try reading.options.typingOptions()
        try ReadingArguments.refuseTypedFile(path, "there is no dialect to find")
        // Each file by itself.
        var options = reading.options.reading()
        options.files = FileOptions()
        return SniffReport(
          try SniffedFile(.path(path), options: options), path: path, typing: typing)
      }
      try writeToStandardOutput(
        format == "json" ? report.json : report.table(usesColor: usesColor))
    }
  }
}

extension SniffReport {
  fileprivate init(_ file: SniffedFile, path: String, typing: TypingOptions) {
    func text(_ byte: UInt8) -> String { String(UnicodeScalar(byte)) }
    let finding = file.finding
    self.init(
      path: path, dialect: AnalysisReport.Dialect(finding.dialect, finding.surroundings),
      hasByteOrderMark: finding.hasByteOrderMark,
      decimal: (typing.decimalSeparator ?? finding.decimalSeparator).map(text),
      thousands: typing.thousandsSeparator.map(text),
      columns: file.columnNames, confidence: finding.confidence, reasons: finding.reasons,
      rejected: finding.rejected.map {
        Rejection(
          delimiter: $0.delimiter, quote: $0.quote.map(text), escape: $0.escape.map(text),
          reason: $0.reason)
      },
      runnerUp: finding.runnerUp.map { OtherReading(option: $0.option, outcome: $0.outcome) },
      notes: file.notes, options: ReadingOptions(forcing: file).shellOptions)
  }
}
