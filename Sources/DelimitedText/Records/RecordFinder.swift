import CKernels
import FileIO

/// Finds the records of chunks by the engine that the table asks for. One for each worker; its
/// memory is reused.
final class RecordFinder {
  let table: CSVTableSource
  /// The scan of the chunk, unless libcsv read all of it.
  private(set) var separators = SeparatorScan()
  private var quoteRepair = QuoteRepair()
  /// Where it is to read everything.
  private let libcsv: LibcsvEngine?
  /// For dialects that nothing else can read.
  private let machine: MachineEngine?
  /// Beside libcsv, for lines with stray quotes whose width tells what they are.
  private let mender: MachineEngine?
  /// Whether the last chunk's records were the mender's.
  private var isMended = false
  private var filter = BadRecordFilter()
  private let headers: RepeatedHeaders?
  /// The chunk with U+FFFD for what was not UTF-8.
  private var repairedText = ChunkBuffer(capacity: 0)

  /// What there is to say about a chunk, beside its records.
  struct Found {
    /// The text that `separators` is about, valid until the next `find`.
    var bytes: UnsafeBufferPointer<UInt8>
    /// Whether the records are those of `withBatch`, and not those of `separators`.
    var isBatch = false
    var hasNonASCII: Bool
    var hasNUL: Bool
    /// Records read one by one because a quote in them is irregular.
    var reference = RecordAnomalies.Tally()
  }

  init(table: CSVTableSource) {
    self.table = table
    headers = RepeatedHeaders(table)
    machine = table.dialect.needsMachine ? MachineEngine(table.dialect) : nil
    let usesLibcsv = table.options.engine == .libcsv && machine == nil
    libcsv =
      usesLibcsv
      ? table.dialect.quote.map {
        LibcsvEngine(delimiter: table.dialect.delimiter, quote: $0)
      } : nil
    mender =
      usesLibcsv && table.dialect.quoteMendWidth != nil ? MachineEngine(table.dialect) : nil
  }

  /// The records as an engine read them, one by one.
  func withBatch<R>(_ body: (borrowing RecordBatch) throws -> R) rethrows -> R? {
    if let machine { return try body(machine.batch) }
    if isMended, let mender { return try body(mender.batch) }
    if let libcsv { return try body(libcsv.batch) }
    return nil
  }

  /// - Throws: `ReadingError` for text that is not UTF-8, and under `isStrict` for irregular
  ///   quotes.
  func find(in raw: RawChunk) throws -> Found {
    do {
      return try found(in: raw)
    } catch let error as ReadingError where table.options.isStrict {
      throw StrictReading.first(upTo: error, in: raw, table)
    }
  }

  private func found(in raw: RawChunk) throws -> Found {
    // For the machine the scan only tells what kinds of bytes there are.
    let dialect = table.dialect.ofChunks
    var bytes = raw.bytes
    separators.find(in: bytes, dialect)
    if separators.has(DIET_CSV_HAS_NON_ASCII), let invalid = InvalidText.firstOffset(in: bytes) {
      guard table.options.invalidUTF8 == .replace else {
        throw InvalidText.error(
          at: invalid, in: bytes, file: raw.fileName,
          place: table.position(ofByte: invalid, in: raw))
      }
      let before = InvalidText.replacementCount(in: bytes)
      bytes = repairText(bytes)
      let count = InvalidText.replacementCount(in: bytes) - before
      table.findings.add(.replacedText, count: count, in: raw) { invalid }
      separators.find(in: bytes, dialect)
    }
    let repeatsHeader = headers.map { mayRepeat($0, in: bytes) } ?? false
    if repeatsHeader, !table.options.dropsRepeatedHeaders, let headers {
      let (count, first) = headers.count(in: bytes, table)
      table.findings.add(.repeatedHeader, count: count, in: raw) { first }
    }
    if table.options.dropsBadRecords && mayHaveBadRecords
      || table.options.dropsRepeatedHeaders && repeatsHeader
    {
      filter.write(bytes, of: raw, table: table)
      bytes = filter.bytes
      separators.find(in: bytes, dialect)
    }
    if let machine { return try find(in: raw, bytes, by: machine) }
    let isIrregular = separators.has(DIET_CSV_IRREGULAR | DIET_CSV_ENDS_INSIDE)
    if isIrregular && table.options.isStrict {
      throw StrictReading.irregularQuote(in: raw, table: table)
    }
    var found = Found(
      bytes: bytes, hasNonASCII: separators.has(DIET_CSV_HAS_NON_ASCII),
      hasNUL: separators.has(DIET_CSV_HAS_NUL))
    if let libcsv {
      isMended = isIrregular && mender != nil
      if isMended, let mender { mender.tokenize(bytes) } else { libcsv.tokenize(bytes) }
      found.isBatch = true
    } else if isIrregular, let quote = dialect.quote {
      let stray = findAmongStrayQuotes(bytes, dialect, quote)
      found.bytes = stray.bytes
      found.reference.note(row: stray.firstRow, count: stray.recordCount)
      table.findings.add(.strayQuote, count: stray.recordCount, in: raw) {
        IrregularRecords.firstIrregularQuote(in: raw.bytes, dialect) ?? 0
      }
    }
    return found
  }

