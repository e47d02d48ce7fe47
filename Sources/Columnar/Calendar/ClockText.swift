/// Times of day as ISO 8601 writes them.
package enum ClockText {
  /// A time of day with `digits` digits of a fraction.
  package static func render(_ value: Int64, unit: TimeUnit, digits: Int, hasSeconds: Bool = true)
    -> String
  {
    let seconds = Int(value / unit.perSecond)
    let nanoseconds = Int(value % unit.perSecond) * Int(1_000_000_000 / unit.perSecond)
    var text = CalendarDay.padded(seconds / 3600, 2) + ":"
    text += CalendarDay.padded(seconds / 60 % 60, 2)
    if hasSeconds { text += ":" + CalendarDay.padded(seconds % 60, 2) }
    if digits > 0 { text += "." + CalendarDay.padded(nanoseconds, 9).prefix(digits) }
    return text
  }
}
