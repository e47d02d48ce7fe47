import Columnar

/// `03/04/2024`, `3.4.2024`, `03-04-2024`, with a time of day or without: the order of day and month is settled by the whole
/// column or not at all, so a chunk only says which orders its fields allow.
struct AmbiguousDateSyntax: FieldSyntax {
  /// One style for each separator and clock.
  static let styles = 1...dayFirst.count

  private static let clocks = [
    "", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p",
  ]
  private static let dayFirst = clocks.flatMap { clock in
    ["/", ".", "-"].compactMap { DateFormat("%d\($0)%m\($0)%Y\(clock)") }
  }
  private static let monthFirst = clocks.flatMap { clock in
    ["/", ".", "-"].compactMap { DateFormat("%m\($0)%d\($0)%Y\(clock)") }
  }

  func accepts(_ field: Field, _ context: TypingContext) -> Bool {
    context.openDateStyles.contains {
      Self.formats($0).contains { $0.read(field) != nil }
    }
  }

  func parse(
    _ fields: FieldSlice, into scratch: ColumnScratch, hint: FieldKind?, context: TypingContext
  ) -> Int? {
    var style = 0
    for row in 0..<fields.rowCount {
      let field = fields[row]
      if let word = context.nulls.index(of: field) {
        scratch.setNull(row, word: word)
        continue
      }
      var isRead = false
      for open in context.openDateStyles where style == 0 || style == open {
        let index = open - 1
        let asDayFirst = Self.dayFirst[index].read(field)
        let asMonthFirst = Self.monthFirst[index].read(field)
        if asDayFirst == nil && asMonthFirst == nil { continue }
        if asDayFirst == nil { scratch.report.facts.insert(.notDayFirst) }
        if asMonthFirst == nil { scratch.report.facts.insert(.notMonthFirst) }
        style = index + 1
        isRead = true
        break
      }
      if !isRead { return row }
      scratch.values[row] = 0
    }
    scratch.report.kind = scratch.report.valueCount == 0 ? .null : .ambiguousDate
    scratch.report.style = style
    return nil
  }

  /// The two formats of a style.
  static func formats(_ style: Int) -> [DateFormat] {
    [dayFirst[style - 1], monthFirst[style - 1]]
  }

  /// The format that the whole column settles, `nil` where both orders are open or none is.
  static func settledFormat(facts: FieldFacts, style: Int) -> DateFormat? {
    guard styles.contains(style) else { return nil }
    switch (facts.contains(.notDayFirst), facts.contains(.notMonthFirst)) {
    case (false, true): return dayFirst[style - 1]
    case (true, false): return monthFirst[style - 1]
    default: return nil
    }
  }
}
