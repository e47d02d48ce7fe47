import Columnar
import Foundation

extension TypingReference {
  /// Days, months and years in one of the orders, with one separator.
  private static func day(_ text: String, order: String, separator: String) -> Int? {
    let parts = text.components(separatedBy: separator)
    guard parts.count == 3 else { return nil }
    var found: [Character: Int] = [:]
    for (letter, part) in zip(order, parts) {
      guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        letter == "Y" ? part.count == 4 : (1...2).contains(part.count)
      else { return nil }
      found[letter] = Int(part)
    }
    guard let year = found["Y"], let month = found["m"], let day = found["d"] else { return nil }
    return SlowText.day(year: year, month: month, day: day)
  }

  private static func isoDay(_ text: String) -> Int? {
    text.utf8.count == 10 ? day(text, order: "Ymd", separator: "-") : nil
  }

  /// ISO 8601, or the one order that all rows allow.
  func dates(_ texts: [String]) -> Reading? {
    let days = texts.map(Self.isoDay)
    if days.allSatisfy({ $0 != nil }) {
      return Reading(type: .date, values: texts, rendered: texts)
    }
    for separator in ["/", ".", "-"] {
      let orders = ["dmY", "mdY"].filter { order in
        texts.allSatisfy { Self.day($0, order: order, separator: separator) != nil }
      }
      guard orders.count == 1, let order = orders.first else { continue }
      let values = texts.map {
        SlowText.date(day: Self.day($0, order: order, separator: separator)!)
      }
      let rendered = texts.map { text in
        text.components(separatedBy: separator).map { $0.count == 1 ? "0" + $0 : $0 }
          .joined(separator: separator)
      }
      return Reading(type: .date, values: values, rendered: rendered)
    }
    return nil
  }

  /// `HH:MM:SS` and a fraction, or `HH:MM` where that is allowed.
  private struct Clock {
    var second: Int
    var nanosecond = 0
    var digits = ""
    var hasSeconds = false

