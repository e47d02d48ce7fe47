import Platform

/// The text of a view, whatever its shape.
package struct TextRows {
  @usableFromInline enum Storage {
    case utf8(bytes: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>)
    case fixed(UnsafePointer<UInt8>, FixedTextWriter)
    /// The text of each entry, rendered once.
    case indexed(codes: PlainValues, entries: [[UInt8]])
    case constant([UInt8])
  }

  @usableFromInline let storage: Storage

  /// `nil` where the view does not hold text.
  package init?(_ view: ColumnView) {
    switch view {
    case .plain(.utf8(let bytes, let offsets)): storage = .utf8(bytes: bytes, offsets: offsets)
    case .plain(.fixed(let bytes, let width, let form)):
      storage = .fixed(bytes, FixedTextWriter(form: form, width: width))
    case .indexed(let codes, let dictionary, let count):
      guard let rows = TextRows(dictionary) else { return nil }
      let entries = (0..<count).map { row in rows.withText(at: row) { Array($0) } }
      storage = .indexed(codes: codes, entries: entries)
    case .constant(let value?):
      guard let rows = TextRows(value) else { return nil }
      storage = .constant(rows.withText(at: 0) { Array($0) })
    case .constant(nil): storage = .constant([])
    case .plain, .scaled, .sequence: return nil
    }
  }

  /// The bytes of the longest entry that codes lead to; 0 where there are no codes.
  package var maximumEntryByteCount: Int {
    switch storage {
    case .utf8, .fixed: 0
    case .indexed(_, let entries): entries.reduce(0) { Swift.max($0, $1.count) }
    case .constant(let text): text.count
    }
  }

  /// Calls `body` with the text of a row. The bytes are valid only during the call.
  @inlinable @inline(__always)
  package func withText<Result>(at row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result)
    -> Result
  {
    switch storage {
    case .utf8(let bytes, let offsets):
      let start = Int(offsets[row])
      return body(UnsafeBufferPointer(start: bytes + start, count: Int(offsets[row + 1]) - start))
    case .fixed(let bytes, let writer):
      let value = bytes + row * writer.width
      if writer.form == .text {
        return body(UnsafeBufferPointer(start: value, count: writer.width))
      }
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: writer.maximumByteCount) {
        let count = writer.write(value, to: $0.baseAddress!)
        return body(UnsafeBufferPointer(start: $0.baseAddress!, count: count))
      }
    case .indexed(let codes, let entries):
      return entries[Int(codes.integer(at: row))].withUnsafeBufferPointer(body)
    case .constant(let text): return text.withUnsafeBufferPointer(body)
    }
  }
}
