import Columnar

/// Values written out and a calendar counted by hand: slow, obvious, and nothing shared with what
/// is under test.
enum SlowText {
  static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  static func decimal(_ mantissa: Int128, scale: Int) -> String {
    var text = String(mantissa.magnitude)
    if text.count <= scale { text = String(repeating: "0", count: scale + 1 - text.count) + text }
    let whole = text.dropLast(scale)
    let sign = mantissa < 0 ? "-" : ""
    return scale == 0 ? sign + text : sign + whole + "." + text.suffix(scale)
  }

  // MARK: - Calendar

  static func isLeap(_ year: Int) -> Bool {
    year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
  }

  static func dayCount(year: Int, month: Int) -> Int {
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Days from 1970-01-01 to the first of each year from 0 on.
  private static let firstDays: [Int] = {
    var day = 0
    var days: [Int] = []
    for year in 0...10_000 {
      days.append(day)
      day += isLeap(year) ? 366 : 365
    }
    return days.map { $0 - days[1970] }
  }()

  /// `nil` where the day does not exist.
  static func day(year: Int, month: Int, day: Int) -> Int? {
    guard (1...12).contains(month), (0...9999).contains(year),
      (1...31).contains(day), day <= dayCount(year: year, month: month)
    else { return nil }
    return firstDays[year] + (1..<month).reduce(0) { $0 + dayCount(year: year, month: $1) } + day
      - 1
  }

  static func date(day: Int) -> String {
    var year = max(0, min(9999, 1970 + day / 366 - 2))
    while year < 9999, firstDays[year + 1] <= day { year += 1 }
    while year > 0, firstDays[year] > day { year -= 1 }
    var rest = day - firstDays[year]
    var month = 1
    while month < 12, rest >= dayCount(year: year, month: month) {
      rest -= dayCount(year: year, month: month)
      month += 1
    }
    return digits(year, 4) + "-" + digits(month, 2) + "-" + digits(rest + 1, 2)
  }

  // MARK: - Clock

  static func time(
    _ value: Int128, unit: TimeUnit, digits count: Int, hasSeconds: Bool = true
  ) -> String {
    let seconds = Int(value / Int128(unit.perSecond))
    let nanoseconds = Int(value % Int128(unit.perSecond)) * Int(1_000_000_000 / unit.perSecond)
    var text = digits(seconds / 3600, 2) + ":" + digits(seconds / 60 % 60, 2)
    if hasSeconds { text += ":" + digits(seconds % 60, 2) }
    return count == 0 ? text : text + "." + digits(nanoseconds, 9).prefix(count)
  }

  static func duration(_ value: Int128, unit: TimeUnit, digits: Int) -> String {
    (value < 0 ? "-" : "") + time(Int128(value.magnitude), unit: unit, digits: digits)
  }

  static func timestamp(
    _ value: Int128, unit: TimeUnit, digits: Int, separator: String = " ", hasSeconds: Bool = true
  ) -> String {
    let perDay = 86_400 * Int128(unit.perSecond)
    var day = value / perDay
    if value % perDay < 0 { day -= 1 }
    return date(day: Int(day)) + separator
      + time(value - day * perDay, unit: unit, digits: digits, hasSeconds: hasSeconds)
  }
}
