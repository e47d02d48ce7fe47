import FileIO

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
