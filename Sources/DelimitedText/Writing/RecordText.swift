import CKernels
package import FileIO

/// The records of a table as the reader saw them, each with its own fields: no field is added to a
/// short record, none of a long one is left out, nothing is typed.
///
/// The header comes first where the file has one. Blank lines are no records in a table of two or
/// more columns. A lone empty field is `""`, since an empty line would be none; so is an empty field
/// that the file has in quotes, and what is left of a record of which no field is.
package struct RecordText<Spelling: RecordSpelling> {
  private let reader: CSVChunkReader
  private let recordLimit: Int
  /// The fields to be left out.
  private let dropped: Set<Int>

  /// - Parameters:
  ///   - drop: The columns to be left out.
  ///   - recordLimit: data records beyond it are left out.
  ///   - looksTyped: What tells a header from data.
  /// - Throws: `ReadingError`
  package init(
    _ inputs: [CSVInput], options: CSVReadingOptions, as: Spelling.Type, drop: Set<String> = [],
    recordLimit: Int = .max, looksTyped: @escaping TypedEvidence
  ) throws {
    // What paths say is in no record.
    let inputs = inputs.map(\.whole)
    reader = try CSVChunkReader(
      inputs: inputs, options: try Self.settled(options, inputs, recordLimit, looksTyped),
      looksTyped: looksTyped)
    self.recordLimit = recordLimit
    let names = reader.table.columnNames
    for name in drop.sorted() where !names.contains(name) {
      throw reader.table.unknownColumn(name)
    }
    dropped = Set(names.indices.filter { drop.contains(names[$0]) })
  }

  /// The options with what all of the input says of quotes, as a loader learns it: what was written
  /// cannot be taken back.
  private static func settled(
    _ options: CSVReadingOptions, _ inputs: [CSVInput], _ recordLimit: Int,
    _ looksTyped: @escaping TypedEvidence
  ) throws -> CSVReadingOptions {
    guard options.countsSwallowedLines, inputs.allSatisfy(\.isRereadable) else { return options }
    let reader = try CSVChunkReader(inputs: inputs, options: options, looksTyped: looksTyped)
    guard reader.table.dialect.quote != nil, !reader.table.dialect.needsMachine else {
      return options
    }
    let scanner = ChunkScanner(table: reader.table)
    let raw = RawChunk()
    var isOpen = false
    var recordCount = 0
    do {
      while recordCount < recordLimit, try reader.next(into: raw) {
        recordCount += try scanner.scan(raw).rows
      }
    } catch let error as ReadingError {
      isOpen = error.code == .unterminatedQuote
    }
    guard isOpen || reader.table.findings.count(of: .swallowed) > 0 else { return options }
    var settled = options
    let verdict = try QuotesAsText.verdict(on: reader.table, looksTyped: looksTyped)
    if options.isStrict, verdict != .quotes,
      let error = StrictReading.swallowedLines(in: reader.table)
    {
      throw error
    }
    if options.guessesQuotes, case .text(let proof) = verdict { settled.quotesAsText = proof }
    return settled
  }

  /// - Throws: `ReadingError`, or `OutputError` from the sink.
  package func write(to sink: any ByteSink) throws {
    var output = RecordOutput<Spelling>(table: reader.table, dropped: dropped, sink)
    if let header = reader.table.header { output.write(header: header) }
    let finder = RecordFinder(table: reader.table)
    let raw = RawChunk()
    while output.recordCount < recordLimit, try reader.next(into: raw) {
      try write(raw, finder, &output)
    }
    try output.flush()
  }

  private func write(
    _ raw: RawChunk, _ finder: RecordFinder, _ output: inout RecordOutput<Spelling>
  ) throws {
    let table = reader.table
    let found = try finder.find(in: raw)
    output.startChunk()
    if found.isBatch {
      try finder.withBatch { batch in
        for record in 0..<batch.recordCount where output.recordCount < recordLimit {
          try output.write(record, of: batch)
        }
      }
    } else if output.takesAsItStands(found, finder.separators),
      finder.separators.recordCount <= recordLimit - output.recordCount
    {
      try output.write(found.bytes, recordCount: finder.separators.recordCount)
    } else {
      let records = finder.separators.records(in: found.bytes)
      for record in 0..<records.recordCount where output.recordCount < recordLimit {
        try output.write(records.record(record), of: records)
      }
    }
    if table.options.isStrict, let error = StrictReading.error(output.anomalies, raw, table) {
      throw error
    }
    table.note(output.anomalies, in: raw)
  }

  /// The table as it was read so far: what is odd about it.
  package var table: CSVTableSource { reader.table }
}
