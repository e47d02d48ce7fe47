/// Records as flat arrays: the bytes of all fields, unquoted, and where fields and records end.
package struct RecordBatch: ~Copyable, FieldSink {
  /// Unquoted bytes of all fields.
  private var buffer = ChunkBuffer(capacity: 1 << 12)
  /// For each field the end of its bytes.
  private var fieldEnds: [UInt32] = []
  /// For each field whether it is `""`: an empty string, not a missing value.
  private(set) var isQuotedEmpty: [Bool] = []
  /// For each record the number of fields up to its end.
  private var recordEnds: [Int] = []

  init() {}

  var recordCount: Int { recordEnds.count }
  var fieldCount: Int { fieldEnds.count }
  var byteCount: Int { buffer.count }

  /// The indices of a record's fields; empty for a blank line.
  func fields(ofRecord record: Int) -> Range<Int> {
    (record == 0 ? 0 : recordEnds[record - 1])..<recordEnds[record]
  }

  /// The bytes of a field, valid until the batch changes.
  func bytes(ofField field: Int) -> UnsafeBufferPointer<UInt8> {
    let start = field == 0 ? 0 : Int(fieldEnds[field - 1])
    return UnsafeBufferPointer(
      start: buffer.start + start, count: Int(fieldEnds[field]) - start)
  }

  mutating func removeAll() {
    buffer.count = 0
    fieldEnds.removeAll(keepingCapacity: true)
    isQuotedEmpty.removeAll(keepingCapacity: true)
    recordEnds.removeAll(keepingCapacity: true)
  }

  mutating func appendField(_ field: UnsafeBufferPointer<UInt8>, isQuotedEmpty: Bool) {
    append(field)
    endField(isQuotedEmpty: isQuotedEmpty)
  }

  /// Appends a part of the field that `endField` will end.
  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) { buffer.append(piece) }

  mutating func endField(isQuotedEmpty: Bool) {
    fieldEnds.append(UInt32(truncatingIfNeeded: buffer.count))
    self.isQuotedEmpty.append(isQuotedEmpty)
  }

  /// Ends a record; one without fields is a blank line.
  mutating func endRecord() {
    recordEnds.append(fieldEnds.count)
  }
}
