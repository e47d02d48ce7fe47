import FileIO

extension LineEnds {
  /// The physical line, from 1, of a decoded offset; reads `input` again from its start.
  static func line(
    ofByteOffset offset: Int, in input: CSVInput, encoding: TextEncoding?
  ) throws -> Int? {
    let source = try input.open(encoding: encoding)
    guard source.isRereadable else { return nil }
    var buffer = ChunkBuffer(capacity: 1 << 20)
    var line = 1
    var remaining = offset
    var endsWithCR = false
    while remaining > 0 {
      buffer.count = 0
      let block = UnsafeMutableRawBufferPointer(
        rebasing: buffer.rest.prefix(min(remaining, buffer.capacity)))
      buffer.count = try source.readFully(into: block)
      if buffer.count == 0 { return nil }
      buffer.clearMargin()
      // CRLF across two blocks is one line end.
      if endsWithCR && buffer.bytes[0] == UInt8(ascii: "\n") { line -= 1 }
      line += count(in: buffer.bytes)
      endsWithCR = buffer.bytes[buffer.count - 1] == UInt8(ascii: "\r")
      remaining -= buffer.count
    }
    return line
  }
}
