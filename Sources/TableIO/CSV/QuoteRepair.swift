/// A chunk whose irregular records are spelled again, as libcsv reads them, in plain RFC 4180.
struct QuoteRepair: ~Copyable {
  private var buffer = ChunkBuffer(capacity: 0)
  /// Where the first respelled record begins in `bytes`.
  private(set) var firstStart = 0
  /// How many records were respelled.
  private(set) var recordCount = 0

  /// The chunk, valid until the next `write`.
  var bytes: UnsafeBufferPointer<UInt8> { buffer.bytes }

  mutating func write(
    _ bytes: UnsafeBufferPointer<UInt8>, dialect: CSVDialect, quote: UInt8, libcsv: LibcsvEngine,
    mender: MachineEngine?
  ) {
    buffer.count = 0
    buffer.reserve(bytes.count + bytes.count / 8)
    recordCount = 0
    var copied = 0
    var irregular = IrregularRecords(in: bytes, dialect: dialect, atEndOfInput: true)
    while let place = irregular.next() {
      buffer.append(UnsafeBufferPointer(rebasing: bytes[copied..<place.lowerBound]))
      if recordCount == 0 { firstStart = buffer.count }
      let record = UnsafeBufferPointer(rebasing: bytes[place])
      if let mender {
        mender.tokenize(record)
        append(mender.batch, dialect, quote)
      } else {
        libcsv.tokenize(record)
        append(libcsv.batch, dialect, quote)
      }
      copied = place.upperBound
    }
    buffer.append(UnsafeBufferPointer(rebasing: bytes[copied...]))
    buffer.reserve(buffer.count)
    buffer.clearMargin()
  }

  private mutating func append(
    _ batch: borrowing RecordBatch, _ dialect: CSVDialect, _ quote: UInt8
  ) {
    recordCount += batch.recordCount
    for record in 0..<batch.recordCount {
      let fields = batch.fields(ofRecord: record)
      for field in fields {
        makeRoom(for: 2 * batch.bytes(ofField: field).count + 3)
        buffer.appendField(
          batch.bytes(ofField: field), isQuotedEmpty: batch.isQuotedEmpty[field],
          delimiter: dialect.delimiter, quote: quote)
        buffer.append(field + 1 == fields.upperBound ? UInt8(ascii: "\n") : dialect.delimiter)
      }
    }
  }

  private mutating func makeRoom(for byteCount: Int) {
    if buffer.count + byteCount > buffer.capacity {
      buffer.reserve(2 * (buffer.count + byteCount))
    }
  }
}
