import CKernels
import Platform

/// The records around quotes that are not where RFC 4180 puts them, delimited by `RecordMachine`, which
/// has libcsv's rules.
///
/// Only these records need the slow machine: before an irregular quote the scan knows where records
/// begin, and after the record that holds it, it can start afresh.
struct IrregularRecords {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let dialect: CSVDialect
  private let atEndOfInput: Bool
  private var machine: RecordMachine
  /// Whether the record before `position` was irregular: then the next most likely is.
  private var followsIrregular = false
  /// A record's start: what lies before it is settled.
  private(set) var position = 0
  /// Whether the record at `position` is irregular and does not end.
  private(set) var isUnfinished = false
  /// A quote that opens in the unfinished record and is not closed before the input ends.
  private(set) var openQuote: Int?

  /// - Parameter bytes: begin at a record's start.
  init(in bytes: UnsafeBufferPointer<UInt8>, dialect: CSVDialect, atEndOfInput: Bool) {
    self.bytes = bytes
    self.dialect = dialect
    self.atEndOfInput = atEndOfInput
    machine = RecordMachine(dialect)
  }

  /// The place of the next irregular record, of which `sink` gets the fields; `nil` when there is
  /// none, or when it does not end.
  mutating func next<Sink: FieldSink & ~Copyable>(to sink: inout Sink) -> Range<Int>? {
    if isUnfinished { return nil }
    if followsIrregular {
      let start = position
      if let line = read(&sink), line.strayQuote != nil { return start..<line.end }
      followsIrregular = false
    }
    guard let quote = Self.firstIrregularQuote(in: bytes, from: position, dialect) else {
      return nil
    }
    var flags: UInt32 = 0
    position += diet_csv_cut(
      bytes.baseAddress! + position, quote - position, dialect.delimiter, dialect.quoteOrZero, 0,
      &flags)
    while true {
      let start = position
      guard let line = read(&sink) else {
        isUnfinished = true
        openQuote = atEndOfInput ? machine.openQuote : nil
        return nil
      }
      if line.end > quote {
        followsIrregular = true
        return start..<line.end
      }
    }
  }

  /// Reads the record at `position` and moves past it; `nil` where it does not end.
  private mutating func read<Sink: FieldSink & ~Copyable>(
    _ sink: inout Sink
  ) -> RecordMachine.Line? {
    sink.removeAll()
    let line = machine.next(in: bytes, from: position, atEndOfInput: atEndOfInput, to: &sink)
    if let line { position = line.end }
    return line
  }

  /// Whether some field begins with a quote. Where none does, quotes are text, all of them, and where
  /// records end is as plain to see as in text without quoting.
  static func anyFieldBeginsWithQuote(
    in bytes: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect
  ) -> Bool {
    guard let base = bytes.baseAddress, let quote = dialect.quote, bytes.count > 0 else {
      return false
    }
    if base[0] == quote { return true }
    let delimiter = dialect.delimiter
    var start = 1
    while start < bytes.count {
      // Gathered without a branch, so that the loop becomes vector code.
      let end = min(start &+ 4096, bytes.count)
      var found: UInt8 = 0
      var index = start
      while index < end {
        let before = base[index &- 1]
        let isStart: UInt8 =
          (before == delimiter ? 1 : 0) | (before == 0x0A ? 1 : 0) | (before == 0x0D ? 1 : 0)
        found |= (base[index] == quote ? 1 : 0) & isStart
        index &+= 1
      }
      if found != 0 { return true }
      start = end
    }
    return false
  }

  /// The first irregular quote at or after `start`, a record's start.
  ///
  /// The rule is that of `diet_csv_scan`: opening quotes follow a separator, closing ones precede
  /// one, and doubled quotes are a closing and an opening one.
  static func firstIrregularQuote(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0, _ dialect: CSVDialect
  ) -> Int? {
    guard let base = bytes.baseAddress, let quote = dialect.quote else { return nil }
    func isBoundary(_ byte: UInt8) -> Bool {
      byte == dialect.delimiter || byte == quote || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    var isInside = false
    var position = start
    while let found = memchr(base + position, Int32(quote), bytes.count - position) {
      let index = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      let neighbour = isInside ? index + 1 : index - 1
      if neighbour >= start, neighbour < bytes.count, !isBoundary(bytes[neighbour]) {
        return index
      }
      isInside.toggle()
      position = index + 1
    }
    return nil
  }
}
