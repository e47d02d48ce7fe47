/// A chunk whose irregular records are spelled again, as `RecordMachine` reads them, in plain RFC 4180.
struct QuoteRepair: ~Copyable {
  /// One record.
  private var batch = RecordBatch()
  private var buffer = ChunkBuffer(capacity: 0)
  /// Where the first respelled record begins in `bytes`.
  private(set) var firstStart = 0
  /// How many records were respelled.
  private(set) var recordCount = 0

  /// The chunk, valid until the next `write`.
  var bytes: UnsafeBufferPointer<UInt8> { buffer.bytes }

  mutating func write(_ bytes: UnsafeBufferPointer<UInt8>, dialect: CSVDialect, quote: UInt8) {
    buffer.count = 0
    buffer.reserve(bytes.count + bytes.count / 8)
    recordCount = 0
    var copied = 0
    var irregular = IrregularRecords(in: bytes, dialect: dialect, atEndOfInput: true)
    while let place = irregular.next(to: &batch) {
      buffer.append(UnsafeBufferPointer(rebasing: bytes[copied..<place.lowerBound]))
      if recordCount == 0 { firstStart = buffer.count }
      recordCount += 1
      appendFields(dialect.delimiter, quote)
      copied = place.upperBound
    }
    buffer.append(UnsafeBufferPointer(rebasing: bytes[copied...]))
    buffer.reserve(buffer.count)
    buffer.clearMargin()
  }

  /// Appends the record in `batch`.
  private mutating func appendFields(_ delimiter: UInt8, _ quote: UInt8) {
    // Room for all of it in quotes, and all quotes doubled.
    makeRoom(for: 2 * batch.byteCount + 3 * batch.fieldCount)
    for field in 0..<batch.fieldCount {
      buffer.appendField(
        batch.bytes(ofField: field), isQuotedEmpty: batch.isQuotedEmpty[field],
        delimiter: delimiter, quote: quote)
      buffer.append(field + 1 == batch.fieldCount ? UInt8(ascii: "\n") : delimiter)
    }
  }

  private mutating func makeRoom(for byteCount: Int) {
    if buffer.count + byteCount > buffer.capacity {
      buffer.reserve(2 * (buffer.count + byteCount))
    }
  }
}
