extension Column {
  /// Every value as it would be written out, made on up to `threads` threads, of a dictionary each once.
  package func written(threads: Int) -> Column {
    if nullCount == count { return .nulls(name, .string, count: count) }
    if case .indexed(let codes, _, let entryCount) = view, entryCount <= count / 2,
      let entries = dictionary.first
    {
      let texts = CodedRows(
        column: self, nulls: ArrowNulls(self), codes: codes,
        entries: WrittenRows(entries, threads: threads))
      return Column(name, .string, texts, threads: threads)
    }
    return Column(name, .string, WrittenRows(self, threads: threads), threads: threads)
  }
}

/// The values of a column written out, in runs of rows.
private struct WrittenRows: TextSource, @unchecked Sendable {
  // Sound to share: the pointers lead into buffers that are kept here and that no one changes.
  private static let runRowCount = 1 << 16

  let count: Int
  private let nulls: ArrowNulls
  /// For each run: the bytes of its texts.
  private let bytes: [UnsafePointer<UInt8>]
  /// For each run: where the text of each row starts, and where the last ends.
  private let starts: [UnsafePointer<UInt32>]
  private let column: Column
  private let memory: [Buffer]

  init(_ column: Column, threads: Int) {
    self.column = column
    count = column.count
    nulls = ArrowNulls(column)
    let runCount = (column.count + Self.runRowCount - 1) / Self.runRowCount
    let runs = parallelMap(runCount, threads: threads) { index in
      let start = index * Self.runRowCount
      return Self.run(column, start..<min(start + Self.runRowCount, column.count))
    }
    bytes = runs.map { UnsafePointer($0.bytes.pointer(as: UInt8.self)) }
    starts = runs.map { UnsafePointer($0.starts.pointer(as: UInt32.self)) }
    memory = runs.flatMap { [$0.bytes, $0.starts] }
  }

  private static func run(_ column: Column, _ rows: Range<Int>) -> (bytes: Buffer, starts: Buffer) {
    var written: [UInt8] = []
    written.reserveCapacity(rows.count * 8)
    let starts = Buffer(uninitializedByteCount: (rows.count + 1) * 4)
    let ends = starts.pointer(as: UInt32.self)
    ends[0] = 0
    var place = 0
    ValueText(column).append(rows, to: &written) { _, _, written in
      place += 1
      ends[place] = UInt32(written.count)
    }
    let bytes = Buffer(uninitializedByteCount: written.count)
    bytes.base.copyMemory(from: written, byteCount: written.count)
    return (bytes, starts)
  }

  func byteCount(_ row: Int) -> Int? {
    if nulls.isNull(row) { return nil }
    let starts = starts[row / Self.runRowCount] + row % Self.runRowCount
    return Int(starts[1] &- starts[0])
  }

  func write(_ row: Int, to target: UnsafeMutablePointer<UInt8>) {
    let run = row / Self.runRowCount
    let starts = starts[run] + row % Self.runRowCount
    target.update(from: bytes[run] + Int(starts[0]), count: Int(starts[1] &- starts[0]))
  }
}

/// The same, where rows have codes of values.
private struct CodedRows: TextSource, @unchecked Sendable {
  // Sound to share: codes and bitmap lie in buffers that `column` keeps and no one changes.
  let column: Column
  let nulls: ArrowNulls
  let codes: PlainValues
  let entries: WrittenRows

  var count: Int { column.count }

  func byteCount(_ row: Int) -> Int? {
    nulls.isNull(row) ? nil : entries.byteCount(codes.code(at: row))
  }

  func write(_ row: Int, to target: UnsafeMutablePointer<UInt8>) {
    entries.write(codes.code(at: row), to: target)
  }
}
