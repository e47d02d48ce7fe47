import CLibCSV

/// libcsv as the reference tokenizer: lenient quotes, no trimming, CR, LF and CRLF end records.
final class LibcsvEngine {
  /// On the heap, since libcsv keeps its state in it between calls.
  private let parser = UnsafeMutablePointer<csv_parser>.allocate(capacity: 1)
  /// The records read last.
  fileprivate(set) var batch = RecordBatch()
  /// The byte that ended the record before, to see the second half of CRLF.
  fileprivate var previousEnd: Int32 = 0

  init(delimiter: UInt8, quote: UInt8) {
    // REPALL_NL reports blank lines; EMPTY_IS_NULL tells `` from `""`.
    csv_init(parser, UInt8(CSV_REPALL_NL | CSV_EMPTY_IS_NULL))
    csv_set_delim(parser, delimiter)
    csv_set_quote(parser, quote)
    // By default libcsv trims spaces and tabs, but RFC 4180 says that they belong to the field.
    csv_set_space_func(parser) { _ in 0 }
    // It grows its buffer by this much, so a long field would otherwise cost a copy per 128 bytes.
    csv_set_blk_size(parser, 1 << 16)
  }

  deinit {
    csv_free(parser)
    parser.deallocate()
  }

  /// Tokenizes whole records into `batch`.
  func tokenize(_ bytes: UnsafeBufferPointer<UInt8>) {
    batch.removeAll()
    previousEnd = 0
    let context = Unmanaged.passUnretained(self).toOpaque()
    let count = csv_parse(parser, bytes.baseAddress, bytes.count, onField, onRecord, context)
    precondition(count == bytes.count, "libcsv is out of memory")
    csv_fini(parser, onField, onRecord, context)
  }
}

private func onField(
  _ field: UnsafeMutableRawPointer?, _ count: Int, _ context: UnsafeMutableRawPointer?
) {
  let engine = Unmanaged<LibcsvEngine>.fromOpaque(context!).takeUnretainedValue()
  let bytes = UnsafeRawBufferPointer(start: field, count: field == nil ? 0 : count)
  engine.previousEnd = 0
  engine.batch.appendField(
    bytes.assumingMemoryBound(to: UInt8.self), isQuotedEmpty: field != nil && count == 0)
}

private func onRecord(_ end: Int32, _ context: UnsafeMutableRawPointer?) {
  let engine = Unmanaged<LibcsvEngine>.fromOpaque(context!).takeUnretainedValue()
  // No field since a CR: this LF is the rest of CRLF.
  if end == CSV_LF && engine.previousEnd == CSV_CR {
    engine.previousEnd = 0
    return
  }
  engine.previousEnd = end
  engine.batch.endRecord()
}
