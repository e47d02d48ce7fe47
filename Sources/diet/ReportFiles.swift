import ArgumentParser
import DietReport
import FileIO
import Platform
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

extension ReportFiles {
  /// Writes why there is no report into each file: an older one would pass for this run's.
  ///
  /// - Parameter names: What the run reads, where it ended before it was known that no report is of that; a file that
  ///   is there and no report then stays.
  func write(_ failure: GateFailure, besides names: [String]?) {
    var used = RunFiles(reading: [])
    for name in names ?? [] { used.read(name, as: "read") }
    for case (let format, let path?) in files {
      // The message of the run says it, or no report was to be there.
      guard (try? used.write(path)) != nil else { continue }
      do {
        guard names == nil || Self.isReport(path) else {
          RunLog.note("\(path) stays as it is, for it is no report")
          continue
        }
        try writeFile(failure.text(format: format, usesColor: false), to: path)
      } catch {
        writeToStandardError("diet: \((error as? CommandFailure)?.message ?? error.inCommands)\n")
      }
    }
  }

  /// Whether a file is not there, or begins as a report does.
  private static func isReport(_ path: String) -> Bool {
    guard access(path, F_OK) == 0 else { return true }
    guard let start = try? CSVInput.path(path).start(byteCount: 4096) else { return false }
    let text = String(decoding: start, as: UTF8.self)
    return start.isEmpty
      || ["<?xml", "<!", "[", "{", "**diet ", "### ", "::", "diet "].contains {
        text.hasPrefix($0)
      }
      || text.split(separator: "\n").dropFirst().first.map { $0.hasPrefix("It is ") } ?? false
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
