/// How a column's timestamps are spelled, where all are spelled alike.
package struct TimestampStyle: Hashable, Sendable {
  package enum Zone: Hashable, Sendable {
    case none
    case z
    /// `+HH`, `+HHMM` or `+HH:MM`, by their length.
    case offset(minutes: Int, length: Int, isNegativeZero: Bool)
  }

  /// `T`, a space, or 0 for dates alone.
  var separator: UInt8
  var hasSeconds: Bool
  var zone: Zone

  /// One number for each style, never 0.
  package var rawValue: Int {
    let zoneBits: Int
    switch zone {
    case .none: zoneBits = 0
    case .z: zoneBits = 1
    case .offset(let minutes, let length, let isNegativeZero):
      zoneBits = 2 | length << 2 | (isNegativeZero ? 32 : 0) | (minutes + 2048) << 6
    }
    return 1 | Int(separator) << 1 | (hasSeconds ? 1 << 9 : 0) | zoneBits << 10
  }

  @inlinable
  package init(separator: UInt8, hasSeconds: Bool, zone: Zone) {
    self.separator = separator
    self.hasSeconds = hasSeconds
    self.zone = zone
  }

  package init(rawValue: Int) {
    separator = UInt8(truncatingIfNeeded: rawValue >> 1)
    hasSeconds = rawValue & 1 << 9 != 0
    let bits = rawValue >> 10
    switch bits & 3 {
    case 1: zone = .z
    case 2:
      zone = .offset(
        minutes: (bits >> 6) - 2048, length: bits >> 2 & 7, isNegativeZero: bits & 32 != 0)
    default: zone = .none
    }
  }

  /// The text of an instant in this style, with `digits` digits of a fraction.
  package func render(_ value: Int64, unit: TimeUnit, digits: Int) -> String {
    let perDay = 86_400 * unit.perSecond
    var day = value / perDay
    var time = value % perDay
    // Added to the time of day alone: the instant may lie at the end of what 64 bits hold.
    if case .offset(let minutes, _, _) = zone { time += Int64(minutes) * 60 * unit.perSecond }
    while time < 0 { (day, time) = (day - 1, time + perDay) }
    while time >= perDay { (day, time) = (day + 1, time - perDay) }
    var text = CalendarDay.render(day)
    if separator == 0 { return text }
    text.unicodeScalars.append(Unicode.Scalar(separator))
    text += ClockText.render(time, unit: unit, digits: digits, hasSeconds: hasSeconds)
    switch zone {
    case .none: break
    case .z: text += "Z"
    case .offset(let minutes, let length, let isNegativeZero):
      text += minutes < 0 || isNegativeZero ? "-" : "+"
      text += CalendarDay.padded(abs(minutes) / 60, 2)
      if length == 6 { text += ":" }
      if length > 3 { text += CalendarDay.padded(abs(minutes) % 60, 2) }
    }
    return text
  }
}
