import Platform

extension FixedForm {
  /// The name that layouts carry.
  var name: String {
    switch self {
    case .text: "text"
    case .hex(isUppercase: false): "hex"
    case .hex(isUppercase: true): "HEX"
    case .uuid(isUppercase: false): "uuid"
    case .uuid(isUppercase: true): "UUID"
    case .ipv4: "ipv4"
    }
  }

  init(name: String?) {
    let forms: [FixedForm] = [
      .hex(isUppercase: false), .hex(isUppercase: true), .uuid(isUppercase: false),
      .uuid(isUppercase: true), .ipv4,
    ]
    self = forms.first { $0.name == name } ?? .text
  }

  /// Stores `text` in `width` bytes; false when rendering them would not give it back.
  package func store(
    _ text: UnsafeBufferPointer<UInt8>, width: Int, to target: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    switch self {
    case .text:
      guard text.count == width else { return false }
      memcpy(target, text.baseAddress!, width)
      return true
    case .hex(let isUppercase):
      return text.count == width * 2 && packHex(text, isUppercase, to: target)
    case .uuid(let isUppercase):
      guard text.count == 36, width == 16 else { return false }
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digits in
        var count = 0
        for (index, byte) in text.enumerated() {
          if index == 8 || index == 13 || index == 18 || index == 23 {
            if byte != 0x2D { return false }
          } else {
            digits[count] = byte
            count += 1
          }
        }
        return packHex(UnsafeBufferPointer(digits), isUppercase, to: target)
      }
    case .ipv4:
      guard TextForms(classifying: text).contains(.ipv4) else { return false }
      var part = 0
      var number: UInt8 = 0
      for byte in text {
        if byte == 0x2E {
          target[part] = number
          part += 1
          number = 0
        } else {
          number = number &* 10 &+ (byte &- 0x30)
        }
      }
      target[part] = number
      return true
    }
  }

  /// Appends the text that the `width` bytes from `bytes` stand for.
  package func render(_ bytes: UnsafePointer<UInt8>, width: Int, to output: inout [UInt8]) {
    switch self {
    case .text: output.append(contentsOf: UnsafeBufferPointer(start: bytes, count: width))
    case .hex(let isUppercase):
      for index in 0..<width { appendHex(bytes[index], isUppercase, to: &output) }
    case .uuid(let isUppercase):
      for index in 0..<width {
        if index == 4 || index == 6 || index == 8 || index == 10 { output.append(0x2D) }
        appendHex(bytes[index], isUppercase, to: &output)
      }
    case .ipv4:
      for index in 0..<4 {
        if index > 0 { output.append(0x2E) }
        output.append(contentsOf: String(bytes[index]).utf8)
      }
    }
  }
}

/// Packs pairs of hex digits; false when a byte is no digit of that case.
private func packHex(
  _ text: UnsafeBufferPointer<UInt8>, _ isUppercase: Bool, to target: UnsafeMutablePointer<UInt8>
) -> Bool {
  let letter: UInt8 = isUppercase ? 0x41 : 0x61
  var isValid = true
  func digit(_ byte: UInt8) -> UInt8 {
    if byte &- 0x30 <= 9 { return byte &- 0x30 }
    if byte &- letter <= 5 { return byte &- letter &+ 10 }
    isValid = false
    return 0
  }
  for index in 0..<text.count / 2 {
    target[index] = digit(text[2 * index]) << 4 | digit(text[2 * index + 1])
  }
  return isValid
}

private func appendHex(_ byte: UInt8, _ isUppercase: Bool, to output: inout [UInt8]) {
  for digit in [byte >> 4, byte & 15] {
    output.append(digit < 10 ? 0x30 + digit : (isUppercase ? 0x41 : 0x61) + digit - 10)
  }
}
