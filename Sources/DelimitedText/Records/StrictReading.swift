import Columnar
package import FileIO

/// Errors of strict reading: records that are not RFC 4180 or not as wide as the table.
package enum StrictReading {
  /// The error for the first ragged record; `nil` when there is none.
  static func error(
    _ anomalies: RecordAnomalies, _ raw: RawChunk, _ table: CSVTableSource
  ) -> ReadingError? {
    let short = anomalies.short.firstRow ?? .max
    let long = anomalies.long.firstRow ?? .max
    let row = min(short, long)
    guard row < .max else { return nil }
    return raggedRecord(at: table.position(ofRow: row, in: raw), isShort: short < long, raw, table)
  }

  private static func raggedRecord(
    at place: InputPosition, isShort: Bool, _ raw: RawChunk, _ table: CSVTableSource
  ) -> ReadingError {
    ReadingError(
      .raggedRecord, file: raw.fileName, line: place.line, byteOffset: place.byteOffset,
      "the record has \(isShort ? "fewer" : "more") fields than the table's"
        + " \(table.columnCount)",
      remedy: "mend the line, or read without \(option: "strict"): missing fields become null,"
        + " extra ones new columns")
  }

  /// The first fault of a chunk in which `error` was found: what an error names must not depend on
  /// which faults are looked for first, nor on how many records a chunk has.
  static func first(
    upTo error: ReadingError, in raw: RawChunk, _ table: CSVTableSource
  ) -> ReadingError {
    // A chunk that is ragged beyond reason does not say where.
    let end = error.code == .raggedRecord ? nil : error.byteOffset.map { $0 - raw.byteOffset }
    var found: ReadingError?
    var judge = RecordJudge(table)
    judge.visit(raw.bytes) { record, fault in
      if let end, record.upperBound > end { return false }
      switch fault {
      case nil, .repeatedHeader: return true
      case .strayQuote(let offset): found = irregularQuote(at: offset, in: raw, table: table)
      case .fieldCount(let count):
        found = raggedRecord(
          at: table.position(ofByte: record.lowerBound, in: raw),
          isShort: count < table.columnCount, raw, table)
      }
      return false
    }
    return found ?? error
  }

  /// The error for lines that quoted fields took with them, where there are any.
  package static func swallowedLines(in table: CSVTableSource) -> ReadingError? {
    guard let found = table.findings.all.first(where: { $0.kind == .swallowed }) else { return nil }
    let input = table.inputs[found.fileIndex]
    let line = try? LineEnds.line(
      ofByteOffset: found.byteOffset, in: input, encoding: table.options.encoding)
    let lines = found.count == 1 ? "1 line is" : "\(found.count) lines are"
    return ReadingError(
      .irregularQuote, file: input.name, line: found.line ?? line ?? nil,
      byteOffset: found.byteOffset,
      "\(lines) part of quoted fields from here on, though each is as wide as the table",
      remedy:
        "mend the quote that opens here, or say what quotes are: \(option: "quote", "none") reads each"
        + " line as a record, \(option: "quote", "\"") as part of the field")
  }

  /// The error for the first quote that is not where RFC 4180 puts it.
  static func irregularQuote(in raw: RawChunk, table: CSVTableSource) -> ReadingError {
    irregularQuote(
      at: IrregularRecords.firstIrregularQuote(in: raw.bytes, table.dialect) ?? 0, in: raw,
      table: table)
  }

  static func irregularQuote(
    at offset: Int, in raw: RawChunk, table: CSVTableSource
  ) -> ReadingError {
    let place = table.position(ofByte: offset, in: raw)
    return ReadingError(
      .irregularQuote, file: raw.fileName, line: place.line, byteOffset: place.byteOffset,
      text: Array(
        raw.bytes[offset...].prefix(20).prefix {
          $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r")
        }),
      "a quote stands inside a field without being doubled",
      remedy: "double it, or read without \(option: "strict"): libcsv's rules then decide")
  }
}
