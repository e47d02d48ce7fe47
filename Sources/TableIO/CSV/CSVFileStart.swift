/// An input opened and read as far as its header: its dialect, its first record, where data begins.
struct CSVFileStart {
  /// What follows the header.
  let source: any ByteSource
  let dialect: CSVDialect
  /// The first record's fields: the header's, or data; none in an empty input.
  let fields: [[UInt8]]
  /// The offset in the decoded text, and the line, of the first data record.
  let dataOffset: Int
  let dataLine: Int

  /// Opens an input of which nothing is known.
  init(_ input: CSVInput, detection: CSVDetection) throws {
    try self.init(input, options: detection.options, limit: detection.recordByteLimit) { sample in
      detection.dialect(of: sample)
    }
  }

  /// Opens an input that must look like those before it.
  init(_ input: CSVInput, following table: CSVTableSource, recordByteLimit: Int) throws {
    try self.init(input, options: table.options, limit: recordByteLimit) { _ in table.dialect }
    guard dialect.hasHeader, !fields.isEmpty else { return }
    let names = HeaderNames.unique(fields)
    if names == table.columnNames { return }
    throw Self.mismatch(names, in: input.name, table: table)
  }

  private init(
    _ input: CSVInput, options: CSVReadingOptions, limit: Int,
    dialect detect: (borrowing CSVSample) -> CSVDialect
  ) throws {
    let source = try input.open(
      encoding: options.encoding, computesDigest: options.computesDigest)
    var sample = try CSVSample(source, skippedLineCount: options.skippedLineCount)
    while true {
      let dialect = detect(sample)
      if let record = sample.firstRecord(dialect) {
        if dialect.hasHeader && options.invalidUTF8 == .error {
          try sample.validateText(of: record, file: source.name)
        }
        let fields = sample.fields(of: record, dialect)
        let dataStart = dialect.hasHeader ? record.upperBound : record.lowerBound
        self.dialect = dialect
        self.fields = fields
        dataOffset = dataStart
        dataLine = sample.line(of: dataStart)
        self.source = sample.source(from: dataStart, then: source)
        return
      }
      if sample.isComplete {
        if let quote = sample.openQuote(dialect) {
          throw CSVReadingError.unterminatedQuote(
            file: source.name, line: sample.line(of: quote), byteOffset: quote,
            text: sample.bytes[quote...])
        }
        // Nothing, or blank lines only.
        self.dialect = dialect
        fields = []
        dataOffset = sample.byteCount
        dataLine = 1
        self.source = sample.source(from: dataOffset, then: source)
        return
      }
      guard sample.byteCount < limit else {
        throw CSVReadingError.recordTooLong(
          file: source.name, line: sample.line(of: sample.textStart),
          byteOffset: sample.textStart, limit: limit)
      }
      try sample.grow(source)
    }
  }

  /// What was read of the stored file, once `source` is at its end.
  func finish() -> CSVChunkReader.FinishedInput {
    CSVChunkReader.FinishedInput(name: source.name, stored: source.storedInput)
  }

  private static func mismatch(
    _ names: [String], in file: String, table: CSVTableSource
  ) -> CSVReadingError {
    let expected = table.columnNames
    let first = table.inputs[0].name
    let difference: String
    if let index = zip(names, expected).enumerated().first(where: { $1.0 != $1.1 })?.offset {
      difference = "column \(index + 1) is `\(names[index])`, not `\(expected[index])`"
    } else {
      difference = "\(names.count) columns, not \(expected.count)"
    }
    return CSVReadingError(
      .headerMismatch, file: file, line: 1,
      "the header differs from that of \(first): \(difference)",
      advice: "files of one table need the same header: rename columns, or read them one by one"
    )
  }
}
