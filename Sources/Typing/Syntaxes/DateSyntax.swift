import CKernels
import Columnar

/// Days: `YYYY-MM-DD`, or a format that the user named.
struct DateSyntax: FieldSyntax {
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

  private func finish(_ scratch: ColumnScratch, _ minimum: Int64, _ maximum: Int64, style: Int) {
    scratch.report.kind = scratch.report.valueCount == 0 ? .null : .date
    scratch.report.minimum = minimum
    scratch.report.maximum = maximum
    scratch.report.style = style
  }
}
