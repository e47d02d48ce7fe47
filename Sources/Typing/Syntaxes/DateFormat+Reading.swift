import Columnar

extension DateFormat {
  /// What a text in a format says.
  package struct Moment {
    var day: Int64 = 0
    var secondOfDay = 0
    var nanosecond = 0
    /// Digits of the fraction without zeros at its end.
    var significantDigits = 0
    var offsetMinutes: Int?
    /// Whether numbers have all their digits.
    var isPadded = true

    /// Units since 1970-01-01 in UTC, or since midnight; `nil` past the range of an Int64.
    func value(in unit: TimeUnit, _ meaning: Meaning) -> Int64? {
      let fraction = Int128(nanosecond) / Int128(1_000_000_000 / unit.perSecond)
      switch meaning {
      case .date: return day
      case .time: return Int64(Int128(secondOfDay) * Int128(unit.perSecond) + fraction)
      case .timestamp:
        let seconds = Int128(day) * 86_400 + Int128(secondOfDay - (offsetMinutes ?? 0) * 60)
        return Int64(exactly: seconds * Int128(unit.perSecond) + fraction)
      }
    }
  }

  /// `nil` where the field is not so written, or the day or time does not exist.
  package func read(_ field: Field) -> Moment? {
    var reader = MomentReader(field)
    for part in parts where !reader.read(part) { return nil }
    return reader.moment
  }
}

/// The parts of one moment, as they are read.
private struct MomentReader {
  private let field: Field
  private var index = 0
  private var found = DateFormat.Moment()
  private var (year, month, day) = (0, 0, 0)
  private var (dayOfYear, isoWeek, weekday) = (0, 0, -1)
  private var (hour, minute, second) = (0, 0, 0)
  private var half: Int?

  init(_ field: Field) { self.field = field }

  /// The moment; `nil` where something is left over, or there is no such day.
  var moment: DateFormat.Moment? {
    guard index == field.count else { return nil }
    var moment = found
    if isoWeek > 0 {
      // The fourth of January is always in the first week.
      let fourth = CalendarDay.number(year: year, month: 1, day: 4)
      let monday = fourth - Int64(Self.weekday(fourth) - 1)
      moment.day = monday + Int64((isoWeek - 1) * 7 + weekday - 1)
      // The fifty-third week is the next year's first in most years.
      let thursday = CalendarDay.components(monday + Int64((isoWeek - 1) * 7 + 3))
      guard thursday.year == year else { return nil }
    } else if dayOfYear > 0 {
      moment.day = CalendarDay.number(year: year, month: 1, day: 1) + Int64(dayOfYear - 1)
      guard CalendarDay.components(moment.day).year == year else { return nil }
    } else if day > 0 {
      guard CalendarDay.exists(year: year, month: month, day: day) else { return nil }
      moment.day = CalendarDay.number(year: year, month: month, day: day)
    }
    if isoWeek == 0, weekday > 0, Self.weekday(moment.day) != weekday { return nil }
    let hourOfDay = half.map { hour % 12 + $0 } ?? hour
    moment.secondOfDay = hourOfDay * 3600 + minute * 60 + second
    return moment
  }

  mutating func read(_ part: DateFormat.Part) -> Bool {
    switch part {
    case .literal(let byte):
      guard index < field.count, field.start[index] == byte else { return false }
      index += 1
      return true
    case .year, .isoYear: return number(4...4, 0...9999) { $0.year = $1 }
    case .shortYear: return number(2...2, 0...99) { $0.year = $1 + ($1 < 69 ? 2000 : 1900) }
    case .month: return number(1...2, 1...12) { $0.month = $1 }
    case .day: return number(1...2, 1...31) { $0.day = $1 }
    case .dayOfYear: return number(1...3, 1...366) { $0.dayOfYear = $1 }
    case .isoWeek: return number(1...2, 1...53) { $0.isoWeek = $1 }
    case .isoWeekday: return number(1...1, 1...7) { $0.weekday = $1 }
    case .monthName(let isFull):
      return name(Self.months, isFull) { $0.month = $1 + 1 }
    case .weekdayName(let isFull):
      return name(Self.weekdays, isFull) { $0.weekday = $1 + 1 }
    case .hour: return number(1...2, 0...23) { $0.hour = $1 }
    case .hourOfHalf: return number(1...2, 1...12) { $0.hour = $1 }
    case .minute: return number(1...2, 0...59) { $0.minute = $1 }
    case .second: return number(1...2, 0...59) { $0.second = $1 }
    case .half: return name(["am", "pm"], true) { $0.half = $1 * 12 }
    case .fraction: return fraction()
    case .offset: return offset()
    case .zoneName:
      return name(["utc", "gmt", "z"], true) { reader, _ in reader.found.offsetMinutes = 0 }
    }
  }

  private mutating func number(
    _ digits: ClosedRange<Int>, _ range: ClosedRange<Int>, _ set: (inout Self, Int) -> Void
  ) -> Bool {
    var value = 0
    let start = index
    while index < field.count, index - start < digits.upperBound,
      field.start[index] &- 0x30 <= 9
    {
      value = value * 10 + Int(field.start[index] &- 0x30)
      index += 1
    }
    guard index - start >= digits.lowerBound, range.contains(value) else { return false }
    if index - start < digits.upperBound { found.isPadded = false }
    set(&self, value)
    return true
  }

  /// One of the names in any case: the whole of it, or its first three letters.
  private mutating func name(
    _ names: [StaticString], _ isFull: Bool, _ set: (inout Self, Int) -> Void
  ) -> Bool {
    for (number, name) in names.enumerated() {
      let count = isFull ? name.utf8CodeUnitCount : 3
      guard field.count - index >= count else { continue }
      var isSame = true
      for offset in 0..<count
      where field.start[index + offset] | 0x20 != name.utf8Start[offset] { isSame = false }
      if isSame {
        index += count
        set(&self, number)
        return true
      }
    }
    return false
  }

  private mutating func fraction() -> Bool {
    let start = index
    while index < field.count, index - start < 9, field.start[index] &- 0x30 <= 9 {
      found.nanosecond = found.nanosecond * 10 + Int(field.start[index] &- 0x30)
      if field.start[index] != 0x30 { found.significantDigits = index - start + 1 }
      index += 1
    }
    for _ in (index - start)..<9 { found.nanosecond *= 10 }
    return index > start
  }

  /// `Z`, `+01`, `+0100` or `+01:00`.
  private mutating func offset() -> Bool {
    guard index < field.count else { return false }
    let sign = field.start[index]
    index += 1
    if sign | 0x20 == 0x7A {
      found.offsetMinutes = 0
      return true
    }
    guard sign == 0x2B || sign == 0x2D, let hours = pair(), hours < 24 else { return false }
    var minutes = 0
    let hasColon = index < field.count && field.start[index] == 0x3A
    if hasColon { index += 1 }
    if let pair = pair() { minutes = pair } else if hasColon { return false }
    guard minutes < 60 else { return false }
    found.offsetMinutes = (hours * 60 + minutes) * (sign == 0x2D ? -1 : 1)
    return true
  }

  private mutating func pair() -> Int? {
    guard field.count - index >= 2 else { return nil }
    let (high, low) = (field.start[index] &- 0x30, field.start[index + 1] &- 0x30)
    guard high <= 9, low <= 9 else { return nil }
    index += 2
    return Int(high) * 10 + Int(low)
  }

  /// 1 for Monday to 7 for Sunday.
  private static func weekday(_ day: Int64) -> Int { Int((day % 7 + 10) % 7) + 1 }

  private static let months: [StaticString] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let weekdays: [StaticString] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
}
