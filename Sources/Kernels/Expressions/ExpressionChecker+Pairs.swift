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
    // A constant with a zone is a Date of Foundation, which goes with readings of a clock, too.
    case (.temporal(let instant, .timestamp(let unit, zone: "UTC")), .temporal(_, let type))
    where instant.constant != nil && type.zone == nil:
      return try unified(.temporal(instant, .timestamp(unit: unit, zone: nil)), b, expression)
    case (.temporal(_, let type), .temporal(let instant, .timestamp(let unit, zone: "UTC")))
    where instant.constant != nil && type.zone == nil:
      return try unified(a, .temporal(instant, .timestamp(unit: unit, zone: nil)), expression)
    case (.temporal(let days, .date), .temporal(_, .timestamp(_, let zone))):
      return (try midnight(of: days, zone, expression) ?? a, b)
    case (.temporal(_, .timestamp(_, let zone)), .temporal(let days, .date)):
      return (a, try midnight(of: days, zone, expression) ?? b)
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
    case .temporal(_, let type): .temporal(nullExact(of: type), type)
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
    case .integer, .decimal:
      .exact(Exact(node: nullExact.node, scale: type.scale ?? 0, low: 0, high: 0))
    case .date, .time, .duration, .timestamp: .temporal(nullExact(of: type), type)
    }
  }

  private func nullExact(of type: LogicalType) -> Exact {
    Exact(node: nullExact.node, scale: type.fractionDigits, low: 0, high: 0)
  }

  // MARK: - Dates that are written

  func constant(
    _ text: [UInt8], _ type: LogicalType, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Exact {
    guard let value = written(text, type) else {
      let wanted = type.isDuration ? "hours, minutes and seconds, 36:15:00" : "ISO 8601"
      throw ExpressionError(
        .unsupportedType,
        "'\(String(decoding: text, as: UTF8.self))' is no \(type.name); write it as \(wanted)",
        at: expression.place)
    }
    return value
  }

  /// A date or time as it is written, in the coarsest unit that tells it; `nil` where the text is none.
  func written(_ text: [UInt8], _ type: LogicalType) -> Exact? {
    guard let value = CalendarPart.written(text, as: type) else { return nil }
    return type == .date ? Exact(of: value) : Exact(nanoseconds: value)
  }
}

extension Exact {
  /// Nanoseconds in the coarsest unit that tells them.
  init(nanoseconds: Int128) {
    let unit = TimeUnit.allCases.first { nanoseconds % (1_000_000_000 / Int128($0.perSecond)) == 0 }
    let digits = (unit ?? .nanosecond).fractionDigits
    let value = nanoseconds / powerOfTen(9 - digits)
    self.init(node: .constant(value), scale: digits, low: value, high: value)
  }

  /// Units of a type of dates or times.
  init(of units: Int128, _ type: LogicalType) {
    self.init(node: .constant(units), scale: type.fractionDigits, low: units, high: units)
  }
}
