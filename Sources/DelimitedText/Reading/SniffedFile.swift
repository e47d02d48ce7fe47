package import Columnar
package import FileIO

/// An input of which only the start, and where it can be had the end, was read.
package struct SniffedFile {
  package private(set) var finding: DialectFinding
  package let columnNames: [String]
  private let table: CSVTableSource
  /// What readers will say of the first megabyte: bytes that are not UTF-8, a quote that is not closed.
  private var fault: ReadingError?

  /// - Throws: `ReadingError`
  package init(
    _ input: CSVInput, options: CSVReadingOptions,
    looksTyped: @escaping TypedEvidence
  ) throws {
    func open(_ options: CSVReadingOptions) throws -> CSVChunkReader {
      try CSVChunkReader(
        inputs: [input], options: options, looksTyped: looksTyped, looksAtNumbers: true)
    }
    let reader: CSVChunkReader
    var fault: ReadingError?
    do {
      reader = try open(options)
    } catch let error as ReadingError where error.code == .invalidText {
      // Of the header: what the file is like can be told all the same.
      fault = error
      var replacing = options
      replacing.invalidUTF8 = .replace
      reader = try open(replacing)
    }
    self.fault = fault
    table = reader.table
    columnNames = table.columnNames
    finding = reader.finding
    do {
      try skim(reader)
    } catch let error as ReadingError {
      if options.isStrict { throw error }
      self.fault = self.fault ?? error
    }
    if self.fault != nil { finding.confidence = min(finding.confidence, 0.5) }
    // There is nothing to be sure of.
    if columnNames.isEmpty { finding.confidence = 0 }
  }

  /// Reads as far as the first megabyte, for what is seen without parsing; strictly, for records that are
  /// odd. Nothing is certain of a file that goes on, or is not all text.
  private mutating func skim(_ reader: CSVChunkReader) throws {
    let raw = RawChunk()
    let scanner = table.options.isStrict ? ChunkScanner(table: table) : nil
    var byteCount = 0
    while byteCount < 1 << 20 {
      guard try reader.next(into: raw) else { return }
      byteCount += raw.byteCount
      _ = try scanner?.scan(raw)
      guard table.options.invalidUTF8 == .error, fault == nil,
        let offset = InvalidText.firstOffset(in: raw.bytes)
      else { continue }
      fault = InvalidText.error(
        at: offset, in: raw.bytes, file: raw.fileName,
        place: table.position(ofByte: offset, in: raw))
    }
    finding.confidence = min(finding.confidence, 0.99)
  }

  /// The encoding that the first fault calls for, where one is clear.
  package var likelyEncoding: TextEncoding? {
    for case .option(let option) in fault?.remedy?.parts ?? [] where option.name == "encoding" {
      if case .text(let name) = option.value { return TextEncoding(rawValue: name) }
    }
    return nil
  }

  /// What is left out, and what to look at.
  package var notes: [Note] {
    // What could not be read was replaced here alone, to see the rest.
    var notes = table.notes.filter { fault?.code != .invalidText || $0.code != .textReplaced }
    if columnNames.isEmpty { notes.append(.noTable) }
    if let fault {
      let said: Sentence = "not all of it can be read: \(fault.sentence)"
      notes.append(
        fault.code == .invalidText ? Note(.undecodableText, said) : Note(.unreadableRecords, said))
    }
    func option(_ name: String, _ column: Int, _ sign: String) -> Sentence.Option {
      Sentence.Option(name, .ofColumn(columnNames[column], sign))
    }
    for column in finding.thousandsColumns.prefix(3) where column < columnNames.count {
      notes.append(
        Note(
          .thousandsLikely,
          """
          `\(columnNames[column])` would be numbers if commas separate thousands: \
          \(option: option("thousands", column, ","))
          """))
    }
    for column in finding.pointColumns.prefix(3) where column < columnNames.count {
      notes.append(
        Note(
          .thousandsLikely,
          """
          `\(columnNames[column])` would be numbers if points separate thousands and a comma \
          decimals: \(options: [option("decimal", column, ","), option("thousands", column, ".")])
          """))
    }
    if !finding.dialect.comment.isEmpty {
      notes.append(
        Note(
          .commentsLeftOut,
          "lines that begin with `\(text(finding.dialect.comment))` are left out"))
    }
    return notes
  }

  /// How it was read.
  package var readingOptions: CSVReadingOptions { table.options }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