    init?(_ text: String, allowsMinutes: Bool) {
      let halves = text.components(separatedBy: ".")
      let parts = halves[0].components(separatedBy: ":")
      guard halves.count <= 2, parts.count == 3 || (allowsMinutes && parts.count == 2),
        parts.allSatisfy({ $0.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
      else { return nil }
      let numbers = parts.map { Int($0)! } + [0]
      guard numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
      second = numbers[0] * 3600 + numbers[1] * 60 + (parts.count == 3 ? numbers[2] : 0)
      hasSeconds = parts.count == 3
      if halves.count == 2 {
        digits = halves[1]
        guard hasSeconds, (1...9).contains(digits.count),
          digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        nanosecond = Int(digits + String(repeating: "0", count: 9 - digits.count))!
      }
    }

    /// The digits of the fraction that are not zeros at its end.
    var significantDigits: Int { String(digits.reversed().drop { $0 == "0" }).count }
  }

  private static func unit(_ clocks: [Clock]) -> TimeUnit {
    let digits = clocks.map(\.significantDigits).max() ?? 0
    return digits == 0
      ? .second : digits <= 3 ? .millisecond : digits <= 6 ? .microsecond : .nanosecond
  }

  func times(_ texts: [String]) -> Reading? {
    let clocks = texts.compactMap { Clock($0, allowsMinutes: false) }
    guard clocks.count == texts.count else { return nil }
    let unit = Self.unit(clocks)
    let perNanosecond = 1_000_000_000 / unit.perSecond
    let units = clocks.map {
      Int128($0.second) * Int128(unit.perSecond) + Int128($0.nanosecond) / Int128(perNanosecond)
    }
    let digits = clocks[0].digits.count
    return Reading(
      type: .time(unit: unit),
      values: units.map { SlowText.time($0, unit: unit, digits: unit.fractionDigits) },
      rendered: units.map { SlowText.time($0, unit: unit, digits: digits) })
  }

  /// A span of time in nanoseconds, and as it can be had back.
  private struct Span {
    var nanoseconds: Int128
    var digits = 0
    var significantDigits: Int
    /// Whether hours below ten have a zero before them; `nil` where there are none.
    var isPadded: Bool?
    var isISO = false
    var isCanonical = true

    var isBeyondDay: Bool {
      isISO || nanoseconds < 0 || nanoseconds > 86_400 * 1_000_000_000
    }

    init?(_ text: String) {
      let clock = /(-?)([0-9]+):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?/
      let parts =
        /(-?)P(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]{1,9}))?S)?)?/
      var fraction = ""
      var seconds: Int128
      var isNegative: Bool
      if let match = text.wholeMatch(of: clock) {
        let hours = String(match.2)
        guard let minutes = Int128(match.3), let second = Int128(match.4), minutes < 60,
          second < 60, hours.count <= 2 || !hours.hasPrefix("0"), let count = Int128(hours),
          hours.count <= 15
        else { return nil }
        if count < 10 { isPadded = hours.count == 2 }
        fraction = match.5.map(String.init) ?? ""
        digits = fraction.count
        seconds = count * 3600 + minutes * 60 + second
        isNegative = !match.1.isEmpty
      } else if let match = text.wholeMatch(of: parts), !text.hasSuffix("P"), !text.hasSuffix("T") {
        isISO = true
        isNegative = !match.1.isEmpty
        fraction = match.6.map(String.init) ?? ""
        let found = [match.2, match.3, match.4, match.5].map { $0.map(String.init) }
        seconds = 0
        for (part, size) in zip(found, [86_400, 3600, 60, 1]) {
          guard let part else { continue }
          guard part.count <= 15, let number = Int128(part) else { return nil }
          seconds += number * Int128(size)
        }
        var canonical = "PT"
        if seconds >= 3600 { canonical += "\(seconds / 3600)H" }
        if seconds / 60 % 60 > 0 { canonical += "\(seconds / 60 % 60)M" }
        let tail = String(fraction.reversed().drop { $0 == "0" }.reversed())
        if seconds % 60 > 0 || !tail.isEmpty || seconds == 0 {
          canonical += "\(seconds % 60)" + (tail.isEmpty ? "" : "." + tail) + "S"
        }
        isCanonical = text == (isNegative ? "-" : "") + canonical
      } else {
        return nil
      }
      significantDigits = String(fraction.reversed().drop { $0 == "0" }).count
      let nanosecond = Int128(fraction + String(repeating: "0", count: 9 - fraction.count))!
      nanoseconds = (seconds * 1_000_000_000 + nanosecond) * (isNegative ? -1 : 1)
      if isNegative, nanoseconds == 0 { return nil }
    }
  }

  func spans(_ texts: [String]) -> Reading? {
    let spans = texts.compactMap { Span($0) }
    guard spans.count == texts.count, spans.contains(where: \.isBeyondDay) else { return nil }
    let most = spans.map(\.significantDigits).max() ?? 0
    let unit: TimeUnit =
      most == 0 ? .second : most <= 3 ? .millisecond : most <= 6 ? .microsecond : .nanosecond
    let units = spans.map { $0.nanoseconds / Int128(1_000_000_000 / unit.perSecond) }
    guard units.allSatisfy({ Int64(exactly: $0) != nil }) else { return nil }
    let isUniform =
      Set(spans.map(\.isISO)).count == 1 && Set(spans.map(\.digits)).count == 1
      && Set(spans.compactMap(\.isPadded)).count <= 1 && spans.allSatisfy(\.isCanonical)
    let values = units.map { SlowText.duration($0, unit: unit, digits: unit.fractionDigits) }
    return Reading(
      type: .duration(unit: unit), values: values,
      rendered: isUniform ? texts : texts.map { $0 + "?" })
  }

  private struct Moment {
    var day: Int
    var clock: Clock?
    var separator = ""
    /// As written, and in minutes.
    var zone = ""
    var offset: Int?

    init?(_ text: String) {
      guard let day = TypingReference.isoDay(String(text.prefix(10))) else { return nil }
      self.day = day
      var rest = String(text.dropFirst(10))
      if rest.isEmpty { return }
      separator = String(rest.removeFirst())
      guard separator == "T" || separator == " " else { return nil }
      if let place = rest.firstIndex(where: { "Z+-".contains($0) }) {
        zone = String(rest[place...])
        rest = String(rest[..<place])
        guard let minutes = Self.minutes(zone) else { return nil }
        offset = minutes
      }
      guard let clock = Clock(rest, allowsMinutes: true) else { return nil }
      self.clock = clock
    }

    private static func minutes(_ zone: String) -> Int? {
      if zone == "Z" { return 0 }
      let body = zone.dropFirst()
      let digits = body.filter { $0 != ":" }
      guard body.count == 5 ? Array(body)[2] == ":" : !body.contains(":"),
        [2, 4, 5].contains(body.count), digits.count == (body.count == 2 ? 2 : 4),
        digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      let hours = Int(digits.prefix(2))!
      let minutes = Int(digits.dropFirst(2)) ?? 0
      guard hours < 24, minutes < 60 else { return nil }
      return (hours * 60 + minutes) * (zone.hasPrefix("-") ? -1 : 1)
    }
  }

  func timestamps(_ texts: [String]) -> Reading? {
    let moments = texts.compactMap { Moment($0) }
    guard moments.count == texts.count else { return nil }
    let zoned = moments.count { $0.offset != nil }
    guard zoned == 0 || zoned == moments.count else { return nil }
    let unit = Self.unit(moments.compactMap(\.clock))
    let perNanosecond = Int128(1_000_000_000 / unit.perSecond)
    let units = moments.map { moment in
      let seconds = moment.day * 86_400 + (moment.clock?.second ?? 0) - (moment.offset ?? 0) * 60
      return Int128(seconds) * Int128(unit.perSecond)
        + Int128(moment.clock?.nanosecond ?? 0) / perNanosecond
    }
    guard units.allSatisfy({ Int64(exactly: $0) != nil }) else { return nil }
    let first = moments[0]
    let rendered = units.map { value in
      guard let clock = first.clock else { return "" }
      let local = value + Int128(first.offset ?? 0) * 60 * Int128(unit.perSecond)
      return SlowText.timestamp(
        local, unit: unit, digits: clock.digits.count, separator: first.separator,
        hasSeconds: clock.hasSeconds) + first.zone
    }
    return Reading(
      type: .timestamp(unit: unit, zone: zoned > 0 ? "UTC" : nil),
      values: units.map { SlowText.timestamp($0, unit: unit, digits: unit.fractionDigits) },
      rendered: rendered)
  }
}
