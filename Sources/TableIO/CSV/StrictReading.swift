/// Errors of strict reading: records that are not RFC 4180 or not as wide as the table.
enum StrictReading {
  /// The error for the first ragged record; `nil` when there is none.
  static func error(
    _ anomalies: RecordAnomalies, _ raw: RawChunk, _ table: CSVTableSource
  ) -> CSVReadingError? {
    let short = anomalies.short.firstRow ?? .max
    let long = anomalies.long.firstRow ?? .max
    let row = min(short, long)
    guard row < .max else { return nil }
    let place = table.position(ofRow: row, in: raw)
    return CSVReadingError(
      .raggedRecord, file: raw.fileName, line: place.line, byteOffset: place.byteOffset,
      "the record has \(short < long ? "fewer" : "more") fields than the table's"
        + " \(table.columnCount)",
      advice: "mend the line, or read without `--strict`: missing fields become null,"
        + " extra ones new columns")
  }

  /// The error for the first quote that is not where RFC 4180 puts it.
  static func irregularQuote(in raw: RawChunk, table: CSVTableSource) -> CSVReadingError {
    irregularQuote(
      at: IrregularRecords.firstIrregularQuote(in: raw.bytes, table.dialect) ?? 0, in: raw,
      table: table)
  }

  static func irregularQuote(
    at offset: Int, in raw: RawChunk, table: CSVTableSource
  ) -> CSVReadingError {
    let place = table.position(ofByte: offset, in: raw)
    return CSVReadingError(
      .irregularQuote, file: raw.fileName, line: place.line, byteOffset: place.byteOffset,
      text: Array(
        raw.bytes[offset...].prefix(20).prefix {
          $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r")
        }),
      "a quote stands inside a field without being doubled",
      advice: "double it, or read without `--strict`: libcsv's rules then decide")
  }
}
