import Platform

/// The text of a view, whatever its shape.
package struct TextRows {
  @usableFromInline enum Storage {
    case utf8(bytes: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>)
    case fixed(UnsafePointer<UInt8>, FixedTextWriter)
    /// The text of each entry, rendered once; entry `i` ends at `ends[i + 1]`.
    case indexed(codes: PlainValues, entries: [UInt8], ends: [Int])
    case constant([UInt8])
    case decoded(any TextDecoder, firstRow: Int)
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
      var entries: [UInt8] = []
      var ends = [0]
      rows.forEach(0..<count) { _, text in
        entries.append(contentsOf: text)
        ends.append(entries.count)
      }
      storage = .indexed(codes: codes, entries: entries, ends: ends)
    case .constant(let value?):
      guard let rows = TextRows(value) else { return nil }
      storage = .constant(rows.withText(at: 0) { Array($0) })
    case .constant(nil): storage = .constant([])
    case .decoded(let view):
      guard case .texts(let decoder) = view.decoder else { return nil }
      storage = .decoded(decoder, firstRow: view.firstRow)
    case .plain, .scaled, .sequence: return nil
    }
  }

  /// The bytes of the longest text of `rows`, or of the longest entry that codes lead to.
  package func maximumByteCount(_ rows: Range<Int>) -> Int {
    switch storage {
    case .utf8(_, let offsets):
      return rows.reduce(0) { max($0, Int(offsets[$1 + 1] - offsets[$1])) }
    case .fixed(_, let writer): return writer.maximumByteCount
    case .indexed(_, _, let ends):
      return zip(ends, ends.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) }
    case .constant(let text): return text.count
    case .decoded(let decoder, let firstRow):
      var longest = 0
      decoder.measure(rows.shifted(by: firstRow)) { longest = max(longest, $0) }
      return longest
    }
  }

  /// No text of `rows` has more bytes: at once, where `maximumByteCount` has to look at them.
  package func byteCountLimit(_ rows: Range<Int>) -> Int {
    if case .decoded(let decoder, _) = storage { return decoder.longestByteCount }
    return maximumByteCount(rows)
  }

  /// The bytes of the text of all `rows`; of null rows none, or those of any text.
  package func textByteCount(_ rows: Range<Int>) -> Int {
    if case .decoded(let decoder, let firstRow) = storage {
      return decoder.textByteCount(rows.shifted(by: firstRow))
    }
    return rows.reduce(0) { $0 + byteCount(at: $1) }
  }

  /// Calls `body` with each of `rows` and the bytes of its text.
  package func measure(_ rows: Range<Int>, _ body: (Int, Int) -> Void) {
    guard case .decoded(let decoder, let firstRow) = storage else {
      return forEach(rows) { body($0, $1.count) }
    }
    var row = rows.lowerBound
    decoder.measure(rows.shifted(by: firstRow)) { count in
      body(row, count)
      row &+= 1
    }
  }

  /// The bytes of the text of a row.
  package func byteCount(at row: Int) -> Int {
    switch storage {
    case .utf8(_, let offsets): return Int(offsets[row + 1] - offsets[row])
    case .fixed(let bytes, let writer): return writer.byteCount(bytes + row * writer.width)
    case .indexed(let codes, _, let ends):
      let code = Int(codes.integer(at: row))
      return ends[code + 1] - ends[code]
    case .constant(let text): return text.count
    case .decoded(let decoder, let firstRow):
      var count = 0
      decoder.measure(firstRow &+ row..<firstRow &+ row &+ 1) { count = $0 }
      return count
    }
  }

  /// Calls `body` with each of `rows` and its text, dispatched once for all. The bytes are valid only
  /// during the call.
  package func forEach(
    _ rows: Range<Int>, _ body: (Int, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    switch storage {
    case .utf8(let bytes, let offsets):
      for row in rows {
        let start = offsets[row]
        body(
          row,
          UnsafeBufferPointer(start: bytes + Int(start), count: Int(offsets[row + 1] &- start)))
      }
    case .fixed(let bytes, let writer) where writer.form == .text:
      for row in rows {
        body(
          row, UnsafeBufferPointer(start: bytes + row * writer.width, count: writer.width))
      }
    case .decoded(let decoder, let firstRow):
      var row = rows.lowerBound
      decoder.decode(rows.shifted(by: firstRow)) { text in
        body(row, text)
        row &+= 1
      }
    default: for row in rows { withText(at: row) { body(row, $0) } }
    }
  }

  /// Calls `body` with the text of each of `rows`, in the order given. The bytes are valid only during the call.
  package func forEach(_ rows: [Int], _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if case .decoded(let decoder, let firstRow) = storage {
      return decoder.decode(firstRow == 0 ? rows : rows.map { $0 + firstRow }, body)
    }
    for row in rows { withText(at: row, body) }
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
    case .indexed(let codes, let entries, let ends):
      let code = Int(codes.integer(at: row))
      return entries.withUnsafeBufferPointer {
        body(UnsafeBufferPointer(rebasing: $0[ends[code]..<ends[code &+ 1]]))
      }
    case .constant(let text): return text.withUnsafeBufferPointer(body)
    case .decoded(let decoder, let firstRow):
      var result: Result?
      decoder.decode(firstRow &+ row..<firstRow &+ row &+ 1) { result = body($0) }
      guard let result else { fatalError("the decoder has no text for row \(row)") }
      return result
    }
  }
}
