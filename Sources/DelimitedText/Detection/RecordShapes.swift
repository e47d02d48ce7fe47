import CKernels

/// Where the records of a sample begin and how many fields they have; blank lines and comments are
/// left out.
struct RecordShapes {
  struct Record {
    var start: Int
    var end: Int
    var width: Int
    /// Whether a blank line stands before it.
    var followsBlank: Bool
  }

  private(set) var records: [Record] = []
  /// Whether the sample's quotes all enclose fields.
  private(set) var isQuotingRegular = true
  private(set) var hasQuotes = false
  /// Whether a quote opens that nothing closes.
  private(set) var hasOpenQuote = false

  /// What the machine reads; the scan reads all of a sample.
  static let machineByteCount = 1 << 18

  /// - Parameters:
  ///   - text: whole records, 64 readable bytes after them.
  ///   - allowsScan: false where there are no such bytes.
  init(_ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect, allowsScan: Bool = true) {
    if !allowsScan || dialect.needsMachine || !scan(text, dialect) { walk(text, dialect) }
  }

  /// False where quotes are not plain RFC 4180.
  private mutating func scan(_ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect) -> Bool {
    let capacity = text.count + 64
    let separators = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * capacity)
    defer { separators.deallocate() }
    let recordEnds = separators + capacity
    let scan = diet_csv_scan(
      text.baseAddress, text.count, dialect.delimiter, dialect.quote ?? 0, separators, recordEnds)
    let irregular = UInt32(DIET_CSV_IRREGULAR | DIET_CSV_ENDS_INSIDE)
    if scan.flags & irregular != 0 { return false }
    hasQuotes = scan.flags & UInt32(DIET_CSV_HAS_QUOTE) != 0
    records.reserveCapacity(scan.records + 1)
    var position = 0
    var fieldsBefore = 0
    var followsBlank = false
    for index in 0..<scan.records {
      let end = Int(separators[Int(recordEnds[index])])
      let width = Int(recordEnds[index]) + 1 - fieldsBefore
      let isBlank = width == 1 && (end == position || end == position + 1 && text[position] == 13)
      if !isBlank {
        records.append(
          Record(start: position, end: end + 1, width: width, followsBlank: followsBlank))
      }
      followsBlank = isBlank
      position = end + 1
      fieldsBefore += width
    }
    // A last record without a line end.
    if position < text.count {
      records.append(
        Record(
          start: position, end: text.count, width: scan.separators - fieldsBefore + 1,
          followsBlank: followsBlank))
    }
    return true
  }

  private mutating func walk(_ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect) {
    let start = UnsafeBufferPointer(rebasing: text.prefix(Self.machineByteCount))
    var machine = RecordMachine(dialect, acceptsEnd: start.count == text.count)
    var counter = FieldCounter()
    var position = 0
    var followsBlank = false
    while let line = machine.next(in: start, from: position, atEndOfInput: true, to: &counter) {
      if line.kind == .record {
        records.append(
          Record(
            start: position, end: line.end, width: counter.fieldCount, followsBlank: followsBlank))
      }
      followsBlank = line.kind == .blank
      counter.removeAll()
      position = line.end
      if line.strayQuote != nil { isQuotingRegular = false }
    }
    hasOpenQuote = machine.openQuote != nil && start.count == text.count
    if hasOpenQuote { isQuotingRegular = false }
    hasQuotes = dialect.quote.map { start.contains($0) } ?? false
  }

  /// The same with these records in place of those before an offset.
  func with(_ lead: [Record], before offset: Int) -> RecordShapes {
    var shapes = self
    shapes.records = lead + records.filter { $0.start >= offset }
    return shapes
  }

  /// The same without some records.
  func filtered(_ isKept: (Record) -> Bool) -> RecordShapes {
    var shapes = self
    shapes.records = records.filter(isKept)
    return shapes
  }

  /// The commonest width, the larger one of equally common ones.
  var usualWidth: Int {
    var tally: [Int: Int] = [:]
    for record in records { tally[record.width, default: 0] += 1 }
    return tally.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }

  /// The same of the records up to the last of that width, where at most ten follow it.
  func bodyShare(of width: Int, from start: Int) -> Double {
    let behind = records.suffix(11).reversed().prefix { $0.width != width }.count
    guard (1...10).contains(behind), records.count - behind > start else {
      return share(of: width, from: start)
    }
    let body = records[start..<records.count - behind]
    return Double(body.count { $0.width == width }) / Double(body.count)
  }

  /// How many of the records from `start` on have that width, from 0 to 1.
  func share(of width: Int, from start: Int = 0) -> Double {
    let rest = records[start...]
    return rest.isEmpty ? 0 : Double(rest.count { $0.width == width }) / Double(rest.count)
  }
}
