/// Days of the proleptic Gregorian calendar, counted from 1970-01-01.
///
/// The arithmetic is Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
package enum CalendarDay {
  /// The day; year, month and day must exist.
  @inlinable @inline(__always)
  package static func number(year: Int, month: Int, day: Int) -> Int64 {
    let y = month <= 2 ? year &- 1 : year
    let era = (y >= 0 ? y : y &- 399) / 400
    let yearOfEra = y &- era &* 400
    let monthFromMarch = month > 2 ? month &- 3 : month &+ 9
    let dayOfYear = (153 &* monthFromMarch &+ 2) / 5 &+ day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return Int64(era &* 146_097 &+ dayOfEra &- 719_468)
  }

  /// The date of a day; of one beyond 2^58, which is no day of any calendar, the last before that.
  package static func components(_ number: Int64) -> (year: Int, month: Int, day: Int) {
    let z = Int(min(max(number, -1 << 58), 1 << 58)) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// Whether the day exists.
  @inlinable @inline(__always)
  package static func exists(year: Int, month: Int, day: Int) -> Bool {
    guard month &- 1 >= 0, month <= 12, day >= 1, day <= 31 else { return false }
    if day <= 28 { return true }
    if month == 2 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      return isLeap && day == 29
    }
    return day == 31 ? month != 4 && month != 6 && month != 9 && month != 11 : true
  }

  /// `YYYY-MM-DD`.
  package static func render(_ number: Int64) -> String {
    let (year, month, day) = components(number)
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  package static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return (number < 0 ? "-" : "") + zeros + digits
  }
}
