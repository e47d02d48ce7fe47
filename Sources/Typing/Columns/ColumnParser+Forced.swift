import Columnar

/// Reading as what the user or a plan named.
extension ColumnParser {
  /// Reads every field as `kind`; the first row that is not, otherwise.
  func parseForced(
    _ fields: FieldSlice, _ kind: FieldKind, _ scratch: ColumnScratch
  ) -> Int? {
    switch kind {
    case .null:
      return (0..<fields.rowCount).first { context.nulls.index(of: fields[$0]) == nil }
        ?? IntegerSyntax().parse(fields, into: scratch, hint: nil, context: context)
    case .integer: return WholeDecimals.parse(fields, into: scratch, context: context)
    case .boolean:
      if parseAsTold(fields, scratch, kind: kind) { return nil }
      scratch.begin(rowCount: fields.rowCount)
      return BooleanSyntax().parse(fields, into: scratch, hint: nil, context: context)
    case .decimal(let scale):
      switch DecimalSyntax().parse(fields, scale: scale, isFixed: true, scratch, context) {
      case .done: return nil
      case .stopped(let row): return row
      case .needsScale: return 0
      }
    case .float: return FloatSyntax().parse(fields, into: scratch, hint: nil, context: context)
    case .date:
      if parseAsTold(fields, scratch, kind: kind) { return nil }
      scratch.begin(rowCount: fields.rowCount)
      return DateSyntax().parse(fields, into: scratch, hint: nil, context: context)
    case .time:
      if parseAsTold(fields, scratch, kind: kind) { return nil }
      scratch.begin(rowCount: fields.rowCount)
      return TimeSyntax().parse(fields, into: scratch, hint: kind, context: context)
        ?? finerRow(fields, kind, scratch)
    case .duration:
      return DurationSyntax().parse(fields, into: scratch, hint: kind, context: context)
        ?? finerRow(fields, kind, scratch)
    case .timestamp:
      if parseAsTold(fields, scratch, kind: kind) { return nil }
      scratch.begin(rowCount: fields.rowCount)
      return TimestampSyntax().parse(fields, into: scratch, hint: kind, context: context)
        ?? finerRow(fields, kind, scratch)
    case .ambiguousDate, .string: return 0
    }
  }

  /// The row for which times were read in a finer unit than they must have.
  private func finerRow(
    _ fields: FieldSlice, _ kind: FieldKind, _ scratch: ColumnScratch
  ) -> Int? {
    if scratch.report.valueCount == 0 || scratch.report.kind == kind { return nil }
    for row in 0..<fields.rowCount where !scratch.isNull(row) {
      let field = fields[row]
      if case .duration(let unit) = kind {
        let digits = DurationText(field)?.significantDigits ?? 0
        if digits > unit.fractionDigits { return row }
        continue
      }
      let clock = TimestampText(field)?.clock ?? ClockReader(field.start, count: field.count)
      switch kind {
      case .time(let unit), .timestamp(let unit):
        if let clock, clock.significantDigits > unit.fractionDigits { return row }
      default: break
      }
    }
    return 0
  }
}
