/// Lines of a report as RFC 4180 quotes them, ending in LF.
enum CSVText {
  static func line(_ fields: [String]) -> String {
    var text: [UInt8] = []
    append(fields, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  static func append(_ fields: [String], to text: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { text.append(0x2C) }
      var field = field
      field.withUTF8 { append($0, to: &text) }
    }
    text.append(0x0A)
  }

  // Byte by byte: a quote with a combining accent is one Character, and yet a quote.
  private static func append(_ field: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
    guard field.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
      text += field
      return
    }
    text.append(0x22)
    for byte in field {
      if byte == 0x22 { text.append(byte) }
      text.append(byte)
    }
    text.append(0x22)
  }
}
