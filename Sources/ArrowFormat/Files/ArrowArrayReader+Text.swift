import CKernels
import Columnar
import FileIO

extension ArrowArrayReader {
  /// Text as it lies.
  func plainText() throws(ReadingError) -> PlainValues {
    let text = try memory(2, count: 0, as: UInt8.self)
    // An array without rows may come without its one offset; no one reads it then.
    if rowCount == 0 {
      return .utf8(bytes: text, offsets: try memory(1, count: 0, as: UInt32.self))
    }
    // Read without sign, a negative offset is past any buffer of 32-bit offsets.
    let offsets = try memory(1, count: rowCount + 1, as: UInt32.self)
    try checkOffsets(offsets)
    try checkText(text, offsets)
    return .utf8(bytes: text, offsets: offsets)
  }

  /// Text with 64-bit offsets, which are narrowed.
  func largeText() throws(ReadingError) -> (PlainValues, [Buffer]) {
    let text = try memory(2, count: 0, as: UInt8.self)
    if rowCount == 0 {
      return (.utf8(bytes: text, offsets: try memory(1, count: 0, as: UInt32.self)), [])
    }
    let offsets = try memory(1, count: rowCount + 1, as: UInt64.self)
    try checkOffsets(offsets)
    let narrow = try room((rowCount + 1) * 4)
    let target = narrow.pointer(as: UInt32.self)
    let first = offsets[0]
    guard offsets[rowCount] - first <= UInt32.max else { throw tooLong(1) }
    for row in 0...rowCount { target[row] = UInt32(truncatingIfNeeded: offsets[row] - first) }
    try checkText(text + Int(first), target)
    return (.utf8(bytes: text + Int(first), offsets: target), [narrow])
  }

  /// The text that views lead to, one after the other. A view is 16 bytes: the length, then up to 12
  /// bytes of text, or its first four, the number of a buffer, and where it starts in that.
  func viewedText(
    _ nulls: ArrowNulls
  ) throws(ReadingError) -> (PlainValues, [Buffer]) {
    let views = UnsafeRawPointer(try memory(1, count: rowCount * 2, as: UInt64.self))
    let offsets = try room((rowCount + 1) * 4)
    let target = offsets.pointer(as: UInt32.self)
    target[0] = 0
    var end = 0
    for row in 0..<rowCount {
      // What stands in null rows means nothing.
      if !nulls.isNull(row) {
        let view = views + row * 16
        let length = Int(view.loadUnaligned(as: Int32.self))
        if length > 12 {
          let index = Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
          let start = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
          guard index >= 0, index < buffers.count - 2, start >= 0,
            start + length <= buffers[index + 2].byteCount
          else { throw corrupt(1, "a view leads outside its buffers", row: row, width: 16) }
        } else if length < 0 {
          throw corrupt(1, "a view has a length of \(length)", row: row, width: 16)
        }
        end += length
        guard end <= UInt32.max else { throw tooLong(1) }
      }
      target[row + 1] = UInt32(truncatingIfNeeded: end)
    }
    let text = try room(end)
    let bytes = text.pointer(as: UInt8.self)
    for row in 0..<rowCount where target[row] < target[row + 1] {
      let view = views + row * 16
      let length = Int(target[row + 1] - target[row])
      var source = view + 4
      if length > 12 {
        let index = Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
        let start = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
        source = UnsafeRawPointer(buffers[index + 2].base) + start
      }
      UnsafeMutableRawPointer(bytes + Int(target[row])).copyMemory(from: source, byteCount: length)
    }
    try checkText(bytes, target)
    return (.utf8(bytes: bytes, offsets: target), [offsets, text])
  }

  private func checkOffsets<Offset: FixedWidthInteger & UnsignedInteger>(
    _ offsets: UnsafePointer<Offset>
  ) throws(ReadingError) {
    var isSorted = true
    var row = 0
    while row < rowCount {
      isSorted = isSorted && offsets[row] <= offsets[row + 1]
      row &+= 1
    }
    guard isSorted, UInt64(offsets[rowCount]) <= UInt64(buffers[2].byteCount) else {
      throw corrupt(1, "the offsets of text do not rise within its \(buffers[2].byteCount) bytes")
    }
  }

  private func checkText(
    _ bytes: UnsafePointer<UInt8>, _ offsets: UnsafePointer<UInt32>
  ) throws(ReadingError) {
    let (start, end) = (Int(offsets[0]), Int(offsets[rowCount]))
    let invalid = start + diet_utf8_first_invalid(bytes + start, end - start)
    guard invalid < end else {
      // Each value is text of its own where none begins within a character.
      for row in 0..<rowCount where Int(offsets[row]) < end {
        if bytes[Int(offsets[row])] & 0xC0 == 0x80 { throw invalidText(row) }
      }
      return
    }
    throw invalidText((0..<rowCount).first { Int(offsets[$0 + 1]) > invalid } ?? 0)
  }

  private func invalidText(_ row: Int) -> ReadingError {
    corrupt(0, "the text of row \(row + 1) of the batch is not UTF-8")
  }

  private func tooLong(_ buffer: Int) -> ReadingError {
    ReadingError.arrow(
      .unsupportedInput, file: origin.name, byteOffset: offset(buffer), column: field.name,
      "one batch has more than 4 GiB of text; write the file in smaller batches")
  }
}
