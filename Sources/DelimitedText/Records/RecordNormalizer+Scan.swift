import FileIO

extension RecordNormalizer {
  /// Replaces the rectangle by regular records as the scan found them: whole runs of fields are
  /// copied as they stand, quotes and all.
  mutating func write(_ scanned: ScannedRecords) throws(ReadingError) {
    var width = columnCount
    for index in 0..<scanned.recordCount {
      let record = scanned.record(index)
      if record.fieldCount > width {
        width = max(width, scanned.usedFieldCount(of: record))
      }
    }
    try begin(width: width, records: scanned.recordCount, byteCount: scanned.bytes.count)
    hasQuotes = scanned.hasQuotes
    for index in 0..<scanned.recordCount {
      let record = scanned.record(index)
      let fieldCount = record.isBlank ? 0 : record.fieldCount
      guard accepts(fieldCount: fieldCount) else { continue }
      let kept = min(fieldCount, columns)
      if kept > 0 {
        let shift = buffer.count - record.start
        let row = separators + rows * columns
        for field in 0..<(kept - 1) {
          row[field] = UInt32(truncatingIfNeeded: scanned.end(of: field, in: record) + shift)
        }
        let end = scanned.end(of: kept - 1, in: record)
        buffer.append(UnsafeBufferPointer(rebasing: scanned.bytes[record.start..<end]))
        endField(kept - 1)
      }
      endRow(emptyFrom: kept)
    }
    buffer.clearMargin()
  }
}
