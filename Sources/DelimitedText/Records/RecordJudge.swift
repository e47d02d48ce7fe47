/// Tells good records of a table from bad ones: short, long, or with stray quotes.
struct RecordJudge {
  /// What is wrong with a record.
  enum Fault {
    /// A quote out of place, at this offset.
    case strayQuote(Int)
    /// So many fields, which the table has not.
    case fieldCount(Int)
    /// It is the header once more.
    case repeatedHeader
  }

  private let table: CSVTableSource
  private var machine: RecordMachine
  private var counter = FieldCounter()
  private let headers: RepeatedHeaders?
  private let judgesAll: Bool

  init(_ table: CSVTableSource) {
    self.table = table
    headers = table.options.dropsRepeatedHeaders ? RepeatedHeaders(table) : nil
    judgesAll = table.options.badRecords != .kept || !table.options.dropsRepeatedHeaders
    machine = RecordMachine(table.dialect, acceptsEnd: true)
  }

  /// Visits the records of `bytes`, each with what is wrong with it; `false` stops. Blank lines that
  /// are no records, and comments, are passed over.
  mutating func visit(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>, _ fault: Fault?) -> Bool
  ) {
    var position = 0
    counter.removeAll()
    while let line = machine.next(in: bytes, from: position, atEndOfInput: true, to: &counter) {
      let record = position..<line.end
      position = line.end
      let fieldCount = counter.fieldCount
      counter.removeAll()
      switch line.kind {
      case .comment: continue
      case .blank:
        if table.dropsBlankLines { continue }
        if !body(record, nil) { return }
      case .record:
        if let headers, headers.contains(UnsafeBufferPointer(rebasing: bytes[record])) {
          if !body(record, .repeatedHeader) { return }
          continue
        }
        let fault =
          line.strayQuote.map(Fault.strayQuote)
          ?? (fieldCount == table.columnCount ? nil : .fieldCount(fieldCount))
        if !body(record, judgesAll ? fault : nil) { return }
      }
    }
  }

  /// Why a record is left out.
  static func reason(_ fault: Fault, in table: CSVTableSource) -> String {
    switch fault {
    case .strayQuote: return "a quote stands inside a field without being doubled"
    case .fieldCount(let count):
      let fields = count == 1 ? "1 field" : "\(count) fields"
      return "the record has \(fields), the table \(table.columnCount)"
    case .repeatedHeader: return "the record is the header once more"
    }
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
    var headerCount = 0
    var firstHeader = 0
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
      if case .repeatedHeader = fault {
        if headerCount == 0 { firstHeader = record.lowerBound }
        headerCount += 1
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
            reason: RecordJudge.reason(fault, in: table), text: Self.text(of: bytes[record])))
      }
      return true
    }
    for range in good { buffer.append(UnsafeBufferPointer(rebasing: bytes[range])) }
    buffer.reserve(buffer.count)
    buffer.clearMargin()
    table.findings.add(.rejected, count: count, in: raw) { firstOffset }
    table.findings.add(.repeatedHeader, count: headerCount, in: raw) { firstHeader }
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
