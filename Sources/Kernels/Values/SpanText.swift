import Columnar

extension CalendarPart {
  /// A span of time as it is written, in nanoseconds: `36:15:00`, `-00:00:01.5`, `12:30`; `nil` where the text is
  /// none.
  static func parseSpan(_ text: [UInt8]) -> Int128? {
    let isNegative = text.first == UInt8(ascii: "-")
    let parts = text.dropFirst(isNegative ? 1 : 0)
      .split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, (1...15).contains(parts[0].count),
      let hours = number(parts[0]), parts[1].count == 2, let minutes = number(parts[1]),
      minutes < 60
    else { return nil }
    var span = (Int128(hours) * 60 + Int128(minutes)) * 60_000_000_000
    if parts.count == 3 {
      guard let rest = nanoseconds(ofSeconds: parts[2]) else { return nil }
      span += Int128(rest)
    }
    return isNegative ? -span : span
  }

  /// A date, time or span of time as it is written, for columns of `type`: days, or nanoseconds; `nil` where the text
  /// is none.
  static func written(_ text: [UInt8], as type: LogicalType) -> Int128? {
    if type.isDuration { return parseSpan(text) }
    guard let found = parse(text) else { return nil }
    let (day, nanoseconds) = (found.day, found.nanoseconds)
    // An offset says of an instant where it is read, and nothing of a reading without a zone.
    if found.isInstant, type.zone == nil, text.last != 0x5A { return nil }
    switch type {
    case .date: return nanoseconds == nil ? day.map { Int128($0) } : nil
    case .time: return day == nil ? nanoseconds.map { Int128($0) } : nil
    case .timestamp:
      return day.map { Int128($0) * 86_400_000_000_000 + Int128(nanoseconds ?? 0) }
    default: return nil
    }
  }

  static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    digits.allSatisfy { $0 &- 0x30 <= 9 } ? Int64(String(decoding: digits, as: UTF8.self)) : nil
  }

  /// Two digits of seconds, and up to nine of their fraction.
  static func nanoseconds(ofSeconds text: ArraySlice<UInt8>) -> Int64? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts[0].count == 2, let whole = number(parts[0]), whole < 60 else {
      return nil
    }
    guard parts.count == 2 else { return whole * 1_000_000_000 }
    guard parts[1].count <= 9, var fraction = number(parts[1]) else { return nil }
    for _ in parts[1].count..<9 { fraction *= 10 }
    return whole * 1_000_000_000 + fraction
  }
}
