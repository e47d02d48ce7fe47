import Platform

/// The scan's separators, record by record.
struct ScannedRecords {
  let bytes: UnsafeBufferPointer<UInt8>
  /// As `diet_csv_scan` writes them.
  let separators: UnsafePointer<UInt32>
  /// The indices of the separators that end records.
  let recordEnds: UnsafePointer<UInt32>
  let recordCount: Int
  let hasQuotes: Bool

  struct Record {
    /// The offset of the first byte.
    let start: Int
    /// The offset past the last field, without CR and LF.
    let end: Int
    /// The index of the first field's separator.
    let firstSeparator: Int
    let fieldCount: Int

    var isBlank: Bool { fieldCount == 1 && start == end }
  }

  func record(_ index: Int) -> Record {
    let first = index == 0 ? 0 : Int(recordEnds[index - 1]) + 1
    let last = Int(recordEnds[index])
    let start = first == 0 ? 0 : Int(separators[first - 1]) + 1
    var end = Int(separators[last])
    // Of CRLF only the LF is a separator.
    if end > start, bytes[end] == UInt8(ascii: "\n"), bytes[end - 1] == UInt8(ascii: "\r") {
      end -= 1
    }
    return Record(start: start, end: end, firstSeparator: first, fieldCount: last - first + 1)
  }

  /// The offset past a field.
  func end(of field: Int, in record: Record) -> Int {
    field + 1 == record.fieldCount ? record.end : Int(separators[record.firstSeparator + field])
  }

  /// How many fields there are without the empty ones at the end.
  func usedFieldCount(of record: Record) -> Int {
    var count = record.fieldCount
    while count > 1, end(of: count - 1, in: record) == end(of: count - 2, in: record) + 1 {
      count -= 1
    }
    return count
  }

  /// How many records have a byte in them, and where the first of these begins.
  func having(_ byte: UInt8) -> (firstStart: Int, count: Int) {
    guard let base = bytes.baseAddress else { return (0, 0) }
    var first: Int?
    var count = 0
    var record = 0
    var position = 0
    while let found = memchr(base + position, Int32(byte), bytes.count - position) {
      let offset = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      while record < recordCount, Int(separators[Int(recordEnds[record])]) < offset { record += 1 }
      guard record < recordCount else { break }
      if first == nil { first = self.record(record).start }
      count += 1
      position = Int(separators[Int(recordEnds[record])]) + 1
      record += 1
    }
    return (first ?? 0, count)
  }

  /// The row of the record that begins at `offset`.
  func row(at offset: Int, dropsBlankLines: Bool) -> Int {
    var row = 0
    for index in 0..<recordCount {
      let record = record(index)
      if record.start >= offset { break }
      if !(dropsBlankLines && record.isBlank) { row += 1 }
    }
    return row
  }
}
