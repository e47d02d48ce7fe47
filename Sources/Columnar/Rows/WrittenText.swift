/// Text of any shape written out, one after the other, with 32-bit offsets.
package struct WrittenText {
  package let bytes: UnsafePointer<UInt8>
  /// Text `i` is `bytes[offsets[i]..<offsets[i + 1]]`; null rows are empty.
  package let offsets: UnsafePointer<UInt32>
  /// Keeps both.
  package let memory: [Buffer]

  /// `nil` where the text is too long for such offsets.
  package init?(_ texts: TextRows, _ rows: Range<Int>, _ nulls: ArrowNulls) {
    let ends = Buffer(uninitializedByteCount: (rows.count + 1) * 4)
    let offsets = ends.pointer(as: UInt32.self)
    offsets[0] = 0
    var bytes: [UInt8] = []
    texts.forEach(rows) { row, text in
      if !nulls.isNull(row), bytes.count <= UInt32.max { bytes.append(contentsOf: text) }
      offsets[row - rows.lowerBound + 1] = UInt32(truncatingIfNeeded: bytes.count)
    }
    guard bytes.count <= UInt32.max else { return nil }
    let text = Buffer(uninitializedByteCount: bytes.count)
    UnsafeMutableRawBufferPointer(start: text.base, count: bytes.count).copyBytes(from: bytes)
    self.bytes = UnsafePointer(text.pointer(as: UInt8.self))
    self.offsets = UnsafePointer(offsets)
    memory = [text, ends]
  }
}
