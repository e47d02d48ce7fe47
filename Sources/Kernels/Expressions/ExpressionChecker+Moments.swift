import Columnar

/// Sums and differences of dates, times, timestamps and spans of time.
///
/// Their numbers have the digits of their unit for a scale, so the finer unit of two is found as it is for decimals.
extension ExpressionChecker {
  /// What `+`, `-` and `*` make of moments and spans; `nil` where no side is one, or a span stands for its
  /// seconds beside a number.
  func moment(
    _ operation: ColumnExpression.Arithmetic, _ a: Checked, _ b: Checked,
    _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked? {
    switch (a, b) {
    case (.temporal, _), (_, .temporal): break
    default: return nil
    }
    if operation == .multiply { return try multiple(a, b, expression) }
    guard operation == .add || operation == .subtract else { return nil }
    let kind: ExactNode.Operation = operation == .add ? .add : .subtract
    if let days = try shifted(kind, a, b, expression) { return days }
    let (a, b) = try read(operation, a, b, expression)
    guard case .temporal(let first, let type) = a, case .temporal(let second, let other) = b else {
      if exact(a) != nil || exact(b) != nil || float(a) != nil || float(b) != nil {
        if exact(a) != nil || float(a) != nil, exact(b) != nil || float(b) != nil { return nil }
        let isOfDates = type(of: a) == .date || type(of: b) == .date
        throw refused(
          operation, a, b, expression, remedy: isOfDates ? Self.addDays : Self.writeSpan)
      }
      throw unsupported("'\(operation.rawValue)'", [a, b], expression)
    }
    let (x, y) = try aligned(first, second, expression)
    switch (type, other, operation) {
    case (.date, .date, .subtract): return .exact(try combined(.subtract, x, y, expression))
    case (.time, .time, .subtract):
      return span(try combined(.subtract, x, y, expression))
    case (.timestamp, .timestamp, .subtract) where type.isComparable(to: other):
      return span(try combined(.subtract, x, y, expression))
    case (.duration, .duration, _): return span(try combined(kind, x, y, expression))
    case (.timestamp, .duration, _):
      return temporal(try combined(kind, x, y, expression), like: type)
    case (.duration, .timestamp, .add):
      return temporal(try combined(kind, x, y, expression), like: other)
    case (.time, .duration, _), (.duration, .time, .add):
      // A clock begins again at midnight.
      let day = Exact(
        of: 86_400 * powerOfTen(x.scale), .duration(unit: .init(fractionDigits: x.scale)))
      let sum = try combined(kind, x, y, expression)
      return temporal(
        try combined(.remainder, sum, day, expression), like: .time(unit: .second))
    case (.date, .duration, _), (.duration, .date, .add):
      throw refused(operation, a, b, expression, remedy: Self.addDays)
    default: throw unsupported("'\(operation.rawValue)'", [a, b], expression)
    }
  }

  private static let writeSpan = "write a span of time as hours, minutes and seconds: '00:00:05'"

  private static let addDays = "add whole days, or cast the date to timestamp(s) first"

  private func type(of value: Checked) -> LogicalType? {
    if case .temporal(_, let type) = value { type } else { nil }
  }

  private func refused(
    _ operation: ColumnExpression.Arithmetic, _ a: Checked, _ b: Checked,
    _ expression: ColumnExpression, remedy: String
  ) -> ExpressionError {
    ExpressionError(
      .unsupportedType,
      "there is no '\(operation.rawValue)' of \(a.kind) and \(b.kind); \(remedy)",
      at: expression.place)
  }

  /// A span so many times.
  private func multiple(
    _ a: Checked, _ b: Checked, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked? {
    switch (a, b) {
    case (.temporal(let x, .duration), .exact(let times)) where times.scale == 0,
      (.exact(let times), .temporal(let x, .duration)) where times.scale == 0:
      return span(try combined(.multiply, x, times, expression))
    case (.temporal(let x, .duration), .null), (.null, .temporal(let x, .duration)):
      return span(try combined(.multiply, x, nullExact, expression))
    default: return nil
    }
  }

  /// A date so many days later or earlier; `nil` where this is not asked.
  private func shifted(
    _ operation: ExactNode.Operation, _ a: Checked, _ b: Checked, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked? {
    func days(_ value: Checked) -> Exact? {
      if case .null = value { return nullExact }
      guard case .exact(let exact) = value, exact.scale == 0 else { return nil }
      return exact
    }
    if operation == .add, case .temporal(let date, .date) = b, let days = days(a) {
      return .temporal(try combined(.add, date, days, expression), .date)
    }
    guard case .temporal(let date, .date) = a, let days = days(b) else { return nil }
    return .temporal(try combined(operation, date, days, expression), .date)
  }

  /// Both sides with texts and nulls read as what the other side asks for: added to a moment they are
  /// spans, subtracted from one they are moments, if they can be.
  private func read(
    _ operation: ColumnExpression.Arithmetic, _ a: Checked, _ b: Checked,
    _ expression: ColumnExpression
  ) throws(ExpressionError) -> (Checked, Checked) {
    switch (a, b) {
    case (.temporal(_, let type), .null):
      return (a, null(of: type.isMoment ? .duration(unit: .second) : type))
    case (.null, .temporal(_, let type)):
      return (null(of: operation == .add && type.isMoment ? .duration(unit: .second) : type), b)
    case (.temporal(_, let type), .textConstant(let text)):
      return (a, try read(text, operation, beside: type, expression))
    case (.textConstant(let text), .temporal(_, let type)):
      let first: LogicalType =
        operation == .add || !type.isDuration ? type : .timestamp(unit: .second, zone: nil)
      if operation == .add { return (try read(text, .add, beside: type, expression), b) }
      if let moment = written(text, first) { return (temporal(moment, like: first), b) }
      return (temporal(try constant(text, type, expression), like: type), b)
    default: return try unified(a, b, expression)
    }
  }

  private func read(
    _ text: [UInt8], _ operation: ColumnExpression.Arithmetic, beside type: LogicalType,
    _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    let span = LogicalType.duration(unit: .second)
    let instant = LogicalType.timestamp(unit: .second, zone: nil)
    let kinds: [LogicalType]
    switch (type, operation) {
    case (.timestamp, .add), (.time, .add): kinds = [span]
    case (.timestamp, _): kinds = [type, span]
    case (.duration, .add): kinds = [span, instant]
    default: kinds = [type]
    }
    for kind in kinds {
      if let value = written(text, kind) { return temporal(value, like: kind) }
    }
    return temporal(try constant(text, kinds[0], expression), like: kinds[0])
  }

  private func span(_ value: Exact) -> Checked { temporal(value, like: .duration(unit: .second)) }

  /// Of that kind, in the unit that the number's scale says.
  func temporal(_ value: Exact, like type: LogicalType) -> Checked {
    let unit = TimeUnit(fractionDigits: value.scale)
    switch type {
    case .time: return .temporal(value, .time(unit: unit))
    case .duration: return .temporal(value, .duration(unit: unit))
    case .timestamp(_, let zone): return .temporal(value, .timestamp(unit: unit, zone: zone))
    default: return .temporal(value, type)
    }
  }

  /// Days as the timestamps of their midnights, where these do not depend on a place.
  func midnight(
    of days: Exact, _ zone: String?, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked? {
    guard zone == nil || zone == "UTC" else { return nil }
    return .temporal(
      try combined(.multiply, days, Exact(of: 86_400), expression),
      .timestamp(unit: .second, zone: zone))
  }
}

extension LogicalType {
  var isDuration: Bool { if case .duration = self { true } else { false } }

  /// Times of day and timestamps.
  fileprivate var isMoment: Bool {
    switch self {
    case .time, .timestamp: true
    default: false
    }
  }

  /// How many digits of a second's fraction the unit tells; 0 for types without one.
  var fractionDigits: Int { unit?.fractionDigits ?? 0 }

  /// Whether moments or spans of both types are told apart by their numbers, brought to one unit.
  func isComparable(to other: LogicalType) -> Bool {
    switch (self, other) {
    case (.date, .date), (.time, .time), (.duration, .duration): true
    // A reading of a clock without a zone is no instant.
    case (.timestamp(_, let zone), .timestamp(_, let another)): (zone == nil) == (another == nil)
    default: false
    }
  }

  /// Whether values of both can stand in one column.
  func isUnifiable(with other: LogicalType) -> Bool {
    isComparable(to: other) && zone == other.zone
  }
}
