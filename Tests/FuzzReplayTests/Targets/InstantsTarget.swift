import Columnar
import Platform

@testable import Typing

/// One field as a date or an instant: against `timegm`, and back to its text.
struct InstantsTarget: FuzzTarget {
  let name = "instants"

  func check(_ input: FuzzInput) -> String? {
    var input = input
    let unit = input.choice(TimeUnit.allCases)
    let pattern = input.choice(["", "%d/%m/%Y", "%Y%m%d", "%m.%d.%Y", "%Y年%m月%d日"])
    let text = Array(input.rest.prefix(60))
    return OneField(text).withSlice { fields in
      instant(fields[0], unit) ?? dateFormat(fields[0], pattern)
    }
  }

  private func instant(_ field: Field, _ unit: TimeUnit) -> String? {
    guard let read = TimestampText(field) else { return nil }
    let text = String(decoding: field.bytes, as: UTF8.self)
    guard let day = Self.day(text) else { return "\(text) is no day for timegm" }
    if Int(read.day) != day { return "\(text) is day \(read.day), timegm says \(day)" }
    if field.count == 10 { return nil }
    let characters = Array(text)
    guard characters.count == field.count, let hour = Int(String(characters[11..<13])),
      let minute = Int(String(characters[14..<16]))
    else { return "\(text) has no clock" }
    let second = read.clock.hasSeconds ? Int(String(characters[17..<19])) ?? -1 : 0
    let fraction =
      characters.dropFirst(19).first == "."
      ? String(characters.dropFirst(20).prefix { $0.isNumber }) : ""
    let nanoseconds = Int128(fraction.padding(to: 9)) ?? 0
    let seconds = day * 86_400 + hour * 3600 + minute * 60 + second - (read.offsetMinutes ?? 0) * 60
    let total = Int128(seconds) * 1_000_000_000 + nanoseconds
    let perUnit = Int128(1_000_000_000 / unit.perSecond)
    // Fractions that the unit does not tell are cut towards the past only by callers who ask.
    guard total % perUnit == 0 else { return nil }
    let expected = Int64(exactly: total / perUnit)
    let value = read.value(in: unit)
    guard value == expected else {
      return "\(text) in \(unit): \(value as Any), not \(expected as Any)"
    }
    guard let value else { return nil }
    let style = TimestampStyle(rawValue: read.style)
    if style.rawValue != read.style { return "\(text): style \(read.style) is \(style)" }
    let rendered = style.render(value, unit: unit, digits: read.clock.writtenDigits)
    let isSpelledInUnit = read.clock.writtenDigits <= unit.fractionDigits
    return rendered == text || !isSpelledInUnit ? nil : "\(text) prints as \(rendered)"
  }

  /// The day as the C library counts it; `nil` where it moves the date to another.
  private static func day(_ text: String) -> Int? {
    let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let year = Int32(parts[0]), let month = Int32(parts[1]),
      let day = Int32(parts[2])
    else { return nil }
    var time = tm()
    (time.tm_year, time.tm_mon, time.tm_mday) = (year - 1900, month - 1, day)
    let seconds = timegm(&time)
    guard (time.tm_year, time.tm_mon, time.tm_mday) == (year - 1900, month - 1, day) else {
      return nil
    }
    return seconds / 86_400
  }

  /// A pattern of the user's: what it reads, it prints, but for zeros in front.
  private func dateFormat(_ field: Field, _ pattern: String) -> String? {
    guard let format = DateFormat(pattern), format.isPlain, let moment = format.read(field) else {
      return nil
    }
    let text = String(decoding: field.bytes, as: UTF8.self)
    let (day, isPadded) = (moment.day, moment.isPadded)
    let rendered = format.render(day)
    if isPadded, rendered != text { return "\(text) by \(pattern) prints as \(rendered)" }
    let again = OneField(Array(rendered.utf8)).withSlice { format.read($0[0])?.day }
    return again == day ? nil : "\(text) by \(pattern) is \(day), and \(rendered) \(again as Any)"
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: "0", count: Swift.max(0, width - count))
  }
}
