import Columnar

/// What a text spells, as the word of 64 bits that a column of the type stores: one function for each type,
/// without a `String` where the form is the common one.
///
/// They spell as `Casting.spelled` does, which takes what they leave.
enum FieldParser {
  typealias Parse = @Sendable (UnsafeBufferPointer<UInt8>) -> Int64?

  /// The parser of a type that is counted in integers; `nil` where there is none.
  static func integers(of type: LogicalType) -> Parse? {
    switch type {
    case .integer: return { digits($0, scale: 0) ?? spelled($0, .integer) }
    case .decimal(let scale): return { digits($0, scale: scale) ?? spelled($0, type) }
    case .date: return { text in text.count == 10 ? day(text) : nil }
    case .boolean:
      return { text in
        if text.elementsEqual("true".utf8) { return 1 }
        return text.elementsEqual("false".utf8) ? 0 : nil
      }
    case .time, .timestamp: return { spelled($0, type) }
    case .null, .float, .duration, .uuid, .ipv4, .string: return nil
    }
  }

  /// The bits of a binary64.
  static let float: Parse = { text in
    if let number = number(text) { return Int64(bitPattern: number.bitPattern) }
    return Double(String(decoding: text, as: UTF8.self)).map { Int64(bitPattern: $0.bitPattern) }
  }

  private static func spelled(_ text: UnsafeBufferPointer<UInt8>, _ type: LogicalType) -> Int64? {
    guard case .integer(let value)? = Casting.spelled(Array(text), as: type) else { return nil }
    return Int64(exactly: value)
  }

  /// A sign, digits, and a point among them: at most 18 digits, which overflow nothing.
  @inline(__always)
  private static func plain(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> (digits: Int64, places: Int, isNegative: Bool)? {
    var place = 0
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative || text.first == UInt8(ascii: "+") { place = 1 }
    if text.count - place > 19 || text.count == place { return nil }
    var (number, count, point) = (Int64(0), 0, -1)
    while place < text.count {
      let digit = text[place] &- 0x30
      if digit <= 9 {
        number = number &* 10 &+ Int64(digit)
        count &+= 1
      } else if text[place] == UInt8(ascii: "."), point < 0, count > 0 {
        point = count
      } else {
        return nil
      }
      place &+= 1
    }
    if count > 18 || point == count { return nil }
    return (number, point < 0 ? 0 : count - point, isNegative)
  }

  /// Units of 10^−`scale`; `nil` where it is no such number, and for spellings that are rare.
  private static func digits(_ text: UnsafeBufferPointer<UInt8>, scale: Int) -> Int64? {
    guard let found = plain(text), found.places <= scale else { return nil }
    var number = found.digits
    for _ in found.places..<scale {
      let (product, overflow) = number.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      number = product
    }
    return found.isNegative ? -number : number
  }

  private static let powers: [Double] = (0...18).map { Double(powerOfTen($0)) }

  /// A binary64 by one division, which is exact where both sides are.
  private static func number(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let found = plain(text), found.digits <= 1 << 53 else { return nil }
    let number = Double(found.digits) / powers[found.places]
    return found.isNegative ? -number : number
  }

  /// `2024-02-29`.
  private static func day(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    func number(_ range: Range<Int>) -> Int64? {
      var number: Int64 = 0
      for place in range {
        let digit = text[place] &- 0x30
        if digit > 9 { return nil }
        number = number &* 10 &+ Int64(digit)
      }
      return number
    }
    guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), let year = number(0..<4),
      let month = number(5..<7), let dayOfMonth = number(8..<10), (1...12).contains(month)
    else { return nil }
    let day = CalendarPart.days(year, month, dayOfMonth)
    return CalendarPart.civil(day) == (year, month, dayOfMonth) ? day : nil
  }
}
