package import DelimitedText
public import DietReport
import FileIO
import Options
import Pipeline
import Platform
import Typing

extension TableReader {
  /// How the first file spells its table, how sure that is, and the options that say the same. The start of the
  /// file is read, up to a megabyte.
  ///
  /// - Throws: `OptionError` where options are not for text; `ReadingError`, where the file is no text, too.
  public func sniff() throws -> SniffReport { try sniff(files.first ?? paths[0]) }

  /// The same of one of the files.
  package func sniff(_ path: String) throws -> SniffReport {
    let typing = try options.typingOptions()
    try refuseTypes(path, "\(command: "diet", "analyze", path) says what they are")
    let input = inputs.first { $0.path == path }?.whole ?? .path(path)
    // Each file by itself.
    var reading = options.reading()
    reading.files = FileOptions()
    var report = SniffReport(
      try SniffedFile(input, options: reading), path: path, typing: typing)
    // What the folder has beside its files is said once.
    if path == files.first { report.notes = fileNotes + report.notes }
    return report
  }

  /// The first records as they were read, in another spelling.
  ///
  /// - Parameter limit: How many; `nil` for all.
  /// - Throws: `ReadingError`, where a file is no text, too.
  package func records<Spelling: RecordSpelling>(
    as spelling: Spelling.Type, limit: Int?
  ) throws -> RecordText<Spelling> {
    for path in files {
      try refuseTypes(path, "without --text, its values are printed")
    }
    var reading = options.reading()
    reading.files.notes = fileNotes
    return try RecordText(
      inputs, options: reading, as: spelling, drop: Set(options.drop), recordLimit: limit ?? .max)
  }

  /// Throws where a file is no text. What can be read only once is not looked at.
  ///
  /// - Parameter advice: What to do instead, or why it is refused.
  package func refuseTypes(_ path: String, _ advice: Sentence) throws {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let format = try TypedFileFormats.format(of: .path(path))
    else { return }
    throw ReadingError(
      .unsupportedInput, file: path, "this is \(format.words), whose columns have types",
      remedy: advice)
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
