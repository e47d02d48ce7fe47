import Columnar

extension ExpressionChecker {
  func arithmetic(
    _ operation: ColumnExpression.Arithmetic, _ a: Checked, _ b: Checked,
    _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    if case .temporal(let x, let first) = a, case .temporal(let y, let second) = b,
      operation == .subtract, first == second
    {
      return .exact(try combined(.subtract, x, y, expression))
    }
    if case .exact(let x) = a, case .exact(let y) = b {
      switch operation {
      case .add, .subtract, .remainder:
        let kind: ExactNode.Operation =
          operation == .add ? .add : operation == .subtract ? .subtract : .remainder
        let (x, y) = try aligned(x, y, expression)
        return .exact(try combined(kind, x, y, expression))
      case .multiply: return .exact(try combined(.multiply, x, y, expression))
      case .power:
        if let exponent = y.constant, y.scale == 0, (0...64).contains(exponent) {
          return .exact(try power(x, Int(exponent), expression))
        }
      case .divide: break
      }
    }
    guard let x = float(a), let y = float(b) else {
      throw unsupported("'\(operation.rawValue)'", [a, b], expression)
    }
    switch operation {
    case .add: return .float(.binary(.add, x, y))
    case .subtract: return .float(.binary(.subtract, x, y))
    case .multiply: return .float(.binary(.multiply, x, y))
    case .divide: return .float(.binary(.divide, x, y))
    case .remainder: return .float(.binary(.remainder, x, y))
    case .power:
      if case .exact(let exponent) = b, exponent.scale == 0, exponent.constant == 2 {
        return .float(.function(.square, x))
      }
      return .float(.binary(.power, x, y))
    }
  }

  /// As binary64, where it is a number.
  func float(_ value: Checked) -> FloatNode? {
    switch value {
    case .float(let node): return node
    case .exact(let exact):
      if let constant = exact.constant {
        return .constant(Double(constant) / Double(powerOfTen(exact.scale)))
      }
      return .exact(exact)
    case .temporal, .truth, .text, .textConstant: return nil
    }
  }

  /// Both in the finer of their units.
  func aligned(
    _ a: Exact, _ b: Exact, _ expression: ColumnExpression
  ) throws(ExpressionError) -> (Exact, Exact) {
    (try scaled(a, b.scale, expression), try scaled(b, a.scale, expression))
  }

  private func scaled(
    _ value: Exact, _ scale: Int, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Exact {
    if scale <= value.scale { return value }
    let factor = powerOfTen(scale - value.scale)
    let constant = Exact(
      node: .constant(factor), scale: scale - value.scale, low: factor, high: factor)
    return try combined(.multiply, value, constant, expression)
  }

  /// The operation with the bounds of its results; constants are computed at once.
  func combined(
    _ operation: ExactNode.Operation, _ a: Exact, _ b: Exact, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Exact {
    var ends: [(partialValue: Int128, overflow: Bool)]
    var scale = max(a.scale, b.scale)
    switch operation {
    case .add:
      ends = [a.low.addingReportingOverflow(b.low), a.high.addingReportingOverflow(b.high)]
    case .subtract:
      ends = [
        a.low.subtractingReportingOverflow(b.high), a.high.subtractingReportingOverflow(b.low),
      ]
    case .multiply:
      scale = a.scale + b.scale
      ends = [a.low, a.high].flatMap { x in
        [b.low, b.high].map { x.multipliedReportingOverflow(by: $0) }
      }
    case .remainder: ends = [(min(0, b.low), false), (max(0, b.high), false)]
    case .lesser: ends = [(min(a.low, b.low), false), (min(a.high, b.high), false)]
    case .greater: ends = [(max(a.low, b.low), false), (max(a.high, b.high), false)]
    }
    guard ends.allSatisfy({ !$0.overflow }), scale <= 36 else {
      throw ExpressionError(
        .overflow,
        "results could exceed 128 bits; multiply by 1e0 first to compute with floats",
        at: expression.place)
    }
    let (low, high) = (ends.map(\.partialValue).min()!, ends.map(\.partialValue).max()!)
    if a.constant != nil, b.constant != nil, low == high {
      return Exact(node: .constant(low), scale: scale, low: low, high: high)
    }
    return Exact(node: .binary(operation, a, b), scale: scale, low: low, high: high)
  }

  private func power(
    _ base: Exact, _ exponent: Int, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Exact {
    if exponent == 0 { return Exact(node: .constant(1), scale: 0, low: 1, high: 1) }
    if exponent == 1 { return base }
    let half = try power(base, exponent / 2, expression)
    var square = try combined(.multiply, half, half, expression)
    // What is squared is computed once.
    if square.constant == nil {
      square = Exact(
        node: .square(half), scale: square.scale, low: square.low, high: square.high)
    }
    return exponent % 2 == 0 ? square : try combined(.multiply, square, base, expression)
  }

  func call(
    _ function: ColumnExpression.Function, _ arguments: [ColumnExpression],
    _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    if function == .choose { return try choice(arguments, expression) }
    let first = try checked(arguments[0])
    switch function {
    case .choose, .pow, .isNull, .coalesce:
      throw unsupported(function.rawValue, [first], expression)
    case .min, .max:
      let second = try checked(arguments[1])
      if case .exact(let x) = first, case .exact(let y) = second {
        let (x, y) = try aligned(x, y, expression)
        return .exact(try combined(function == .min ? .lesser : .greater, x, y, expression))
      }
      guard let x = float(first), let y = float(second) else {
        throw unsupported(function.rawValue, [first, second], expression)
      }
      return .float(.binary(function == .min ? .lesser : .greater, x, y))
    case .startsWith:
      guard case .text(let rows) = first,
        case .textConstant(let prefix) = try checked(arguments[1])
      else { throw unsupported("starts_with", [first], expression) }
      return .truth(
        try test(.hasPrefix(String(decoding: prefix, as: UTF8.self)), rows, expression))
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
    if case .exact(let value) = first, let changed = try changed(function, value, expression) {
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

  private func choice(
    _ arguments: [ColumnExpression], _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    let condition = try truth(arguments[0])
    let (a, b) = (try checked(arguments[1]), try checked(arguments[2]))
    if case .exact(let x) = a, case .exact(let y) = b {
      let (x, y) = try aligned(x, y, expression)
      return .exact(
        Exact(
          node: .choice(condition, x, y), scale: x.scale, low: min(x.low, y.low),
          high: max(x.high, y.high)))
    }
    if case .truth(let x) = a, case .truth(let y) = b {
      return .truth(.or(.and(condition, x), .and(.not(condition), y)))
    }
    guard let x = float(a), let y = float(b) else {
      throw unsupported("where", [a, b], expression)
    }
    return .float(.choice(condition, x, y))
  }
}
