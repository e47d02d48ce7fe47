/// `RecordMachine` over whole chunks. One for each worker; its memory is reused.
final class MachineEngine {
  private var machine: RecordMachine
  /// The records read last; a blank line is one without fields.
  private(set) var batch = RecordBatch()
  /// Lines left out as comments, at their offsets.
  private(set) var comments: [Int] = []
  /// The numbers, and the offsets, of stray quotes' records.
  private(set) var strayQuotes: [(record: Int, offset: Int)] = []

  init(_ dialect: CSVDialect) { machine = RecordMachine(dialect, acceptsEnd: true) }

  /// Reads whole records into `batch`.
  func tokenize(_ bytes: UnsafeBufferPointer<UInt8>) {
    batch.removeAll()
    comments.removeAll(keepingCapacity: true)
    strayQuotes.removeAll(keepingCapacity: true)
    var position = 0
    while let line = machine.next(in: bytes, from: position, atEndOfInput: true, to: &batch) {
      if line.kind == .comment { comments.append(position) }
      if let offset = line.strayQuote { strayQuotes.append((batch.recordCount - 1, offset)) }
      position = line.end
    }
  }
}
