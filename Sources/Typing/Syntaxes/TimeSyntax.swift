import Columnar

/// Times of day: `HH:MM:SS`, with a fraction of up to nine digits.
struct TimeSyntax: FieldSyntax {
  func accepts(_ field: Field, _ context: TypingContext) -> Bool { Self.read(field) != nil }

  func parse(
    _ fields: FieldSlice, into scratch: ColumnScratch, hint: FieldKind?, context: TypingContext
  ) -> Int? {
    var unit = TimeUnit.second
    if case .time(let hinted)? = hint { unit = hinted }
    var minimum = Int64.max
    var maximum = Int64.min
    var row = 0
    while row < fields.rowCount {
      let field = fields[row]
      if context.nulls.spellNumbers, let word = context.nulls.userIndex(of: field) {
        scratch.setNull(row, word: word)
      } else if let clock = Self.read(field) {
        if clock.significantDigits > unit.fractionDigits {
          unit = TimeUnit(fractionDigits: clock.significantDigits)
          scratch.begin(rowCount: fields.rowCount)
          (row, minimum, maximum) = (0, .max, .min)
          continue
        }
        let value = clock.value(in: unit)
        scratch.values[row] = value
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        scratch.report.minimumDigits = min(scratch.report.minimumDigits, clock.writtenDigits)
        scratch.report.maximumDigits = max(scratch.report.maximumDigits, clock.writtenDigits)
      } else if let word = context.nulls.index(of: field) {
        scratch.setNull(row, word: word)
      } else {
        return row
      }
      row += 1
    }
    scratch.report.kind = scratch.report.valueCount == 0 ? .null : .time(unit)
    scratch.report.minimum = minimum
    scratch.report.maximum = maximum
    return nil
  }

  @inline(__always)
  static func read(_ field: Field) -> ClockReader? {
    guard let clock = ClockReader(field.start, count: field.count), clock.hasSeconds,
      clock.length == field.count
    else { return nil }
    return clock
  }
}
