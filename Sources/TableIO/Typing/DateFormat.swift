/// How a date is written, in the letters of strftime: `%d`, `%m`, `%Y`, `%%` and literal bytes.
struct DateFormat: Hashable, Sendable {
  private enum Part: Hashable {
    case day, month, year
    case literal(UInt8)
  }
  private var parts: [Part] = []
  let pattern: String

  /// `nil` where the pattern has other letters, or not each of day, month and year once.
  init?(_ pattern: String) {
    self.pattern = pattern
    var bytes = Array(pattern.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == 0x25 else {
        parts.append(.literal(byte))
        continue
      }
      switch bytes.popFirst() {
      case 0x64: parts.append(.day)
      case 0x6D: parts.append(.month)
      case 0x59: parts.append(.year)
      case 0x25: parts.append(.literal(0x25))
      default: return nil
      }
    }
    for part in [Part.day, .month, .year] where parts.count(where: { $0 == part }) != 1 {
      return nil
    }
  }

  /// The day, and whether day and month have two digits; `nil` where the field is not so written.
  func read(_ field: Field) -> (day: Int64, isPadded: Bool)? {
    var index = 0
    var (year, month, day) = (0, 0, 0)
    var isPadded = true
    func number(_ maximumDigits: Int) -> Int? {
      var value = 0
      let start = index
      while index < field.count, index - start < maximumDigits,
        field.start[index] &- 0x30 <= 9
      {
        value = value * 10 + Int(field.start[index] &- 0x30)
        index += 1
      }
      if index == start { return nil }
      if index - start < maximumDigits { isPadded = false }
      return value
    }
    for part in parts {
      switch part {
      case .literal(let byte):
        guard index < field.count, field.start[index] == byte else { return nil }
        index += 1
      case .year:
        let start = index
        guard let value = number(4), index - start == 4 else { return nil }
        year = value
      case .month:
        guard let value = number(2) else { return nil }
        month = value
      case .day:
        guard let value = number(2) else { return nil }
        day = value
      }
    }
    guard index == field.count, CalendarDay.exists(year: year, month: month, day: day) else {
      return nil
    }
    return (CalendarDay.number(year: year, month: month, day: day), isPadded)
  }

  /// The day written in this format.
  func render(_ number: Int64) -> String {
    let (year, month, day) = CalendarDay.components(number)
    var text: [UInt8] = []
    for part in parts {
      switch part {
      case .day: text += CalendarDay.padded(day, 2).utf8
      case .month: text += CalendarDay.padded(month, 2).utf8
      case .year: text += CalendarDay.padded(year, 4).utf8
      case .literal(let byte): text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
