/// Tells good records of a table from bad ones: short, long, or with stray quotes.
struct RecordJudge {
  private let table: CSVTableSource
  private var machine: RecordMachine
  private var counter = FieldCounter()

  init(_ table: CSVTableSource) {
    self.table = table
    machine = RecordMachine(table.dialect, acceptsEnd: true)
  }

  /// Visits the records of `bytes`, each with what is wrong with it; `false` stops. Blank lines that
  /// are no records, and comments, are passed over.
  mutating func visit(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>, _ fault: String?) -> Bool
  ) {
    var position = 0
    counter.reset()
    while let line = machine.next(in: bytes, from: position, atEndOfInput: true, to: &counter) {
      let record = position..<line.end
      position = line.end
      let fieldCount = counter.fieldCount
      counter.reset()
      switch line.kind {
      case .comment: continue
      case .blank:
        if table.dropsBlankLines { continue }
        if !body(record, nil) { return }
      case .record:
        if !body(record, fault(fieldCount: fieldCount, hasStrayQuote: line.strayQuote != nil)) {
          return
        }
      }
    }
  }

  private func fault(fieldCount: Int, hasStrayQuote: Bool) -> String? {
    let columnCount = table.columnCount
    if hasStrayQuote { return "a quote stands inside a field without being doubled" }
    if fieldCount == columnCount { return nil }
    let fields = fieldCount == 1 ? "1 field" : "\(fieldCount) fields"
    return "the record has \(fields), the table \(columnCount)"
  }
}

/// A chunk without its bad records. One for each worker; its memory is reused.
struct BadRecordFilter: ~Copyable {
  private var buffer = ChunkBuffer(capacity: 0)

  /// The good records, valid until the next `write`.
  var bytes: UnsafeBufferPointer<UInt8> { buffer.bytes }

  /// Copies the good records of `bytes`, which are those of `raw`, and notes the others.
  mutating func write(
    _ bytes: UnsafeBufferPointer<UInt8>, of raw: RawChunk, table: CSVTableSource
  ) {
    buffer.count = 0
    buffer.reserve(bytes.count)
    var good: [Range<Int>] = []
    var rejects: [RejectedRecord] = []
    var count = 0
    var firstOffset = 0
    // Lines are counted from one reject to the next.
    var counted = 0
    var line = raw.firstLine
    var judge = RecordJudge(table)
    judge.visit(bytes) { record, fault in
      guard let fault else {
        if let last = good.last, last.upperBound == record.lowerBound {
          good[good.count - 1] = last.lowerBound..<record.upperBound
        } else {
          good.append(record)
        }
        return true
      }
      if count == 0 { firstOffset = record.lowerBound }
      count += 1
      if table.options.badRecords == .collected {
        line = line.map {
          $0 + LineEnds.count(in: UnsafeBufferPointer(rebasing: bytes[counted..<record.lowerBound]))
        }
        counted = record.lowerBound
        rejects.append(
          RejectedRecord(
            fileIndex: raw.fileIndex, line: line, byteOffset: raw.byteOffset + record.lowerBound,
            reason: fault, text: Self.text(of: bytes[record])))
      }
      return true
    }
    for range in good { buffer.append(UnsafeBufferPointer(rebasing: bytes[range])) }
    buffer.reserve(buffer.count)
    buffer.clearMargin()
    table.findings.add(.rejected, count: count, in: raw) { firstOffset }
    if !rejects.isEmpty { table.findings.add(rejects) }
  }

  /// A record without its line end.
  static func text(of record: some RandomAccessCollection<UInt8>) -> [UInt8] {
    var text = Array(record)
    if text.last == 0x0A { text.removeLast() }
    if text.last == 0x0D { text.removeLast() }
    return text
  }
}
