import Columnar
import FileIO

/// An input opened and read as far as its header: its dialect, its first record, where data begins.
package struct CSVFileStart {
  /// What follows the header.
  private(set) var source: any ByteSource
  let finding: DialectFinding
  var dialect: CSVDialect { finding.dialect }
  /// The first record's fields: the header's, or data; none in an empty input.
  let fields: [[UInt8]]
  /// The bytes of the header's first record, without its line end; `nil` where there is none.
  let headerText: [UInt8]?
  /// The offset in the decoded text, and the line, of the first data record.
  let dataOffset: Int
  let dataLine: Int
  /// What stands behind the text, where the start or the end that was read ahead shows it.
  let ending: TextEnding?
  /// What is odd about the text as a whole, and a mark before the header.
  private(set) var oddities: [RecordFindings.Kind] = []

  /// Opens an input of which nothing is known.
  init(_ input: CSVInput, detection: CSVDetection) throws {
    try self.init(input, detection: detection, known: nil)
  }

  /// Opens an input that must look like those before it.
  init(
    _ input: CSVInput, following table: CSVTableSource, detection: CSVDetection
  ) throws {
    try self.init(input, detection: detection, known: table.dialect)
    guard dialect.hasHeader, !fields.isEmpty else { return }
    let names = HeaderNames.unique(fields)
    if names == table.columnNames { return }
    throw Self.mismatch(names, in: input.name, table: table)
  }

  private init(_ input: CSVInput, detection: CSVDetection, known: CSVDialect?) throws {
    let options = detection.options
    var source = try input.open(
      encoding: options.encoding, digestAlgorithm: options.digestAlgorithm,
      maximumExpansion: options.maximumExpansion, refusing: options.typedFormats)
    // Records that are kept as they stand keep their bytes.
    if options.invalidUTF8 == .replace, options.badRecords != .collected {
      source = DelimiterlessSource(source)
    }
    if options.skippedFooterLineCount > 0 {
      source = FooterlessSource(source, lineCount: options.skippedFooterLineCount)
    }
    var sample = try CSVSample(source, skippedLineCount: options.skippedLineCount)
    if source.remarks.contains(.unmarkedUTF16) { oddities.append(.unmarkedUTF16) }
    if source.remarks.contains(.joinedLineEnds) { oddities.append(.joinedLineEnds) }
    while true {
      let tail = options.skippedFooterLineCount > 0 ? nil : try sample.tail(of: source)
      var finding = detection.finding(
        in: sample, tail: tail.map { ($0.bytes, $0.offset) }, known: known)
      let dialect = finding.dialect
      let start = sample.textStart + finding.tableStart
      let header = sample.records(
        dialect.hasHeader ? dialect.headerRecordCount : 1, from: start, dialect)
      if let header {
        if dialect.hasHeader && options.invalidUTF8 == .error {
          for record in header { try sample.validateText(of: record, file: source.name) }
        }
        finding.surroundings.hasBlankLineAbove = header[0].lowerBound > start
        finding.surroundings.linesAbove = sample.line(of: header[0].lowerBound) - 1
        let dataStart = dialect.hasHeader ? header.last!.upperBound : header[0].lowerBound
        var records = header.map { sample.fields(of: $0, dialect) }
        if dialect.hasHeader, records[0].first?.starts(with: MarkedBlock.mark) == true {
          records[0][0].removeFirst(MarkedBlock.mark.count)
          oddities.append(.mark)
        }
        let fields =
          dialect.hasHeader ? HeaderNames.names(in: records, dialect.headerForm) : records[0]
        guard fields.count <= CSVTableSource.columnLimit else {
          throw ReadingError.tooManyColumns(
            fields.count, file: source.name, line: sample.line(of: header[0].lowerBound),
            byteOffset: header[0].lowerBound)
        }
        self.finding = finding
        self.fields = fields
        headerText =
          dialect.hasHeader
          ? BadRecordFilter.text(of: UnsafeBufferPointer(rebasing: sample.bytes[header[0]])) : nil
        ending = sample.ending ?? tail?.ending
        dataOffset = dataStart
        dataLine = sample.line(of: dataStart)
        let rest = sample.source(from: dataStart, then: source)
        self.source =
          finding.tableEnd.map { TruncatedSource(rest, byteCount: max(0, $0 - dataStart)) } ?? rest
        return
      }
      if sample.isComplete {
        if let quote = sample.openQuote(from: start, dialect) {
          throw ReadingError.unterminatedQuote(
            file: source.name, line: sample.line(of: quote), byteOffset: quote,
            text: sample.bytes[quote...], isHeader: true)
        }
        // Nothing, or blank lines only.
        self.finding = finding
        fields = []
        headerText = nil
        ending = sample.ending
        dataOffset = sample.byteCount
        dataLine = 1
        self.source = sample.source(from: dataOffset, then: source)
        return
      }
      guard sample.byteCount < detection.recordByteLimit else {
        throw ReadingError.recordTooLong(
          file: source.name, line: sample.line(of: sample.textStart),
          byteOffset: sample.textStart, limit: detection.recordByteLimit)
      }
      try sample.grow(source)
    }
  }

  /// The same input, to be read on from another place, of stored text.
  func moved(to offset: Int) -> CSVFileStart {
    var moved = self
    moved.source = StoredTextSource(source, from: offset)
    return moved
  }

  /// What was read of the stored file, once `source` is at its end.
  func finish() -> CSVChunkReader.FinishedInput {
    CSVChunkReader.FinishedInput(name: source.name, stored: source.storedInput)
  }

  private static func mismatch(
    _ names: [String], in file: String, table: CSVTableSource
  ) -> ReadingError {
    let expected = table.columnNames
    let first = table.inputs[0].name
    if names.count == 1, expected.count > 1,
      let sign = ",;\t|".utf8.first(where: { sign in
        names[0].utf8.split(separator: sign, omittingEmptySubsequences: false).count
          == expected.count
      })
    {
      return ReadingError(
        .headerMismatch, file: file, line: 1,
        "its delimiter seems to be `\(CSVDialect.optionValue([sign]))`, that of \(first) is"
          + " `\(table.dialect.delimiterValue)`",
        remedy: "\(option: "union-by-name") reads each file in its own way")
    }
    // What names tell is told by names; an order, and names that come twice, by their places.
    let difference: String
    if let words = UnitedColumns.difference(names, expected) {
      difference = words
    } else if let index = zip(names, expected).enumerated().first(where: { $1.0 != $1.1 })?.offset {
      difference = "column \(index + 1) is `\(names[index])`, not `\(expected[index])`"
    } else {
      difference = "\(names.count) column\(names.count == 1 ? "" : "s"), not \(expected.count)"
    }
    return ReadingError(
      .headerMismatch, file: file, line: 1,
      "the header differs from that of \(first): \(difference)",
      remedy: UnitedColumns.remedy(names, expected)
    )
  }
}
