import Columnar

/// Points in time: `YYYY-MM-DD`, `T` or a space, a time of day, and perhaps `Z` or an offset. A date
/// alone among them is midnight.
struct TimestampSyntax: FieldSyntax {
  func accepts(_ field: Field, _ context: TypingContext) -> Bool { TimestampText(field) != nil }

  func parse(
    _ fields: FieldSlice, into scratch: ColumnScratch, hint: FieldKind?, context: TypingContext
  ) -> Int? {
    var unit = TimeUnit.second
    if case .timestamp(let hinted)? = hint { unit = hinted }
    var minimum = Int64.max
    var maximum = Int64.min
    var facts: FieldFacts = []
    var style = 0
    var last = Field(start: fields.bytes, count: 0, isQuoted: false)
    var lastValue: Int64 = 0
    var row = 0
    while row < fields.rowCount {
      let field = fields[row]
      // Neighbours are often the same instant.
      if field.count == last.count, field.count > 0,
        equalBytes(field.start, last.start, field.count)
      {
        scratch.values[row] = lastValue
        row &+= 1
        continue
      }
      if context.nulls.spellNumbers, let word = context.nulls.userIndex(of: field) {
        scratch.setNull(row, word: word)
      } else if let text = TimestampText(field) {
        if text.clock.significantDigits > unit.fractionDigits {
          unit = TimeUnit(fractionDigits: text.clock.significantDigits)
          scratch.begin(rowCount: fields.rowCount)
          (row, minimum, maximum, facts, style) = (0, .max, .min, [], 0)
          last = Field(start: fields.bytes, count: 0, isQuoted: false)
          continue
        }
        guard let value = text.value(in: unit) else { return row }
        facts.insert(text.offsetMinutes == nil ? .unzoned : .zoned)
        if facts.isSuperset(of: [.zoned, .unzoned]) { return row }
        if style == 0 { style = text.style }
        if style != text.style { facts.insert(.styleVaries) }
        scratch.values[row] = value
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        scratch.report.minimumDigits = min(scratch.report.minimumDigits, text.clock.writtenDigits)
        scratch.report.maximumDigits = max(scratch.report.maximumDigits, text.clock.writtenDigits)
        last = field
        lastValue = value
      } else if let word = context.nulls.index(of: field) {
        scratch.setNull(row, word: word)
      } else {
        return row
      }
      row &+= 1
    }
    scratch.report.kind = scratch.report.valueCount == 0 ? .null : .timestamp(unit)
    scratch.report.facts = facts
    scratch.report.minimum = minimum
    scratch.report.maximum = maximum
    scratch.report.style = style
    return nil
  }
}

/// The parts of one timestamp.
struct TimestampText {
  let day: Int64
  let clock: ClockReader
  /// Minutes ahead of UTC; `nil` where none is written.
  private(set) var offsetMinutes: Int?
  /// How it is spelled, for columns in which all are spelled alike.
  let style: Int

  @inline(__always)
  init?(_ field: Field) {
    let start = field.start
    let count = field.count
    guard count >= 10, let day = CalendarDay.read(start) else { return nil }
    self.day = day
    if count == 10 {
      clock = ClockReader(midnight: ())
      style = TimestampStyle(separator: 0, hasSeconds: false, zone: .none).rawValue
      return
    }
    let separator = start[10]
    guard separator == 0x54 || separator == 0x20,
      let clock = ClockReader(start + 11, count: count &- 11)
    else { return nil }
    self.clock = clock
    let rest = start + 11 + clock.length
    var zone = TimestampStyle.Zone.none
    switch count &- 11 &- clock.length {
    case 0: break
    case 1 where rest[0] == 0x5A:
      zone = .z
      offsetMinutes = 0
    case let length:
      guard length == 3 || length == 5 || length == 6, rest[0] == 0x2B || rest[0] == 0x2D else {
        return nil
      }
      if length == 6, rest[3] != 0x3A { return nil }
      let digits = [1, 2] + (length == 3 ? [] : length == 5 ? [3, 4] : [4, 5])
      var parts: [Int] = []
      for index in digits {
        guard rest[index] &- 0x30 <= 9 else { return nil }
        parts.append(Int(rest[index] &- 0x30))
      }
      let hours = parts[0] * 10 + parts[1]
      let minutes = parts.count == 4 ? parts[2] * 10 + parts[3] : 0
      guard hours < 24, minutes < 60 else { return nil }
      let ahead = (hours * 60 + minutes) * (rest[0] == 0x2D ? -1 : 1)
      offsetMinutes = ahead
      // −00:00 means "offset unknown" and would not print back.
      zone = .offset(minutes: ahead, length: length, isNegativeZero: ahead == 0 && rest[0] == 0x2D)
    }
    style = TimestampStyle(separator: separator, hasSeconds: clock.hasSeconds, zone: zone).rawValue
  }

  /// Units since 1970-01-01, in UTC where an offset is written; `nil` past the range of an Int64.
  @inline(__always)
  func value(in unit: TimeUnit) -> Int64? {
    let seconds = day &* 86_400 &- Int64((offsetMinutes ?? 0) &* 60)
    let (units, overflow) = seconds.multipliedReportingOverflow(by: unit.perSecond)
    let (value, carry) = units.addingReportingOverflow(clock.value(in: unit))
    if !overflow, !carry { return value }
    // The midnight before the first instant is out of range, and the instant is not.
    return Int64(exactly: Int128(seconds) * Int128(unit.perSecond) + Int128(clock.value(in: unit)))
  }
}

extension ClockReader {
  /// The time of a date alone.
  init(midnight: Void) {}
}
