import Columnar

/// Days, times and instants in a format that the user, or the evidence of the whole column, named.
struct FormattedDates {
  let context: TypingContext
  /// Whether some values, and not all, were in a format of the user's.
  private(set) var fitInPart = false

  init(context: TypingContext) { self.context = context }

  /// Reads every field in the first of the user's formats that fits them all; false where none
  /// does. The report names the formats that fit, for the whole column takes one.
  ///
  /// - Parameter settled: The one that the whole column settled, if it did.
  mutating func parseAsTold(
    _ fields: FieldSlice, in settled: DateFormat? = nil, into scratch: ColumnScratch,
    kind: FieldKind? = nil
  ) -> Bool {
    var fitting: UInt64 = 0
    for (index, format) in context.dateFormats.enumerated().reversed()
    where kind.map({ $0.meaning == format.meaning }) ?? true {
      scratch.begin(rowCount: fields.rowCount)
      if let row = parse(fields, format: format, unit: kind?.unit, into: scratch) {
        fitInPart =
          fitInPart || row > scratch.report.nullCount || fits(fields, behind: row, format)
      } else {
        fitting |= 1 << UInt64(index)
      }
    }
    var first = fitting.trailingZeroBitCount
    if let settled { first = context.dateFormats.firstIndex(of: settled) ?? 64 }
    guard first < 64, fitting >> UInt64(first) & 1 == 1 else { return false }
    if first > 0 {
      scratch.begin(rowCount: fields.rowCount)
      _ = parse(fields, format: context.dateFormats[first], unit: kind?.unit, into: scratch)
    }
    scratch.report.style = first + 1
    scratch.report.fittingFormats = fitting
    return true
  }

  /// How many fields behind one that is not so written are looked at.
  private static let lookahead = 64

  /// Whether some field soon behind `row` is written in this format.
  private func fits(_ fields: FieldSlice, behind row: Int, _ format: DateFormat) -> Bool {
    (row..<min(fields.rowCount, row + Self.lookahead)).contains { format.read(fields[$0]) != nil }
  }

  /// Reads every field in one format.
  ///
  /// - Parameter fixed: The unit that times must have; `nil` for the coarsest that tells them all.
  /// - Returns: The first row that is not so written.
  func parse(
    _ fields: FieldSlice, format: DateFormat, unit fixed: TimeUnit?, into scratch: ColumnScratch
  ) -> Int? {
    var unit = fixed ?? .second
    var minimum = Int64.max
    var maximum = Int64.min
    var row = 0
    while row < fields.rowCount {
      let field = fields[row]
      if context.nulls.spellNumbers, let word = context.nulls.userIndex(of: field) {
        scratch.setNull(row, word: word)
      } else if let moment = format.read(field) {
        if moment.significantDigits > unit.fractionDigits {
          if fixed != nil { return row }
          unit = TimeUnit(fractionDigits: moment.significantDigits)
          scratch.begin(rowCount: fields.rowCount)
          (row, minimum, maximum) = (0, .max, .min)
          continue
        }
        guard let value = moment.value(in: unit, format.meaning) else { return row }
        scratch.values[row] = value
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        if !moment.isPadded || !format.isPlain { scratch.report.facts.insert(.nonCanonical) }
      } else if let word = context.nulls.index(of: field) {
        scratch.setNull(row, word: word)
      } else {
        return row
      }
      row += 1
    }
    if scratch.report.valueCount > 0 {
      switch format.meaning {
      case .date: scratch.report.kind = .date
      case .time: scratch.report.kind = .time(unit)
      case .timestamp:
        scratch.report.kind = .timestamp(unit)
        scratch.report.facts.insert(format.isZoned ? .zoned : .unzoned)
      }
    } else {
      scratch.report.kind = .null
    }
    scratch.report.minimum = minimum
    scratch.report.maximum = maximum
    scratch.report.style = 1
    scratch.report.isFormatted = true
    return nil
  }
}

extension FieldKind {
  /// What a format of such values says; `nil` for kinds that have none.
  fileprivate var meaning: DateFormat.Meaning? {
    switch self {
    case .date: .date
    case .time: .time
    case .timestamp: .timestamp
    default: nil
    }
  }
}
