import CKernels

/// Days: `YYYY-MM-DD`, or a format that the user named.
struct DateSyntax: FieldSyntax {
  let name = "date"
  let families: [FieldKind.Family] = [.date]

  func accepts(_ field: Field, _ context: TypingContext) -> Bool {
    field.count == 10 && CalendarDay.read(field.start) != nil
  }

  func parse(
    _ fields: FieldSlice, into scratch: ColumnScratch, hint: FieldKind?, context: TypingContext
  ) -> Int? {
    let values = scratch.values
    var minimum = Int64.max
    var maximum = Int64.min
    if context.nulls.spellNumbers {
      // Where digits may spell a null, nulls are looked for first.
      scratch.left.insertAll(rowCount: fields.rowCount)
    } else {
      let read = withUnsafePointer(to: fields.inC) {
        diet_read_days($0, values, scratch.left.words)
      }
      scratch.note(read)
      (minimum, maximum) = (read.minimum, read.maximum)
    }
    var next = 0
    while let row = scratch.left.next(from: next) {
      next = row &+ 1
      let field = fields[row]
      if let word = context.nulls.index(of: field) {
        scratch.setNull(row, word: word)
      } else if field.count == 10, let day = CalendarDay.read(field.start) {
        values[row] = day
        minimum = min(minimum, day)
        maximum = max(maximum, day)
      } else {
        return row
      }
    }
    finish(scratch, minimum, maximum, style: 0)
    return nil
  }

  /// Reads every field in the first of the user's formats that fits them all; false where none
  /// does. The report names the formats that fit, for the whole column takes one.
  func parseAsTold(
    _ fields: FieldSlice, into scratch: ColumnScratch, context: TypingContext
  ) -> Bool {
    var fitting: UInt64 = 0
    for (index, format) in context.dateFormats.enumerated().reversed() {
      scratch.begin(rowCount: fields.rowCount)
      if parse(fields, format: format, into: scratch, context: context) == nil {
        fitting |= 1 << UInt64(index)
      }
    }
    guard fitting != 0 else { return false }
    let first = fitting.trailingZeroBitCount
    if first > 0 {
      scratch.begin(rowCount: fields.rowCount)
      _ = parse(fields, format: context.dateFormats[first], into: scratch, context: context)
    }
    scratch.report.style = first + 1
    scratch.report.fittingFormats = fitting
    return true
  }

  /// Reads every field in one format, which the user or the evidence of the whole column named.
  func parse(
    _ fields: FieldSlice, format: DateFormat, into scratch: ColumnScratch, context: TypingContext
  ) -> Int? {
    var minimum = Int64.max
    var maximum = Int64.min
    for row in 0..<fields.rowCount {
      let field = fields[row]
      if context.nulls.spellNumbers, let word = context.nulls.userIndex(of: field) {
        scratch.setNull(row, word: word)
      } else if let (day, isPadded) = format.read(field) {
        scratch.values[row] = day
        minimum = min(minimum, day)
        maximum = max(maximum, day)
        if !isPadded { scratch.report.facts.insert(.nonCanonical) }
      } else if let word = context.nulls.index(of: field) {
        scratch.setNull(row, word: word)
      } else {
        return row
      }
    }
    finish(scratch, minimum, maximum, style: 1)
    return nil
  }

  private func finish(_ scratch: ColumnScratch, _ minimum: Int64, _ maximum: Int64, style: Int) {
    scratch.report.kind = scratch.report.valueCount == 0 ? .null : .date
    scratch.report.minimum = minimum
    scratch.report.maximum = maximum
    scratch.report.style = style
  }
}
