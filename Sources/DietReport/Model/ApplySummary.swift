package import Columnar
package import Wording

/// What `diet apply` wrote.
package struct ApplySummary: Report, Hashable {
  package static let schemaVersion = 1

  /// The file that was read, and the one that was written.
  package var inputPath: String
  /// The other files of the table, in the order in which they were read.
  package var furtherInputPaths: [String]
  package var outputPath: String
  package var rowCount: Int
  package var columnCount: Int
  /// Lines as wide as the table that were read as parts of quoted fields.
  package var swallowedLineCount: Int
  /// The bytes of the lean table in memory, and of the file written.
  package var leanByteCount: Int
  package var fileByteCount: Int
  /// The certificate in one line: what was checked, and the digest.
  package var certificate: String
  package var notes: [Note]
  /// The options that the source was read with, which verifying it takes again.
  package var readingOptions: [String]
  package var timing: AnalysisReport.Timing

  package init(
    inputPath: String, furtherInputPaths: [String] = [], readingOptions: [String] = [],
    outputPath: String, rowCount: Int, columnCount: Int, swallowedLineCount: Int = 0,
    leanByteCount: Int, fileByteCount: Int,
    certificate: String, notes: [Note] = [], timing: AnalysisReport.Timing
  ) {
    self.inputPath = inputPath
    self.furtherInputPaths = furtherInputPaths
    self.readingOptions = readingOptions
    self.outputPath = outputPath
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.swallowedLineCount = swallowedLineCount
    self.leanByteCount = leanByteCount
    self.fileByteCount = fileByteCount
    self.certificate = certificate
    self.notes = notes
    self.timing = timing
  }

  /// The summary for a terminal, at most 80 columns wide.
  package func table(usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    let size =
      "\(CountText(rowCount, "row")) × \(CountText(columnCount, "column"))"
      + SwallowedText(swallowedLineCount).description
    let title = FileTitle(outputPath).text(facts: " · \(size) · \(ByteText(fileByteCount))")
    var text = title.lines(of: reportWidth).map { ink.paint($0, .bold) + "\n" }.joined()
    let width = LabelledLines.textWidth
    var paragraphs = LabelledLines(ink: ink)
    let run = [
      "\(ByteText(leanByteCount)) lean in memory", "\(SecondsText(timing.wallSeconds))",
      "\(CountText(timing.threadCount, "thread"))",
    ]
    paragraphs.add("this run", run.lines(of: width, separator: " · "))
    paragraphs.add("proof", certificate.lines(of: width))
    paragraphs.add(notes: notes)
    var command = ShellCommand(["diet", "verify"])
      .adding(paths: [outputPath], placeholder: "LEAN")
      .adding(words: ["--against"]).adding(paths: [inputPath], placeholder: "FILE")
    // Each by itself: a table of many files is verified against all of them.
    for path in furtherInputPaths { command = command.adding(paths: [path], placeholder: "FILE") }
    command = command.adding(words: readingOptions)
    if inputPath != "-" { paragraphs.add("next", command.lines(of: width)) }
    text += paragraphs.text
    return text
  }

  package var jsonText: JSONText {
    .object([
      ("schema_version", .integer(Self.schemaVersion)),
      ("input", .string(inputPath)),
      ("output", .string(outputPath)),
      ("rows", .integer(rowCount)),
      ("columns", .integer(columnCount)),
      ("bytes", .object([("lean", .integer(leanByteCount)), ("file", .integer(fileByteCount))])),
      ("certificate", .string(certificate)),
      ("notes", .notes(notes)), ("note_codes", .codes(notes)),
      ("timing", timing.json),
    ])
  }
}
