import Columnar

/// The days before each year and month, so that a date is read without a division.
struct CalendarTables: @unchecked Sendable {
  // Sound to share: filled once, then read only, and never freed.

  /// For each year 0–9999: the number of its first of January, times two, plus 1 in a leap year.
  private let years: UnsafeMutablePointer<Int32>
  /// For each month of a plain and of a leap year: the days before it times 32, plus its length.
  /// Months 0 and 13–99 have length 0, so that no day of them exists.
  private let months: UnsafeMutablePointer<Int16>

  static let shared = CalendarTables()

  private init() {
    years = .allocate(capacity: 10_000)
    for year in 0..<10_000 {
      let isLeap = CalendarDay.exists(year: year, month: 2, day: 29)
      years[year] =
        Int32(CalendarDay.number(year: year, month: 1, day: 1)) * 2 + (isLeap ? 1 : 0)
    }
    months = .allocate(capacity: 256)
    months.update(repeating: 0, count: 256)
    for leap in 0..<2 {
      var before = 0
      for month in 1...12 {
        let length = (28...31).last {
          CalendarDay.exists(year: 2000 + 1 - leap, month: month, day: $0)
        }!
        months[leap * 128 + month] = Int16(before * 32 + length)
        before += length
      }
    }
  }

  /// The day that ten bytes spell, `Int64.min` where they spell none.
  @inline(__always)
  func day(_ start: UnsafePointer<UInt8>) -> Int64 {
    // Bytes 4 and 7 are hyphens; the others become 0…9.
    let word = load8(start) ^ 0x2D30_302D_3030_3030
    let tail = UInt32(UnsafeRawPointer(start + 8).loadUnaligned(as: UInt16.self)) ^ 0x3030
    let wrong =
      ((word &+ 0x7F76_767F_7676_7676) | word) & 0x8080_8080_8080_8080
      | UInt64(((tail &+ 0x7676) | tail) & 0x8080)
    if wrong != 0 { return .min }
    let pairs = word &* 10 &+ (word &>> 8)
    let year =
      Int(truncatingIfNeeded: pairs & 0xFF) &* 100
      &+ Int(truncatingIfNeeded: pairs &>> 16 & 0xFF)
    let month = Int(truncatingIfNeeded: pairs &>> 40 & 0xFF)
    let day = Int32(truncatingIfNeeded: (tail & 0xFF) &* 10 &+ tail &>> 8)
    let entry = years[year]
    let ofMonth = Int32(months[Int(entry & 1) &* 128 &+ month])
    if day == 0 || day > ofMonth & 31 { return .min }
    return Int64(entry &>> 1) &+ Int64(ofMonth &>> 5) &+ Int64(day) &- 1
  }
}

extension CalendarDay {
  /// `YYYY-MM-DD` from ten bytes, `nil` where that is no day of the years 0–9999.
  ///
  /// All digits are checked and paired as one word; the days before a year and before a month come
  /// from tables.
  @inline(__always)
  package static func read(_ start: UnsafePointer<UInt8>) -> Int64? {
    let day = CalendarTables.shared.day(start)
    return day == Int64.min ? nil : day
  }
}
