import Columnar

extension ExpressionChecker {
  func arithmetic(
    _ operation: ColumnExpression.Arithmetic, _ a: Checked, _ b: Checked,
    _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    if let moment = try moment(operation, a, b, expression) { return moment }
    let (a, b) = try unified(a, b, expression)
    switch (a, b) {
    case (.null, .null): return .null
    case (.text, _), (.textConstant, _):
      guard operation == .add, let x = text(a), let y = text(b) else { break }
      return .text(try joined(x, y, expression))
    default: break
    }
    if let x = exact(a), let y = exact(b) {
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

  /// As a number that is exact: of a span of time its seconds.
  func exact(_ value: Checked) -> Exact? {
    switch value {
    case .exact(let exact), .temporal(let exact, .duration): exact
    case .temporal, .float, .truth, .text, .textConstant, .null: nil
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
    case .temporal(let span, .duration): return float(.exact(span))
    case .temporal, .truth, .text, .textConstant, .null: return nil
    }
  }

  /// Both in the finer of their units.
  func aligned(
    _ a: Exact, _ b: Exact, _ expression: ColumnExpression
  ) throws(ExpressionError) -> (Exact, Exact) {
    (try scaled(a, b.scale, expression), try scaled(b, a.scale, expression))
  }

  func scaled(
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
    let one = Exact(node: .constant(1), scale: 0, low: 1, high: 1)
    if exponent == 0, base.constant != nil { return one }
    if exponent == 0 {
      // What has no value has no power.
      let zero = Exact(node: .constant(0), scale: 0, low: 0, high: 0)
      let nothing = Exact(node: .binary(.multiply, base, zero), scale: 0, low: 0, high: 0)
      return try combined(.add, nothing, one, expression)
    }
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
}
