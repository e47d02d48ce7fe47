extension TextForms {
  /// The forms that one value has, of those that are of interest.
  package init(classifying text: UnsafeBufferPointer<UInt8>, among asked: TextForms = .all) {
    var forms: TextForms = []
    let count = text.count
    if count == 36, asked.contains(.lowercaseUUID), Self.isUUID(text, lowercase: true) {
      forms.insert(.lowercaseUUID)
    }
    if count == 36, asked.contains(.uppercaseUUID), Self.isUUID(text, lowercase: false) {
      forms.insert(.uppercaseUUID)
    }
    if count >= 7, count <= 15, asked.contains(.ipv4), Self.isIPv4(text) { forms.insert(.ipv4) }
    if count >= 2, count % 2 == 0 {
      if asked.contains(.lowercaseHex),
        text.allSatisfy({ Self.isDigit($0) || ($0 >= 0x61 && $0 <= 0x66) })
      {
        forms.insert(.lowercaseHex)
      }
      if asked.contains(.uppercaseHex),
        text.allSatisfy({ Self.isDigit($0) || ($0 >= 0x41 && $0 <= 0x46) })
      {
        forms.insert(.uppercaseHex)
      }
    }
    // Signed digits are numbers.
    if asked.contains(.signedDigits), Self.isSignedDigits(text) {
      forms.formUnion([.signedDigits, .number])
    } else if asked.contains(.number), Self.isNumber(text) {
      forms.insert(.number)
    }
    if asked.contains(.boolean), Self.isBoolean(text) { forms.insert(.boolean) }
    let written: TextForms = [
      .groupedByCommas, .groupedByPoints, .amount, .accounting, .dateShaped,
    ]
    if !asked.isDisjoint(with: written) { forms.formUnion(Self.written(text, among: asked)) }
    self = forms.intersection(asked)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }

  private static func isUUID(_ text: UnsafeBufferPointer<UInt8>, lowercase: Bool) -> Bool {
    let letters: ClosedRange<UInt8> = lowercase ? 0x61...0x66 : 0x41...0x46
    for (index, byte) in text.enumerated() {
      switch index {
      case 8, 13, 18, 23: if byte != 0x2D { return false }
      default: if !isDigit(byte) && !letters.contains(byte) { return false }
      }
    }
    return true
  }

  /// Four numbers up to 255 without zeros in front, as they are printed.
  private static func isIPv4(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var parts = 0
    var number = 0
    var digits = 0
    for byte in text {
      if byte == 0x2E {
        if digits == 0 { return false }
        parts += 1
        number = 0
        digits = 0
      } else {
        guard isDigit(byte), !(digits > 0 && number == 0) else { return false }
        number = number * 10 + Int(byte - 0x30)
        digits += 1
        if number > 255 { return false }
      }
    }
    return parts == 3 && digits > 0
  }

  private static func isSignedDigits(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    let digits = first == 0x2B || first == 0x2D ? text.dropFirst() : text[...]
    return !digits.isEmpty && digits.count <= 18 && digits.allSatisfy(isDigit)
  }

  private static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    var digits = 0
    if index < text.count, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
    while index < text.count, isDigit(text[index]) {
      index += 1
      digits += 1
    }
    if index < text.count, text[index] == 0x2E {
      index += 1
      while index < text.count, isDigit(text[index]) {
        index += 1
        digits += 1
      }
    }
    if digits == 0 { return false }
    if index < text.count, text[index] | 0x20 == 0x65 {
      index += 1
      if index < text.count, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
      let start = index
      while index < text.count, isDigit(text[index]) { index += 1 }
      if index == start { return false }
    }
    return index == text.count
  }

  private static func isBoolean(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count == 4 || text.count == 5 else { return false }
    let word = String(decoding: text, as: UTF8.self)
    return ["true", "True", "TRUE", "false", "False", "FALSE"].contains(word)
  }
}
