/// Parts of dates and times, counted from 1970-01-01.
enum CalendarPart: Sendable {
  case year, quarter, month, day, dayOfYear, weekday, hour, minute, second

  /// The part of `value`, of which `unitsPerDay` make a day.
  func of(_ value: Int64, unitsPerDay: Int64) -> Int64 {
    // No calendar has the days that follow from the last of 64 bits.
    let day = min(max(value.flooredQuotient(unitsPerDay), -Self.dayLimit), Self.dayLimit)
    switch self {
    case .hour: return (value &- day &* unitsPerDay) / (unitsPerDay / 24)
    case .minute: return (value &- day &* unitsPerDay) / (unitsPerDay / 1440) % 60
    case .second: return (value &- day &* unitsPerDay) / (unitsPerDay / 86400) % 60
    case .weekday: return (day &+ 3).flooredRemainder(7)  // 1970-01-01 was a Thursday.
    case .year, .quarter, .month, .day, .dayOfYear: break
    }
    let (year, month, dayOfMonth) = Self.civil(day)
    switch self {
    case .year: return year
    case .quarter: return (month + 2) / 3
    case .month: return month
    case .day: return dayOfMonth
    default: return day - Self.days(year, 1, 1) + 1
    }
  }

  /// Days are told apart up to here: some 10^15 years.
  private static let dayLimit: Int64 = 1 << 58

  /// Least and greatest values of the part, of whatever year.
  var bounds: (low: Int128, high: Int128)? {
    switch self {
    case .year: nil
    case .quarter: (1, 4)
    case .month: (1, 12)
    case .day: (1, 31)
    case .dayOfYear: (1, 366)
    case .weekday: (0, 6)
    case .hour: (0, 23)
    case .minute, .second: (0, 59)
    }
  }

  var isOfClock: Bool {
    switch self {
    case .hour, .minute, .second: true
    default: false
    }
  }

  /// The proleptic Gregorian date of a day, by eras of 400 years that begin in March (Howard Hinnant,
  /// "chrono-compatible low-level date algorithms").
  static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = shifted.flooredQuotient(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }

  /// The day of a date, from 1970-01-01.
  static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = year.flooredQuotient(400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// A date and a time of day as they are read.
  struct Reading {
    var day: Int64?
    /// In UTC: below 0 or past a day where the offset leads there.
    var nanoseconds: Int64?
    /// Whether `Z` or an offset from UTC is behind it.
    var isInstant = false
  }

  /// `2013-07-04`, `2013-07-04 15:30`, `2013-07-04T15:30:00.25Z`, `2013-07-04T15:30+02:00`, `15:30:00`, by
  /// ISO 8601; `nil` where the text is none.
  static func parse(_ text: [UInt8]) -> Reading? {
    var day: Int64?
    var isInstant = false
    var offset: Int64 = 0
    var clock = text[...]
    if text.count >= 10, text[4] == 0x2D, text[7] == 0x2D {
      guard let year = number(text[..<4]), let month = number(text[5..<7]),
        let dayOfMonth = number(text[8..<10])
      else { return nil }
      let found = days(year, month, dayOfMonth)
      guard civil(found) == (year, month, dayOfMonth) else { return nil }
      day = found
      clock = text[10...]
      if clock.isEmpty { return Reading(day: day) }
      guard clock.first == 0x20 || clock.first == 0x54 else { return nil }
      clock = clock.dropFirst()
      if clock.last == 0x5A {
        isInstant = true
        clock = clock.dropLast()
      } else if let sign = clock.lastIndex(where: { $0 == 0x2B || $0 == 0x2D }) {
        guard let minutes = minutes(ofOffset: clock[(sign + 1)...]) else { return nil }
        isInstant = true
        offset = (clock[sign] == 0x2B ? 1 : -1) * minutes * 60_000_000_000
        clock = clock[..<sign]
      }
    }
    let parts = clock.split(separator: 0x3A, omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let hour = number(parts[0]),
      let minute = number(parts[1]), parts[0].count == 2, parts[1].count == 2, hour < 24,
      minute < 60
    else { return nil }
    var nanoseconds = (hour * 60 + minute) * 60_000_000_000
    if parts.count == 3 {
      guard let rest = Self.nanoseconds(ofSeconds: parts[2]) else { return nil }
      nanoseconds += rest
    }
    return Reading(day: day, nanoseconds: nanoseconds - offset, isInstant: isInstant)
  }

  /// `02`, `0200`, `02:00`.
  private static func minutes(ofOffset text: ArraySlice<UInt8>) -> Int64? {
    var digits = text
    if text.count == 5, text[text.startIndex + 2] == 0x3A { digits.remove(at: text.startIndex + 2) }
    guard digits.count == 2 || digits.count == 4, let value = number(digits) else { return nil }
    let (hours, minutes) =
      digits.count == 2 ? (value, 0) : value.quotientAndRemainder(dividingBy: 100)
    return hours < 24 && minutes < 60 ? hours * 60 + minutes : nil
  }
}

extension FixedWidthInteger {
  /// Rounded down, for a divisor greater than 0.
  func flooredQuotient(_ divisor: Self) -> Self {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  /// With the sign of the divisor, as in Python.
  func flooredRemainder(_ divisor: Self) -> Self {
    if divisor == -1 { return 0 }
    let remainder = self % divisor
    return remainder != 0 && (remainder < 0) != (divisor < 0) ? remainder + divisor : remainder
  }
}
