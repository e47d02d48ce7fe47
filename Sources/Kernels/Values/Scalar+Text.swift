import Columnar

extension Scalar: CustomStringConvertible {
  /// As the value is written out: `12.30`, `true`, `2024-02-29`, `23:59:59.5`, and
  /// `2024-02-29T23:59:59Z` for an instant.
  public var description: String {
    switch self {
    case .boolean(let value): return value.description
    case .integer(let value): return value.description
    case .decimal(let digits, let scale): return Self.decimal(digits, scale)
    case .float(let value): return value.description
    case .date(let days): return Self.day(days)
    case .time(let value, let unit), .duration(let value, let unit):
      return Self.clock(value, unit)
    case .timestamp(let value, let unit, let zone):
      let unitsPerDay = 86_400 * Int128(unit.perSecond)
      let day = value.flooredQuotient(unitsPerDay)
      // The start of the first day may lie before the first unit that there is.
      let clock = Self.clock(value &- day &* unitsPerDay, unit)
      return Self.day(day) + "T" + clock + (zone == nil ? "" : "Z")
    case .text(let bytes): return String(decoding: bytes, as: UTF8.self)
    }
  }

  private static func decimal(_ digits: Int128, _ scale: Int) -> String {
    if scale == 0 { return digits.description }
    // As many zeros as nobody reads are told as a power.
    if !(0...1000).contains(scale) {
      return "\(digits)e\(scale == .min ? "9223372036854775808" : "\(-scale)")"
    }
    let text = padded(digits.magnitude, scale + 1)
    return (digits < 0 ? "-" : "") + text.dropLast(scale) + "." + text.suffix(scale)
  }

  private static func day(_ day: Int128) -> String {
    guard let day = Int64(exactly: day), day.magnitude < 1 << 40 else { return "day \(day)" }
    let (year, month, dayOfMonth) = CalendarPart.civil(day)
    return (year < 0 ? "-" : "")
      + [
        padded(UInt128(year.magnitude), 4), padded(UInt128(month), 2),
        padded(UInt128(dayOfMonth), 2),
      ].joined(separator: "-")
  }

  /// Hours, minutes, seconds and as many digits of a fraction as there are.
  private static func clock(_ value: Int128, _ unit: TimeUnit) -> String {
    let (seconds, rest) = value.magnitude.quotientAndRemainder(dividingBy: UInt128(unit.perSecond))
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
    var text = (value < 0 ? "-" : "") + parts.joined(separator: ":")
    if rest > 0 {
      var fraction = padded(rest, unit.fractionDigits)
      while fraction.last == "0" { fraction.removeLast() }
      text += "." + fraction
    }
    return text
  }

  private static func padded(_ number: UInt128, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
  }
}
