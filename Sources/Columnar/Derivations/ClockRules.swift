/// Times of a day as people write them, `17` for 0:17 and `1745` for 17:45.
enum ClockWords {
  static let minutesOfDay: Int64 = 24 * 60

  @inline(__always)
  static func minutes(_ word: Int64) -> Int64 { word / 100 &* 60 &+ word % 100 }

  @inline(__always)
  static func word(_ minutes: Int64) -> Int64 { minutes / 60 &* 100 &+ minutes % 60 }

  /// From 0 to a day less a minute.
  @inline(__always)
  static func wrapped(_ minutes: Int64) -> Int64 {
    let rest = minutes % minutesOfDay
    return rest < 0 ? rest &+ minutesOfDay : rest
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

  func write(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    clock.write(rows, with: minutes, to: target) { time, added in
      ClockWords.word(ClockWords.wrapped(ClockWords.minutes(time) &+ added))
    }
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

  func write(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    end.write(rows, with: start, to: target) { end, start in
      let minutes = ClockWords.minutes(end) &- ClockWords.minutes(start)
      return low &+ ClockWords.wrapped(minutes &- low)
    }
  }
}
