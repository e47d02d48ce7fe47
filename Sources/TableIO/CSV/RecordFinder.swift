import CKernels

/// Finds the records of chunks by the engine that the table asks for. One for each worker; its
/// memory is reused.
final class RecordFinder {
  let table: CSVTableSource
  /// The scan of the chunk, unless libcsv read all of it.
  private(set) var separators = SeparatorScan()
  private var quoteRepair = QuoteRepair()
  /// None for text without quoting.
  let libcsv: LibcsvEngine?
  /// The chunk with U+FFFD for what was not UTF-8.
  private var repairedText = ChunkBuffer(capacity: 0)

  /// What there is to say about a chunk, beside its records.
  struct Found {
    /// The text that `separators` is about, valid until the next `find`.
    var bytes: UnsafeBufferPointer<UInt8>
    /// Whether the records are those of `libcsv.batch`.
    var isReference = false
    var hasNonASCII: Bool
    var hasNUL: Bool
    /// Records that libcsv read because a quote in them is irregular.
    var reference = RecordAnomalies.Tally()
  }

  init(table: CSVTableSource) {
    self.table = table
    libcsv = table.dialect.quote.map {
      LibcsvEngine(delimiter: table.dialect.delimiter, quote: $0)
    }
  }

  /// - Throws: `CSVReadingError` for text that is not UTF-8, and under `isStrict` for irregular
  ///   quotes.
  func find(in raw: RawChunk) throws -> Found {
    let dialect = table.dialect
    var bytes = raw.bytes
    separators.find(in: bytes, dialect)
    if separators.has(DIET_CSV_HAS_NON_ASCII), let invalid = InvalidText.firstOffset(in: bytes) {
      guard table.options.invalidUTF8 == .replace else {
        throw InvalidText.error(
          at: invalid, in: bytes, file: raw.fileName,
          place: table.position(ofByte: invalid, in: raw))
      }
      bytes = repairText(bytes)
      separators.find(in: bytes, dialect)
    }
    let isIrregular = separators.has(DIET_CSV_IRREGULAR | DIET_CSV_ENDS_INSIDE)
    if isIrregular && table.options.isStrict {
      throw StrictReading.irregularQuote(in: raw, table: table)
    }
    var found = Found(
      bytes: bytes, hasNonASCII: separators.has(DIET_CSV_HAS_NON_ASCII),
      hasNUL: separators.has(DIET_CSV_HAS_NUL))
    guard let libcsv, let quote = dialect.quote else { return found }
    if table.options.engine == .libcsv {
      libcsv.tokenize(bytes)
      found.isReference = true
    } else if isIrregular {
      quoteRepair.write(bytes, dialect: dialect, quote: quote, libcsv: libcsv)
      found.bytes = quoteRepair.bytes
      separators.find(in: found.bytes, dialect)
      found.reference.note(
        row: separators.records(in: found.bytes).row(
          at: quoteRepair.firstStart, dropsBlankLines: table.dropsBlankLines),
        count: quoteRepair.recordCount)
    }
    return found
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
