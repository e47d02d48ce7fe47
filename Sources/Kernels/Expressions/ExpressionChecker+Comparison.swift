import Columnar

extension ExpressionChecker {
  func comparison(
    _ comparing: ColumnExpression.Comparing, _ a: Checked, _ b: Checked,
    _ expression: ColumnExpression
  ) throws(ExpressionError) -> TruthNode {
    switch (a, b) {
    case (.text(let rows), .textConstant(let bytes)):
      return try test(condition(comparing, .text(bytes)), rows, expression)
    case (.text(let a), .text(let b)) where comparing == .equal:
      return .sameText(TextEquality(a, b))
    case (.text(let a), .text(let b)) where comparing == .notEqual:
      return .not(.sameText(TextEquality(a, b)))
    case (.textConstant, .text): return try comparison(comparing.mirrored, b, a, expression)
    case (.temporal(let exact, let type), .textConstant(let bytes)):
      guard let value = units(bytes, type) else {
        throw ExpressionError(
          .unsupportedType,
          "'\(String(decoding: bytes, as: UTF8.self))' is no \(type); write it as ISO 8601",
          at: expression.place)
      }
      let constant = Exact(node: .constant(value), scale: 0, low: value, high: value)
      return try compared(comparing, exact, constant, expression)
    case (.textConstant, .temporal): return try comparison(comparing.mirrored, b, a, expression)
    case (.temporal(let x, let first), .temporal(let y, let second)) where first == second:
      return try compared(comparing, x, y, expression)
    case (.exact(let x), .exact(let y)): return try compared(comparing, x, y, expression)
    case (.truth(let x), .truth(let y)) where comparing == .equal || comparing == .notEqual:
      let same = TruthNode.or(.and(x, y), .and(.not(x), .not(y)))
      return comparing == .equal ? same : .not(same)
    default: break
    }
    guard let x = float(a), let y = float(b) else {
      throw unsupported("'\(comparing.rawValue)'", [a, b], expression)
    }
    if case .column(let rows) = x, case .constant(let value) = y {
      return try test(condition(comparing, .float(value)), rows, expression)
    }
    if case .constant(let value) = x, case .column(let rows) = y {
      return try test(condition(comparing.mirrored, .float(value)), rows, expression)
    }
    switch comparing {
    case .equal: return .float(.equal, x, y)
    case .notEqual: return .not(.float(.equal, x, y))
    case .less: return .float(.less, x, y)
    case .atMost: return .float(.atMost, x, y)
    case .greater: return .float(.less, y, x)
    case .atLeast: return .float(.atMost, y, x)
    }
  }

  private func condition(_ comparing: ColumnExpression.Comparing, _ value: Scalar) -> Condition {
    switch comparing {
    case .equal: .equal(to: value)
    case .notEqual: .notEqual(to: value)
    case .less: .less(than: value)
    case .atMost: .atMost(value)
    case .greater: .greater(than: value)
    case .atLeast: .atLeast(value)
    }
  }

  /// A column beside a constant is compared as it is stored.
  private func compared(
    _ comparing: ColumnExpression.Comparing, _ a: Exact, _ b: Exact, _ expression: ColumnExpression
  ) throws(ExpressionError) -> TruthNode {
    if let rows = a.column, let value = b.constant,
      let constant = rescaled(value, b.scale, to: a.scale)
    {
      return try test(
        condition(comparing, Scalar(.integer(constant), of: rows.type)), rows, expression)
    }
    if a.constant != nil, b.column != nil {
      return try compared(comparing.mirrored, b, a, expression)
    }
    let (x, y) = try aligned(a, b, expression)
    switch comparing {
    case .equal: return .exact(.equal, x, y)
    case .notEqual: return .not(.exact(.equal, x, y))
    case .less: return .exact(.less, x, y)
    case .atMost: return .exact(.atMost, x, y)
    case .greater: return .exact(.less, y, x)
    case .atLeast: return .exact(.atMost, y, x)
    }
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
