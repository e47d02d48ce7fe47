import FileIO

extension RecordNormalizer {
  /// Replaces the rectangle by what libcsv read, quoting again only what needs it.
  mutating func write(
    _ batch: borrowing RecordBatch, quote: UInt8
  ) throws(ReadingError) {
    // Room for everything quoted and all quotes doubled.
    try begin(
      width: width(of: batch), records: batch.recordCount,
      byteCount: 2 * batch.byteCount + 2 * batch.fieldCount)
    for record in 0..<batch.recordCount {
      let fields = batch.fields(ofRecord: record)
      guard accepts(fieldCount: fields.count) else { continue }
      let kept = min(fields.count, columns)
      for column in 0..<kept {
        let field = fields.lowerBound + column
        let isEnclosed = buffer.appendField(
          batch.bytes(ofField: field), isQuotedEmpty: batch.isQuotedEmpty[field],
          delimiter: dialect.delimiter, quote: quote)
        hasQuotes = hasQuotes || isEnclosed
        endField(column)
      }
      endRow(emptyFrom: kept)
    }
    buffer.clearMargin()
  }

  /// How many columns the records need: empty extra fields do not count, `""` does.
  private func width(of batch: borrowing RecordBatch) -> Int {
    var width = columnCount
    for record in 0..<batch.recordCount {
      let fields = batch.fields(ofRecord: record)
      var count = fields.count
      while count > width {
        let field = fields.lowerBound + count - 1
        if !batch.bytes(ofField: field).isEmpty || batch.isQuotedEmpty[field] { break }
        count -= 1
      }
      width = max(width, count)
    }
    return width
  }
}

extension ChunkBuffer {
  /// Appends a field, enclosed in quotes if it needs them; there must be room.
  ///
  /// - Returns: whether it was enclosed.
  @discardableResult
  mutating func appendField(
    _ field: UnsafeBufferPointer<UInt8>, isQuotedEmpty: Bool, delimiter: UInt8, quote: UInt8
  ) -> Bool {
    let isEnclosed =
      isQuotedEmpty
      || field.contains {
        $0 == quote || $0 == delimiter || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
      }
    guard isEnclosed else {
      append(field)
      return false
    }
    append(quote)
    for byte in field {
      append(byte)
      if byte == quote { append(quote) }
    }
    append(quote)
    return true
  }
}
