import CKernels
import FileIO

/// Turns raw chunks into rectangles. One for each worker; its memory is reused.
package final class ChunkScanner {
  private let table: CSVTableSource
  private let finder: RecordFinder
  private var normalizer: RecordNormalizer
  /// That of the input that was scanned last, where inputs have their own columns.
  private var part: (input: Int, scanner: ChunkScanner)?

  package init(table: CSVTableSource) {
    self.table = table
    finder = RecordFinder(table: table)
    normalizer = RecordNormalizer(dialect: table.dialect.ofChunks, columnCount: table.columnCount)
  }

  /// The rectangle of a chunk, valid until the next call and as long as `raw` keeps its bytes.
  ///
  /// - Throws: `ReadingError` for text that is not UTF-8, and under `isStrict` for ragged and
  ///   irregularly quoted records.
  package func scan(_ raw: RawChunk) throws -> RegularChunk {
    if !table.parts.isEmpty { return try scanner(ofInput: raw.fileIndex).scan(raw) }
    let found = try finder.find(in: raw)
    noteSwallowedLines(found, in: raw)
    if found.isBatch, let quote = table.dialect.ofChunks.quote {
      try naming(raw) { () throws(ReadingError) in
        try finder.write(to: &normalizer, quote: quote)
      }
      normalizer.anomalies.reference = found.reference
      return try normalizedChunk(raw, found)
    }
    if finder.separators.isRectangle(columns: table.columnCount) {
      var anomalies = RecordAnomalies()
      anomalies.reference = found.reference
      return RegularChunk(
        bytes: found.bytes.baseAddress!, byteCount: found.bytes.count,
        separators: finder.separators.positions, rows: finder.separators.recordCount,
        columns: table.columnCount, mayHaveQuotes: finder.separators.has(DIET_CSV_HAS_QUOTE),
        trimsCR: finder.separators.has(DIET_CSV_HAS_CR), hasNonASCII: found.hasNonASCII,
        hasNUL: found.hasNUL, anomalies: anomalies)
    }
    try naming(raw) { () throws(ReadingError) in
      try normalizer.write(finder.separators.records(in: found.bytes))
    }
    normalizer.anomalies.reference = found.reference
    return try normalizedChunk(raw, found)
  }

  private func scanner(ofInput input: Int) -> ChunkScanner {
    if let part, part.input == input || table.parts.count == 1 { return part.scanner }
    let scanner = ChunkScanner(table: table.part(input))
    part = (input, scanner)
    return scanner
  }

  /// Notes lines that quoted fields take with them, where nobody said how the file is quoted.
  private func noteSwallowedLines(_ found: RecordFinder.Found, in raw: RawChunk) {
    guard table.options.countsSwallowedLines, !found.isBatch, table.dialect.quote != nil else {
      return
    }
    let lines = SwallowedLines(
      finder.separators.records(in: found.bytes), delimiter: table.dialect.delimiter,
      quote: table.dialect.quoteOrZero, columns: table.columnCount)
    guard let first = lines.firstRecord else { return }
    table.findings.add(.swallowed, count: lines.count, in: raw) {
      let row = finder.separators.records(in: found.bytes).row(
        at: finder.separators.records(in: found.bytes).record(first).start,
        dropsBlankLines: table.dropsBlankLines)
      return table.offset(ofRow: row, in: raw)
    }
  }

  private func normalizedChunk(
    _ raw: RawChunk, _ found: RecordFinder.Found
  ) throws -> RegularChunk {
    if table.options.isStrict, let error = StrictReading.error(normalizer.anomalies, raw, table) {
      throw error
    }
    table.note(normalizer.anomalies, in: raw)
    return normalizer.chunk(hasNonASCII: found.hasNonASCII, hasNUL: found.hasNUL)
  }

  /// Where the first record with more fields than a table may have columns begins.
  private func firstWideRecord(in raw: RawChunk) -> Int {
    var found = 0
    _ = RecordWalk(raw.bytes, dialect: table.dialect, atEndOfInput: true) { record, _ in
      let delimiters = raw.bytes[record].count { $0 == table.dialect.delimiter }
      if delimiters >= CSVTableSource.columnLimit { found = record.lowerBound }
      return delimiters < CSVTableSource.columnLimit
    }
    return found
  }

  /// Adds the chunk's place to an error of `body`.
  private func naming(_ raw: RawChunk, _ body: () throws(ReadingError) -> Void) throws {
    do throws(ReadingError) {
      try body()
    } catch {
      let place = table.position(
        ofByte: error.code == .tooManyColumns ? firstWideRecord(in: raw) : 0, in: raw)
      var placed = error
      placed.file = raw.fileName
      placed.line = place.line
      placed.byteOffset = place.byteOffset
      throw table.options.isStrict ? StrictReading.first(upTo: placed, in: raw, table) : placed
    }
  }
}
