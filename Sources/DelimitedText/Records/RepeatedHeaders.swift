import Platform

/// Records that are the header once more, from files that were put together.
struct RepeatedHeaders {
  private let header: [UInt8]

  /// `nil` where the table has no header, or one that says nothing.
  init?(_ table: CSVTableSource) {
    guard let header = table.headerText, !header.isEmpty else { return nil }
    self.header = header
  }

  func contains(_ record: UnsafeBufferPointer<UInt8>) -> Bool {
    var end = record.count
    while end > 0, record[end - 1] == 0x0A || record[end - 1] == 0x0D { end -= 1 }
    return end == header.count && memcmp(record.baseAddress!, header, end) == 0
  }

  /// Whether some record that the scan found may be one: most chunks are settled by lengths alone.
  func mayOccur(in records: ScannedRecords) -> Bool {
    guard let base = records.bytes.baseAddress else { return false }
    var start = 0
    for index in 0..<records.recordCount {
      let end = Int(records.separators[Int(records.recordEnds[index])])
      let length = end &- start
      // One more where the line ends in CRLF.
      if length == header.count || length == header.count + 1,
        memcmp(base + start, header, header.count) == 0
      {
        return true
      }
      start = end + 1
    }
    return false
  }

  /// Whether some line begins as the header does.
  func mayOccur(inLinesOf bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    var start = 0
    while start + header.count <= bytes.count {
      if memcmp(base + start, header, header.count) == 0 { return true }
      guard let end = bytes[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { break }
      start = end + 1
    }
    return false
  }

  /// How many records are, and where the first of them begins.
  func count(
    in bytes: UnsafeBufferPointer<UInt8>, _ table: CSVTableSource
  ) -> (count: Int, firstOffset: Int) {
    var count = 0
    var firstOffset = 0
    var judge = RecordJudge(table)
    judge.visit(bytes) { record, _ in
      if contains(UnsafeBufferPointer(rebasing: bytes[record])) {
        if count == 0 { firstOffset = record.lowerBound }
        count += 1
      }
      return true
    }
    return (count, firstOffset)
  }
}
