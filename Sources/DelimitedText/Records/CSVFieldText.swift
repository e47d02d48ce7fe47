/// What makes a field of RFC 4180 need quotes.
@inline(__always)
private func needsQuotes(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
    || byte == UInt8(ascii: "\r")
}

extension [UInt8] {
  /// Appends `field` as RFC 4180 spells it, in quotes where it needs them.
  mutating func append(csvField field: UnsafeBufferPointer<UInt8>, forcesQuotes: Bool) {
    guard forcesQuotes || field.contains(where: needsQuotes) || field.beginsWithMark else {
      return append(contentsOf: field)
    }
    append(UInt8(ascii: "\""))
    for byte in field {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }

  /// Spells what was appended from `start` on as a field, which is in quotes where it is empty: an
  /// empty string is no null.
  mutating func makeCSVField(from start: Int) {
    let needsThem = withUnsafeBufferPointer { bytes in
      var position = start
      while position < bytes.count, !needsQuotes(bytes[position]) { position &+= 1 }
      return start == bytes.count || position < bytes.count
        || UnsafeBufferPointer(rebasing: bytes[start...]).beginsWithMark
    }
    guard needsThem else { return }
    let field = Array(self[start...])
    removeSubrange(start...)
    field.withUnsafeBufferPointer { append(csvField: $0, forcesQuotes: true) }
  }

  /// Whether this, as the first field of a file, would be read as a line that names the delimiter.
  var looksLikeDelimiterLine: Bool { starts(with: "sep=".utf8) }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether text begins with U+FEFF, which at the start of a line is taken for a byte order mark.
  fileprivate var beginsWithMark: Bool {
    count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF
  }
}
