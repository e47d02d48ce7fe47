/// Times of a day as people write them, `17` for 0:17 and `1745` for 17:45.
///
/// In words of 32 bits, which are divided several at a time. What is no time becomes anything, always the same.
enum ClockWords {
  static let minutesOfDay: UInt32 = 24 * 60
  /// What negative minutes are lifted by: of a million days, all are.
  private static let lift = 1_000_000 &* minutesOfDay

  @inline(__always)
  static func minutes(_ word: UInt32) -> UInt32 { word / 100 &* 60 &+ word % 100 }

  @inline(__always)
  static func word(_ minutes: UInt32) -> UInt32 { minutes / 60 &* 100 &+ minutes % 60 }

  /// From 0 to a day less a minute, of minutes that may be less than 0.
  @inline(__always)
  static func wrapped(_ minutes: UInt32) -> UInt32 { (minutes &+ lift) % minutesOfDay }

  /// The time so many minutes after another.
  @inline(__always)
  static func word(_ time: UInt32, after minutes: UInt32) -> UInt32 {
    word(wrapped(self.minutes(time) &+ minutes))
  }

  /// The minutes from one time to another, at least `low` and less than a day more.
  @inline(__always)
  static func minutes(from start: UInt32, to end: UInt32, atLeast low: UInt32) -> UInt32 {
    low &+ wrapped(minutes(end) &- minutes(start) &- low)
  }

  /// Whether that is a time of a day; 24:00 is one.
  static func isTime(_ word: Int64) -> Bool { (0...2400).contains(word) && word % 100 < 60 }
}

/// A time of a day and some minutes later: `2350` and 25 are `15`.
struct ClockSumRule: DerivationRule {
  let clock: ColumnWords
  let minutes: ColumnWords

  var sources: [Column] { [clock.column, minutes.column] }
  var footprint: Footprint { Footprint() }
  var words: String {
    "the time `\(clock.column.name)` and `\(minutes.column.name)` minutes"
  }

  func write<Word: FixedWidthInteger>(_ rows: Range<Int>, to target: UnsafeMutablePointer<Word>) {
    clock.write(rows, with: minutes, to: target) { ClockWords.word($0, after: $1) }
  }
}

/// The minutes from one time of a day to another, at least `low` and less than a day more.
struct ClockDifferenceRule: DerivationRule {
  let end: ColumnWords
  let start: ColumnWords
  let low: Int64

  var sources: [Column] { [end.column, start.column] }
  var footprint: Footprint { Footprint() }
  var words: String {
    "the minutes from the time `\(start.column.name)` to `\(end.column.name)`"
  }

  func write<Word: FixedWidthInteger>(_ rows: Range<Int>, to target: UnsafeMutablePointer<Word>) {
    let low = UInt32(truncatingIfNeeded: low)
    end.write(rows, with: start, to: target) {
      ClockWords.minutes(from: $1, to: $0, atLeast: low)
    }
  }
}
