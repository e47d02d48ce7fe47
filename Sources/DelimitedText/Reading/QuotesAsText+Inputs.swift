package import FileIO

extension StrictReading {
  /// What `error` is under strict reading, and in a part of a file: a quote that nothing closes is an irregular one where
  /// reading that is not strict takes quotes for text.
  package static func explained(
    _ error: ReadingError, inputs: [CSVInput], options: CSVReadingOptions, isPart: Bool,
    looksTyped: @escaping TypedEvidence
  ) -> ReadingError {
    guard options.isStrict || isPart, error.code == .unterminatedQuote,
      options.quoting == .detected, inputs.allSatisfy(\.isRereadable)
    else { return error }
    var plain = options
    plain.isStrict = false
    (plain.byteRange, plain.knownStart) = (nil, nil)
    guard
      let table = try? CSVChunkReader(inputs: inputs, options: plain, looksTyped: looksTyped).table
    else { return error }
    if table.dialect.quote != nil {
      guard case .text? = try? QuotesAsText.verdict(on: table, looksTyped: looksTyped) else {
        return error
      }
    }
    var irregular = error
    irregular.code = .irregularQuote
    irregular.remedy = "close the quote, or \(option: "quote", "none") reads quotes as text"
    return irregular
  }
}

extension StrictReading {
  /// The error for lines that quoted fields of a part of a file took with them, where the file says that its quotes are
  /// text: other parts may have none of these fields, and all have to be read alike. Else nobody need hear of them.
  ///
  /// - Throws: `ReadingError`
  package static func quotesOfWhole(
    _ table: CSVTableSource, looksTyped: @escaping TypedEvidence
  ) throws -> ReadingError? {
    guard table.options.guessesQuotes, table.findings.count(of: .swallowed) > 0 else { return nil }
    switch try QuotesAsText.verdict(on: table, looksTyped: looksTyped) {
    case .text: return swallowedLines(in: table)
    case .quotes: table.findings.forget(.swallowed)
    case .undecided: break
    }
    return nil
  }
}

extension QuotesAsText {
  /// What all of the inputs say, from their tables' start to their end.
  ///
  /// - Throws: `ReadingError`
  package static func verdict(
    on table: CSVTableSource, looksTyped: @escaping TypedEvidence
  ) throws -> Verdict {
    guard let quote = table.dialect.quote, !table.dialect.needsMachine,
      table.inputs.allSatisfy(\.isRereadable)
    else { return .undecided }
    var lines = QuotesAsText()
    lines.swallowedCount = table.findings.count(of: .swallowed)
    var options = table.options
    options.quoting = .none
    options.hasHeader = table.dialect.hasHeader
    options.digestAlgorithm = nil
    options.files = FileOptions()
    (options.byteRange, options.knownStart) = (nil, nil)
    var records: [[[UInt8]]] = []
    let lead = Dictionary(
      uniqueKeysWithValues: table.findings.surroundings.map { ($0.fileIndex, $0.1) })
    for (index, input) in table.inputs.enumerated() {
      options.skippedLineCount =
        table.options.skippedLineCount + (lead[index]?.preambleLineCount ?? 0)
      let part = table.part(index)
      options.delimiter = part.dialect.delimiter
      let reader = try CSVChunkReader(
        inputs: [input.whole], options: options, looksTyped: looksTyped)
      let raw = RawChunk()
      while try reader.next(into: raw) {
        if records.isEmpty {
          records += SampleRecords(
            raw.bytes, dialect: part.dialect, recordLimit: HeaderEvidence.recordCount)
        }
        lines.add(
          raw.bytes, delimiter: part.dialect.delimiter, quote: quote, columns: part.columnCount)
      }
    }
    return lines.verdict(records: records, columns: table.part(0).columnCount, looksTyped)
  }
}
