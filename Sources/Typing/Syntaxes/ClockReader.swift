import Columnar

/// Reads `HH:MM`, `HH:MM:SS` and a fraction of up to nine digits.
struct ClockReader {
  var secondOfDay = 0
  var nanosecond = 0
  var hasSeconds = false
  /// Digits of the fraction as written, and without zeros at its end.
  var writtenDigits = 0
  var significantDigits = 0
  /// Bytes read.
  var length = 0

  /// `nil` where the text does not begin with a time of day.
  @inline(__always)
  init?(_ start: UnsafePointer<UInt8>, count: Int) {
    guard count >= 5, start[2] == 0x3A else { return nil }
    @inline(__always) func pair(_ index: Int) -> Int {
      let high = start[index] &- 0x30
      let low = start[index &+ 1] &- 0x30
      return high <= 9 && low <= 9 ? Int(high) &* 10 &+ Int(low) : 1000
    }
    let hour = pair(0)
    let minute = pair(3)
    guard hour < 24, minute < 60 else { return nil }
    secondOfDay = hour &* 3600 &+ minute &* 60
    length = 5
    guard count >= 8, start[5] == 0x3A else { return }
    let second = pair(6)
    guard second < 60 else { return nil }
    secondOfDay &+= second
    hasSeconds = true
    length = 8
    guard count > 9, start[8] == 0x2E else { return }
    var index = 9
    while index < count, start[index] &- 0x30 <= 9 {
      if index &- 9 == 9 { return nil }
      nanosecond = nanosecond &* 10 &+ Int(start[index] &- 0x30)
      if start[index] != 0x30 { significantDigits = index &- 8 }
      index &+= 1
    }
    writtenDigits = index &- 9
    guard writtenDigits > 0 else { return nil }
    for _ in writtenDigits..<9 { nanosecond &*= 10 }
    length = index
  }

  /// Units of `unit` since midnight; the fraction must fit the unit.
  @inline(__always)
  func value(in unit: TimeUnit) -> Int64 {
    Int64(secondOfDay) &* unit.perSecond &+ Int64(nanosecond) / (1_000_000_000 / unit.perSecond)
  }
}
