import Columnar

/// Two sides of one operation: a null takes the type of the other side, a text beside a date is one.
extension ExpressionChecker {
  /// Both sides as values that go together, where they do.
  func unified(
    _ a: Checked, _ b: Checked, _ expression: ColumnExpression
  ) throws(ExpressionError) -> (Checked, Checked) {
    switch (a, b) {
    case (.null, .null): return (a, b)
    case (.null, _): return (null(like: b), b)
    case (_, .null): return (a, null(like: a))
    case (.temporal(_, let type), .textConstant(let text)):
      return (a, .temporal(try constant(text, type, expression), type))
    case (.textConstant(let text), .temporal(_, let type)):
      return (.temporal(try constant(text, type, expression), type), b)
    default: return (a, b)
    }
  }

  // MARK: - Nulls

  private var nullRows: ColumnRows {
    ColumnRows(.nulls("null", .integer, count: frame.rowCount))
  }

  /// A whole number that no row has.
  var nullExact: Exact { Exact(node: .column(nullRows), scale: 0, low: 0, high: 0) }

  /// A condition that is known for no row.
  var nullTruth: TruthNode { .test(RowTest(noneOf: nullRows)) }

  /// A text that no row has.
  var nullText: TextNode { .coded(nullExact, [[]]) }

  private func null(like value: Checked) -> Checked {
    switch value {
    case .exact: .exact(nullExact)
    case .float: .float(.exact(nullExact))
    case .temporal(_, let type): .temporal(nullExact, type)
    case .truth: .truth(nullTruth)
    case .text, .textConstant: .text(nullText)
    case .null: .null
    }
  }

  /// Nulls of a type.
  func null(of type: LogicalType) -> Checked {
    switch type {
    case .null: .null
    case .float: .float(.exact(nullExact))
    case .boolean: .truth(nullTruth)
    case .string, .uuid, .ipv4: .text(nullText)
    case .integer, .decimal, .duration:
      .exact(
        Exact(
          node: nullExact.node, scale: type.scale ?? type.unit?.fractionDigits ?? 0, low: 0,
          high: 0))
    case .date, .time, .timestamp: .temporal(nullExact, type)
    }
  }

  // MARK: - Dates that are written

  private func constant(
    _ text: [UInt8], _ type: LogicalType, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Exact {
    guard let value = units(text, type) else {
      throw ExpressionError(
        .unsupportedType,
        "'\(String(decoding: text, as: UTF8.self))' is no \(type); write it as ISO 8601",
        at: expression.place)
    }
    return Exact(of: value)
  }

  /// A date or time as it is written, in the column's units; `nil` where they cannot tell it.
  private func units(_ text: [UInt8], _ type: LogicalType) -> Int128? {
    guard let (day, nanoseconds) = CalendarPart.parse(text) else { return nil }
    switch type {
    case .date: return nanoseconds == nil ? day.map { Int128($0) } : nil
    case .time(let unit):
      guard day == nil, let nanoseconds else { return nil }
      let (units, rest) = nanoseconds.quotientAndRemainder(
        dividingBy: 1_000_000_000 / unit.perSecond)
      return rest == 0 ? Int128(units) : nil
    case .timestamp(let unit, _):
      guard let day else { return nil }
      let (units, rest) = (nanoseconds ?? 0)
        .quotientAndRemainder(dividingBy: 1_000_000_000 / unit.perSecond)
      return rest == 0 ? Int128(day) * 86400 * Int128(unit.perSecond) + Int128(units) : nil
    default: return nil
    }
  }
}
