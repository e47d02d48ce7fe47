import Platform

/// The way from texts of one form to their numbers, and back.
package struct NumberedTextCodec: Sendable {
  private let prefix: [UInt8]
  private let point: [UInt8]
  private let suffix: [UInt8]
  private let digits: Int?
  private let decimals: Int
  /// 10 to the power of the digits behind the point.
  private let unit: UInt64

  /// - Precondition: `text` is sound.
  package init(_ text: NumberedText) {
    (prefix, point, suffix) = (
      Array(text.prefix.utf8), Array(text.point.utf8), Array(text.suffix.utf8)
    )
    (digits, decimals) = (text.digits, text.decimals)
    unit = UInt64(NumberedText.power(decimals))
  }

  /// The number of a text; `nil` where the text is of another form. Whatever number there is, it is written as
  /// this text and no other.
  package func number(of text: UnsafeBufferPointer<UInt8>) -> Int64? {
    let wholeCount = text.count - prefix.count - point.count - decimals - suffix.count
    guard wholeCount == digits ?? max(wholeCount, 1),
      wholeCount + decimals <= NumberedText.digitLimit, let start = text.baseAddress
    else { return nil }
    let whole = start + prefix.count
    let fraction = whole + wholeCount + point.count
    guard Self.areEqual(prefix, start), Self.areEqual(point, whole + wholeCount),
      Self.areEqual(suffix, fraction + decimals),
      digits != nil || wholeCount == 1 || whole[0] != 0x30,
      let wholeNumber = Self.number(whole, wholeCount),
      let fractionNumber = Self.number(fraction, decimals)
    else { return nil }
    return Int64(wholeNumber * unit + fractionNumber)
  }

  @inline(__always)
  private static func areEqual(_ bytes: [UInt8], _ text: UnsafePointer<UInt8>) -> Bool {
    bytes.isEmpty || memcmp(bytes, text, bytes.count) == 0
  }

  /// The number of so many digits; `nil` where one is none. There are at most 18.
  @inline(__always)
  private static func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64? {
    var number: UInt64 = 0
    for place in 0..<count {
      let digit = text[place] &- 0x30
      if digit > 9 { return nil }
      number = number &* 10 &+ UInt64(digit)
    }
    return number
  }

  /// The most bytes that `write` writes.
  package var maximumByteCount: Int {
    prefix.count + (digits ?? 20) + point.count + decimals + suffix.count
  }

  /// Writes the text of a number; returns its length. Numbers that no text has, which null rows may hold, are
  /// written as something that fits.
  @inline(__always)
  package func write(_ number: Int64, to target: UnsafeMutablePointer<UInt8>) -> Int {
    var end = Self.copy(prefix, to: target)
    var (whole, fraction) = (UInt64(bitPattern: number), 0 as UInt64)
    if decimals > 0 { (whole, fraction) = whole.quotientAndRemainder(dividingBy: unit) }
    end = Self.write(whole, digits ?? Self.digitCount(whole), to: end)
    if decimals > 0 {
      end = Self.copy(point, to: end)
      end = Self.write(fraction, decimals, to: end)
    }
    return Self.copy(suffix, to: end) - target
  }

  /// The text of a number.
  package func text(of number: Int64) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: maximumByteCount) { buffer, count in
      count = buffer.baseAddress.map { write(number, to: $0) } ?? 0
    }
  }

  @inline(__always)
  private static func copy(
    _ bytes: [UInt8], to target: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    for place in 0..<bytes.count { target[place] = bytes[place] }
    return target + bytes.count
  }

  /// Writes the last `count` digits of a number.
  @inline(__always)
  private static func write(
    _ number: UInt64, _ count: Int, to target: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var rest = number
    var place = count
    while place > 0 {
      place &-= 1
      let (tens, digit) = rest.quotientAndRemainder(dividingBy: 10)
      target[place] = 0x30 &+ UInt8(truncatingIfNeeded: digit)
      rest = tens
    }
    return target + count
  }

  @inline(__always)
  private static func digitCount(_ number: UInt64) -> Int {
    var (count, power) = (1, 10 as UInt64)
    while number >= power, count < 19 {
      count &+= 1
      power &*= 10
    }
    return number >= 10_000_000_000_000_000_000 ? 20 : count
  }
}
