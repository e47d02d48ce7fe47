/// The smallest and largest value of a column, as reports show them.
package enum ProfileExtreme: Hashable, Sendable {
  case integer(Int128)
  case float(Double)
  case text(String)
}

extension ColumnProfile {
  /// The smallest value; `nil` where there is none.
  package var minimum: ProfileExtreme? {
    extreme(integers?.minimum, floats?.minimum, text?.minimum)
  }

  /// The largest value; `nil` where there is none.
  package var maximum: ProfileExtreme? {
    extreme(integers?.maximum, floats?.maximum, text?.maximum)
  }

  private func extreme(
    _ integer: Int128?, _ float: Double?, _ text: [UInt8]?
  ) -> ProfileExtreme? {
    guard valueCount > 0 else { return nil }
    switch type {
    case .null: return nil
    case .integer: return integer.map(ProfileExtreme.integer)
    case .float: return float.map(ProfileExtreme.float)
    case .uuid, .ipv4, .string:
      return text.map { .text(String(decoding: $0, as: UTF8.self)) }
    case .boolean: return integer.map { .text($0 == 0 ? "false" : "true") }
    case .decimal, .date, .time, .duration, .timestamp:
      return integer.flatMap(Int64.init(exactly:)).map { .text(canonicalText($0)) }
    }
  }

  /// What an integer stands for in a decimal, date or time: decimals as written out, dates and times
  /// in ISO 8601, fractions without zeros at their end.
  package func canonicalText(_ value: Int64) -> String {
    switch type {
    case .decimal(let scale):
      let digits = CalendarDay.padded(Int(clamping: Int128(value.magnitude)), scale + 1)
      let split = digits.index(digits.endIndex, offsetBy: -scale)
      return (value < 0 ? "-" : "") + digits[..<split] + (scale > 0 ? "." + digits[split...] : "")
    case .date: return CalendarDay.render(value)
    case .time(let unit):
      return Self.trimmed(
        ClockText.render(value, unit: unit, digits: unit.fractionDigits), unit)
    case .duration(let unit):
      let text = ClockText.render(
        Int64(clamping: value.magnitude), unit: unit, digits: unit.fractionDigits)
      return (value < 0 ? "-" : "") + Self.trimmed(text, unit)
    case .timestamp(let unit, let zone):
      let style = TimestampStyle(separator: 0x54, hasSeconds: true, zone: .none)
      let text = style.render(value, unit: unit, digits: unit.fractionDigits)
      return Self.trimmed(text, unit) + (zone == nil ? "" : "Z")
    default: return "\(value)"
    }
  }

  private static func trimmed(_ text: String, _ unit: TimeUnit) -> String {
    guard unit != .second else { return text }
    var text = Substring(text)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return String(text)
  }
}