  /// Whether a record may be the header once more. Where the scan is not what tells records apart, each line may be one.
  private func mayRepeat(_ header: RepeatedHeaders, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if machine != nil || separators.has(DIET_CSV_IRREGULAR | DIET_CSV_ENDS_INSIDE) {
      return header.mayOccur(inLinesOf: bytes)
    }
    return header.mayOccur(in: separators.records(in: bytes))
  }

  /// Finds the records where a quote is out of place: the text that `separators` is about then, and
  /// the records that have such quotes.
  private func findAmongStrayQuotes(
    _ bytes: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, _ quote: UInt8
  ) -> (bytes: UnsafeBufferPointer<UInt8>, firstRow: Int, recordCount: Int) {
    let firstStart: Int
    let text: UnsafeBufferPointer<UInt8>
    let count: Int
    if IrregularRecords.anyFieldBeginsWithQuote(in: bytes, dialect) {
      quoteRepair.write(bytes, dialect: dialect, quote: quote)
      (text, firstStart, count) = (
        quoteRepair.bytes, quoteRepair.firstStart, quoteRepair.recordCount
      )
      separators.find(in: text, dialect)
    } else {
      var unquoted = dialect
      unquoted.quote = nil
      separators.find(in: bytes, unquoted)
      (firstStart, count) = separators.records(in: bytes).having(quote)
      text = bytes
    }
    let row = separators.records(in: text).row(
      at: firstStart, dropsBlankLines: table.dropsBlankLines)
    return (text, row, count)
  }

  private func find(
    in raw: RawChunk, _ bytes: UnsafeBufferPointer<UInt8>, by machine: MachineEngine
  ) throws -> Found {
    machine.tokenize(bytes)
    if table.options.isStrict, let stray = machine.strayQuotes.first {
      throw StrictReading.irregularQuote(at: stray.offset, in: raw, table: table)
    }
    var found = Found(
      bytes: bytes, isBatch: true, hasNonASCII: separators.has(DIET_CSV_HAS_NON_ASCII),
      hasNUL: separators.has(DIET_CSV_HAS_NUL))
    if let stray = machine.strayQuotes.first {
      found.reference.note(row: stray.record, count: machine.strayQuotes.count)
      table.findings.add(.strayQuote, count: machine.strayQuotes.count, in: raw) { stray.offset }
    }
    if let comment = machine.comments.first {
      table.findings.add(.comment, count: machine.comments.count, in: raw) { comment }
    }
    return found
  }

  private var mayHaveBadRecords: Bool {
    table.dialect.needsMachine || table.options.engine == .libcsv
      || separators.has(DIET_CSV_IRREGULAR | DIET_CSV_ENDS_INSIDE)
      || !separators.isRectangle(columns: table.columnCount)
  }

  /// Writes the records that were read one by one.
  func write(
    to normalizer: inout RecordNormalizer, quote: UInt8
  ) throws(ReadingError) {
    if let machine {
      try normalizer.write(machine.batch, quote: quote)
    } else if isMended, let mender {
      try normalizer.write(mender.batch, quote: quote)
    } else if let libcsv {
      try normalizer.write(libcsv.batch, quote: quote)
    }
  }

  /// The standard library replaces each maximal invalid part, as Unicode advises.
  private func repairText(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var text = String(decoding: bytes, as: UTF8.self)
    repairedText.count = 0
    text.withUTF8 { repairedText.append($0) }
    repairedText.clearMargin()
    return repairedText.bytes
  }
}
