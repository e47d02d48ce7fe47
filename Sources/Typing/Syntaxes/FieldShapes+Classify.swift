import Columnar

/// What other engines see in one field's text; see `FieldShapes`.
struct FieldReading {
  var shapes: FieldShapes
  /// The value of digits, at the end of the range where 127 bits do not hold it.
  var integer: Int128?

  /// Reads text that is neither empty nor a word for a missing value.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    shapes = .text
    guard let start = text.baseAddress, text.count > 0 else { return }
    let field = Field(start: start, count: text.count, isQuoted: false)
    let trimmed = field.trimmed
    let hasSpace = trimmed.count != field.count
    guard trimmed.count > 0, trimmed.count <= 400 || trimmed.bytes.allSatisfy(Self.isNumeric) else {
      return
    }
    if let number = Self.number(trimmed, &integer) {
      shapes = number
    } else if let word = Self.word(trimmed, hasSpace) {
      shapes = word
    } else if let time = Self.time(trimmed) {
      shapes = time
    }
    guard hasSpace, shapes != .text else { return }
    // Nobody trims booleans.
    shapes = shapes.isDisjoint(with: [.boolean, .looseBoolean]) ? shapes.union(.outerSpace) : .text
    if shapes.remove(.bit) != nil { shapes.insert(.integer) }
  }

  private static func isNumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == 0x2B || byte == 0x2D
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }

  // MARK: - Numbers

  /// `[+-]? (digits [. digits*] | . digits) ([eE] [+-]? digits)?`
  private static func number(_ text: Field, _ integer: inout Int128?) -> FieldShapes? {
    let bytes = text.bytes
    var index = 0
    func digits() -> Int {
      let start = index
      while index < bytes.count, isDigit(bytes[index]) { index += 1 }
      return index - start
    }
    let hasSign = bytes[0] == 0x2B || bytes[0] == 0x2D
    if hasSign { index = 1 }
    let whole = digits()
    if index == bytes.count, whole > 0 {
      integer = value(of: bytes)
      if bytes[0] == 0x2B { return .plusInteger }
      return bytes.count == 1 && bytes[0] <= 0x31 ? .bit : .integer
    }
    var fraction = -1
    if index < bytes.count, bytes[index] == 0x2E {
      index += 1
      fraction = digits()
    }
    guard whole > 0 || fraction > 0 else { return nil }
    if index == bytes.count { return .float }
    guard bytes[index] | 0x20 == 0x65 else { return nil }
    index += 1
    if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
    guard digits() > 0, index == bytes.count else { return nil }
    // polars wants a digit after the point where an exponent follows.
    return fraction == 0 ? .looseFloat : .float
  }

  private static func value(of bytes: UnsafeBufferPointer<UInt8>) -> Int128 {
    let isNegative = bytes[0] == 0x2D
    if bytes.count <= shortDigitCount {
      let magnitude = Int128(shortValue(of: bytes))
      return isNegative ? -magnitude : magnitude
    }
    var magnitude: Int128 = 0
    for byte in bytes where isDigit(byte) {
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int128(byte &- 0x30))
      if overflow || carry { return isNegative ? .min : .max }
      magnitude = sum
    }
    return isNegative ? -magnitude : magnitude
  }

  /// So many digits are below 2^60.
  private static let shortDigitCount = 18

  /// The digits of at most 18 bytes as a number, without their sign.
  @inline(__always)
  private static func shortValue(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    for byte in bytes where isDigit(byte) { value = value &* 10 &+ UInt64(byte &- 0x30) }
    return value
  }

  /// The bytes of the value of `text`, digits with or without a sign, as an integer of CPython:
  /// 24 and 4 for each 30 bits, of which zero takes one, too.
  static func pythonByteCount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    if text.count <= shortDigitCount { return shortValue(of: text) < 1 << 30 ? 28 : 32 }
    var limbs: [UInt64] = [0]
    for byte in text where isDigit(byte) {
      var carry = UInt64(byte &- 0x30)
      for index in limbs.indices {
        let sum = limbs[index] * 10 + carry
        limbs[index] = sum & (1 << 30 - 1)
        carry = sum >> 30
      }
      if carry > 0 { limbs.append(carry) }
    }
    return 24 + 4 * limbs.count
  }

  // MARK: - Words

  private static func word(_ text: Field, _ hasSpace: Bool) -> FieldShapes? {
    guard text.count <= 18 else { return nil }
    let spelling = String(decoding: text.bytes, as: UTF8.self)
    switch spelling {
    case "true", "false", "True", "False", "TRUE", "FALSE": return .boolean
    // Words for missing values that a space keeps from being one.
    case "NaN", "-NaN", "nan", "-nan": return .oddNaN
    case "+NaN": return hasSpace ? .oddNaN : .plusNaN
    case "inf", "+inf", "-inf": return .float
    default: break
    }
    if spelling.hasPrefix("0x") || spelling.hasPrefix("0X") {
      let digits = text.bytes.dropFirst(2)
      let areHexadecimal = digits.allSatisfy {
        isDigit($0) || (0x61...0x66).contains($0 | 0x20)
      }
      return (1...16).contains(digits.count) && areHexadecimal ? .hexadecimal : nil
    }
    var lowercase = spelling.lowercased()
    if lowercase == "true" || lowercase == "false" { return .looseBoolean }
    if lowercase.hasPrefix("+") || lowercase.hasPrefix("-") { lowercase.removeFirst() }
    switch lowercase {
    case "inf", "infinity": return .looseFloat
    case "nan": return .oddNaN
    default: return nil
    }
  }

  // MARK: - Times, as Arrow reads them

  private static func time(_ text: Field) -> FieldShapes? {
    if let clock = ClockReader(text.start, count: text.count), clock.length == text.count {
      return clock.writtenDigits == 0 ? .time : nil
    }
    guard text.count >= 10, let day = CalendarDay.read(text.start) else { return nil }
    var shapes: FieldShapes = isFar(day: day) ? .farFromEpoch : []
    if text.count == 10 { return shapes.union(.date) }
    guard text.start[10] == 0x54 || text.start[10] == 0x20 else { return nil }
    let clockStart = text.start + 11
    var rest: Int
    if let clock = ClockReader(clockStart, count: text.count - 11) {
      rest = 11 + clock.length
      if clock.writtenDigits > 0 { shapes.insert(.fraction) }
    } else {
      // Hours alone.
      guard text.count >= 13, isDigit(clockStart[0]), isDigit(clockStart[1]),
        (clockStart[0] & 15) * 10 + clockStart[1] & 15 < 24
      else { return nil }
      rest = 13
    }
    if rest == text.count { return shapes.union(.timestamp) }
    let zone = UnsafeBufferPointer(rebasing: text.bytes[rest...])
    return isZone(zone) ? shapes.union(.zonedTimestamp) : nil
  }

  /// `Z`, `+hh`, `+hhmm`, `+hh:mm`.
  private static func isZone(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.count == 1 { return text[0] == 0x5A }
    guard text[0] == 0x2B || text[0] == 0x2D else { return false }
    switch text.count {
    case 3, 5: return text.dropFirst().allSatisfy(isDigit)
    case 6: return text[3] == 0x3A && [1, 2, 4, 5].allSatisfy { isDigit(text[$0]) }
    default: return false
    }
  }

  /// Whether nanoseconds since 1970 of that day need more than 64 bits; the two days that they
  /// hold in part count as far.
  static func isFar(day: Int64) -> Bool { day <= -106_752 || day >= 106_751 }
}
