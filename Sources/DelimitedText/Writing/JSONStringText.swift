extension [UInt8] {
  /// Appends UTF-8 text as a JSON string: escaped is what must be, all else stays as it is.
  mutating func append(jsonString text: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    var copied = 0
    for index in text.indices where mustEscape(text[index]) {
      append(contentsOf: UnsafeBufferPointer(rebasing: text[copied..<index]))
      append(escaped: text[index])
      copied = index + 1
    }
    append(contentsOf: UnsafeBufferPointer(rebasing: text[copied...]))
    append(UInt8(ascii: "\""))
  }

  /// Makes a JSON string of what was appended from `start` on.
  mutating func makeJSONString(from start: Int) {
    guard self[start...].contains(where: mustEscape) else {
      insert(UInt8(ascii: "\""), at: start)
      return append(UInt8(ascii: "\""))
    }
    let text = Array(self[start...])
    removeSubrange(start...)
    text.withUnsafeBufferPointer { append(jsonString: $0) }
  }

  private mutating func append(escaped byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): append(UInt8(ascii: "t"))
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      append(contentsOf: "u00".utf8)
      append(digits[Int(byte >> 4)])
      append(digits[Int(byte & 15)])
    default: append(byte)
    }
  }
}

@inline(__always)
private func mustEscape(_ byte: UInt8) -> Bool {
  byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
}
