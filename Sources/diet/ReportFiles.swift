import ArgumentParser
import DietReport
import FileIO
import TabularDiet

/// Files that a report is written to, beside what is printed: a job of CI wants several, of one run.
struct ReportFiles: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Also write the report into a file, as in junit=diet.xml. May be repeated.",
      valueName: "format=file"))
  var report: [String] = []

  func validate() throws {
    for (format, path) in files {
      guard let path, !path.isEmpty, path != "-" else {
        throw ValidationError("--report: '\(format)' names no file, as junit=diet.xml does")
      }
      try check("report", format, in: CheckReport.formats)
    }
  }

  private var files: [(format: String, path: String?)] {
    report.map { words in
      let parts = words.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
    }
  }

  /// Tells which files they are, before anything is read.
  func add(to files: inout RunFiles) throws {
    for case (_, let path?) in self.files { try files.write(path, option: "--report") }
  }

  func write(_ report: any GateReport) throws {
    for case (let format, let path?) in files {
      guard type(of: report).formats.contains(format) else {
        throw ValidationError("--report: there is no page of this; leave out \(format)")
      }
      try writeFile(report.text(format: format, usesColor: false), to: path)
    }
  }
}

/// Writes a text to a file, which is there whole or not at all.
func writeFile(_ text: String, to path: String) throws {
  try CommandFailure.wrapping {
    var text = text
    let file = try AtomicFile(path: path)
    try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0), at: 0) }
    try file.commit()
  }
}
