import Columnar

/// How a day, a time of day or an instant is written, in the letters of strftime and literal bytes.
package struct DateFormat: Hashable, Sendable {
  package enum Part: Hashable {
    case day, month, year, shortYear, dayOfYear
    case monthName(isFull: Bool)
    case weekdayName(isFull: Bool)
    /// Year, week and day by ISO 8601.
    case isoYear, isoWeek, isoWeekday
    case hour, hourOfHalf, half, minute, second, fraction
    case offset, zoneName
    case literal(UInt8)
  }

  /// What a text in the format says.
  package enum Meaning: Hashable { case date, time, timestamp }

  package let pattern: String
  package let parts: [Part]
  package let meaning: Meaning

  /// `nil` where there is a problem with the pattern.
  package init?(_ pattern: String) {
    guard case .success(let parts) = Self.parts(of: pattern),
      let meaning = try? Self.meaning(of: parts)
    else { return nil }
    (self.pattern, self.parts, self.meaning) = (pattern, parts, meaning)
  }

  /// Why a pattern is no format, in words; `nil` for one that is.
  package static func problem(with pattern: String) -> String? {
    do {
      _ = try meaning(of: try parts(of: pattern).get())
      return nil
    } catch {
      return error.words
    }
  }

  /// Each of day, month, year and literals alone: what is read prints back, but for zeros in front.
  var isPlain: Bool {
    parts.allSatisfy { part in
      switch part {
      case .day, .month, .year, .literal: true
      default: false
      }
    }
  }

  /// Whether a zone is written.
  var isZoned: Bool { parts.contains(.offset) || parts.contains(.zoneName) }

  // MARK: - Patterns

  struct Problem: Error { let words: String }

  /// The letters, each with what it stands for.
  static let letters: [(letter: String, parts: [Part])] = [
    ("d", [.day]), ("e", [.day]), ("m", [.month]), ("Y", [.year]), ("y", [.shortYear]),
    ("j", [.dayOfYear]), ("b", [.monthName(isFull: false)]), ("B", [.monthName(isFull: true)]),
    ("a", [.weekdayName(isFull: false)]), ("A", [.weekdayName(isFull: true)]),
    ("G", [.isoYear]), ("V", [.isoWeek]), ("u", [.isoWeekday]),
    ("H", [.hour]), ("I", [.hourOfHalf]), ("p", [.half]), ("M", [.minute]), ("S", [.second]),
    ("f", [.fraction]), ("z", [.offset]), ("Z", [.zoneName]),
    ("F", [.year, .literal(0x2D), .month, .literal(0x2D), .day]),
    ("T", [.hour, .literal(0x3A), .minute, .literal(0x3A), .second]),
    ("R", [.hour, .literal(0x3A), .minute]), ("%", [.literal(0x25)]),
  ]

  private static func parts(of pattern: String) -> Result<[Part], Problem> {
    var parts: [Part] = []
    var text = pattern.unicodeScalars[...]
    while let scalar = text.popFirst() {
      guard scalar == "%" else {
        parts += String(scalar).utf8.map { .literal($0) }
        continue
      }
      let letter = text.popFirst().map { String($0) } ?? ""
      guard let known = letters.first(where: { $0.letter == letter }) else {
        let all = letters.map { "%" + $0.letter }.joined(separator: " ")
        return .failure(
          Problem(words: "there is no letter '%\(letter)'; the letters are \(all)"))
      }
      parts += known.parts
    }
    return .success(parts)
  }

  private static func meaning(of parts: [Part]) throws(Problem) -> Meaning {
    let said = parts.filter { if case .literal = $0 { false } else { true } }
    func has(_ part: Part) -> Bool { said.contains(part) }
    func fail(_ words: String) throws(Problem) { throw Problem(words: words) }
    guard Set(said).count == said.count else { throw Problem(words: "it says something twice") }
    let months = said.count {
      if case .monthName = $0 { true } else { $0 == .month }
    }
    let years = said.count { $0 == .year || $0 == .shortYear }
    let weekParts = said.count { $0 == .isoYear || $0 == .isoWeek || $0 == .isoWeekday }
    let days = said.count { $0 == .day || $0 == .dayOfYear }
    let hasDate = years + months + days + weekParts > 0
    if months > 1 || years > 1 || days > 1 { try fail("it says something twice") }
    if weekParts > 0 {
      if weekParts < 3 || years + months + days > 0 {
        try fail("a day by its week needs %G, %V and %u, and nothing else")
      }
    } else if hasDate {
      let isWhole = years == 1 && (has(.dayOfYear) ? months == 0 : months == 1 && days == 1)
      if !isWhole {
        try fail(
          "a day needs a year, a month and a day: %Y or %y, %m, %b or %B, and %d; or %Y and %j")
      }
    }
    let clock = said.contains {
      [.hour, .hourOfHalf, .half, .minute, .second, .fraction].contains($0)
    }
    if has(.hour) && has(.hourOfHalf) { try fail("it says something twice") }
    if has(.hourOfHalf) != has(.half) { try fail("%I and %p belong together; %H counts to 23") }
    if clock, !has(.hour), !has(.hourOfHalf) { try fail("a time needs an hour: %H, or %I and %p") }
    if has(.second), !has(.minute) { try fail("%S needs %M") }
    if has(.fraction), !has(.second) { try fail("%f needs %S") }
    if has(.offset) && has(.zoneName) { try fail("it says something twice") }
    if !hasDate, said.contains(where: { if case .weekdayName = $0 { true } else { false } }) {
      try fail("a day of the week is no day without a date")
    }
    if has(.offset) || has(.zoneName), !hasDate || !clock {
      try fail("a zone needs a day and a time")
    }
    switch (hasDate, clock) {
    case (true, true): return .timestamp
    case (true, false): return .date
    case (false, true): return .time
    case (false, false): throw Problem(words: "it says neither a day nor a time")
    }
  }

  /// The day written in this format, which is a plain one.
  func render(_ number: Int64) -> String {
    let (year, month, day) = CalendarDay.components(number)
    var text: [UInt8] = []
    for part in parts {
      switch part {
      case .day: text += CalendarDay.padded(day, 2).utf8
      case .month: text += CalendarDay.padded(month, 2).utf8
      case .year: text += CalendarDay.padded(year, 4).utf8
      case .literal(let byte): text.append(byte)
      default: preconditionFailure("the format is not plain")
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
