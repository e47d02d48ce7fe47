import Columnar

extension ExpressionChecker {
  func call(
    _ function: ColumnExpression.Function, _ arguments: [ColumnExpression],
    _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    if function == .choose { return try choice(arguments, expression) }
    let first = try checked(arguments[0])
    switch function {
    case .choose, .pow, .isNull, .coalesce, .concat:
      throw unsupported(function.rawValue, [first], expression)
    case .min, .max:
      return try extreme(
        function == .min ? .lesser : .greater, first, try checked(arguments[1]), expression)
    case .startsWith:
      let second = try checked(arguments[1])
      if case .null = second { return .truth(nullTruth) }
      guard let text = text(first), case .textConstant(let prefix) = second,
        let test = TextTest(.hasPrefix(String(decoding: prefix, as: UTF8.self)))
      else { throw unsupported("starts_with", [first, second], expression) }
      return .truth(asked(test, of: text))
    case .lower, .upper:
      guard let text = text(first) else {
        throw unsupported(function.rawValue, [first], expression)
      }
      return .text(text.cased(function == .lower ? .lower : .upper))
    case .length:
      guard let text = text(first) else { throw unsupported("length", [first], expression) }
      return .exact(text.length)
    case .round where arguments.count == 2:
      return try rounded(first, try checked(arguments[1]), expression)
    case .date: return try day(of: first, expression)
    case .year: return try part(.year, first, expression)
    case .quarter: return try part(.quarter, first, expression)
    case .month: return try part(.month, first, expression)
    case .day: return try part(.day, first, expression)
    case .dayOfYear: return try part(.dayOfYear, first, expression)
    case .weekday: return try part(.weekday, first, expression)
    case .hour: return try part(.hour, first, expression)
    case .minute: return try part(.minute, first, expression)
    case .second: return try part(.second, first, expression)
    case .abs, .floor, .ceil, .round, .sqrt, .exp, .log, .sin, .cos, .tan: break
    }
    if case .null = first {
      return [.abs, .floor, .ceil, .round].contains(function) ? .null : .float(.exact(nullExact))
    }
    if let value = exact(first), let changed = try changed(function, value, expression) {
      if function == .abs, case .temporal(_, let type) = first { return .temporal(changed, type) }
      return .exact(changed)
    }
    guard let operand = float(first) else {
      throw unsupported(function.rawValue, [first], expression)
    }
    let kinds: [ColumnExpression.Function: FloatNode.Function] = [
      .abs: .absolute, .sqrt: .squareRoot, .exp: .exp, .log: .log, .floor: .floor, .ceil: .ceil,
      .round: .round, .sin: .sin, .cos: .cos, .tan: .tan,
    ]
    return .float(.function(kinds[function]!, operand))
  }

  /// Functions of exact numbers whose answers are exact.
  private func changed(
    _ function: ColumnExpression.Function, _ value: Exact, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Exact? {
    if function == .abs {
      let zero = Exact(node: .constant(0), scale: value.scale, low: 0, high: 0)
      let negated = try combined(.subtract, zero, value, expression)
      return Exact(
        node: .changed(.absolute, value), scale: value.scale, low: 0,
        high: max(value.high, negated.high))
    }
    guard let unit = Int64(exactly: powerOfTen(min(value.scale, 19))) else { return nil }
    let change: ExactNode.Change
    switch function {
    case .floor: change = .floor(unit: unit)
    case .ceil: change = .ceiling(unit: unit)
    case .round: change = .nearest(unit: unit)
    default: return nil
    }
    if value.scale == 0 { return value }
    let (low, high) = (value.low / Int128(unit) - 1, value.high / Int128(unit) + 1)
    return Exact(node: .changed(change, value), scale: 0, low: low, high: high)
  }

  private func part(
    _ part: CalendarPart, _ value: Checked, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    if case .null = value { return .exact(nullExact) }
    guard case .temporal(let exact, let type) = value, exact.fits(Int64.self) else {
      throw unsupported("part of a date", [value], expression)
    }
    let unitsPerDay: Int64
    switch type {
    case .date where !part.isOfClock: unitsPerDay = 1
    case .timestamp(let unit, _): unitsPerDay = 86400 * unit.perSecond
    case .time(let unit) where part.isOfClock: unitsPerDay = 86400 * unit.perSecond
    default: throw unsupported("such part", [value], expression)
    }
    func year(_ value: Int128) -> Int128 {
      Int128(CalendarPart.year.of(Int64(value), unitsPerDay: unitsPerDay))
    }
    // Null rows hold zeros: 1970.
    let bounds = part.bounds ?? (min(1970, year(exact.low)), max(1970, year(exact.high)))
    return .exact(
      Exact(
        node: .changed(.part(part, unitsPerDay: unitsPerDay), exact), scale: 0, low: bounds.low,
        high: bounds.high))
  }

  /// The lesser or greater of both.
  private func extreme(
    _ operation: ExactNode.Operation, _ a: Checked, _ b: Checked, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    let (a, b) = try unified(a, b, expression)
    switch (a, b) {
    case (.null, .null): return .null
    case (.exact(let x), .exact(let y)):
      let (x, y) = try aligned(x, y, expression)
      return .exact(try combined(operation, x, y, expression))
    case (.temporal(let x, let type), .temporal(let y, let other))
    where type.isUnifiable(with: other):
      let (x, y) = try aligned(x, y, expression)
      return temporal(try combined(operation, x, y, expression), like: type)
    default: break
    }
    guard let x = float(a), let y = float(b) else {
      throw unsupported(operation == .lesser ? "min" : "max", [a, b], expression)
    }
    return .float(.binary(operation == .lesser ? .lesser : .greater, x, y))
  }

  private func choice(
    _ arguments: [ColumnExpression], _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    // As in SQL's case, what is not true is not chosen, null or false.
    let condition = TruthNode.isTrue(try truth(arguments[0]))
    let (a, b) = try unified(
      try checked(arguments[1]), try checked(arguments[2]), expression)
    switch (a, b) {
    case (.null, .null): return .null
    case (.exact(let x), .exact(let y)):
      let (x, y) = try aligned(x, y, expression)
      return .exact(chosen(condition, x, y))
    case (.temporal(let x, let type), .temporal(let y, let other))
    where type.isUnifiable(with: other):
      let (x, y) = try aligned(x, y, expression)
      return temporal(chosen(condition, x, y), like: type)
    case (.truth(let x), .truth(let y)):
      return .truth(.or(.and(condition, x), .and(.not(condition), y)))
    case (.text, _), (.textConstant, _):
      guard let x = text(a), let y = text(b) else { break }
      return .text(try choice(condition, x, y, expression))
    default: break
    }
    guard let x = float(a), let y = float(b) else {
      throw ExpressionError(
        .unsupportedType,
        "\(a.kind) and \(b.kind) are not of one kind, of which a result can be; cast one of them",
        at: expression.place)
    }
    return .float(.choice(condition, x, y))
  }

  /// One of two numbers in the same unit.
  func chosen(_ condition: TruthNode, _ a: Exact, _ b: Exact) -> Exact {
    Exact(
      node: .choice(condition, a, b), scale: a.scale, low: min(a.low, b.low),
      high: max(a.high, b.high))
  }
}
