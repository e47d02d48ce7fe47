import Columnar

extension ExpressionChecker {
  func comparison(
    _ comparing: ColumnExpression.Comparing, _ a: Checked, _ b: Checked,
    _ expression: ColumnExpression
  ) throws(ExpressionError) -> TruthNode {
    if case .null = a { return nullTruth }
    if case .null = b { return nullTruth }
    let (a, b) = try unified(a, b, expression)
    switch (a, b) {
    case (.text(let node), .textConstant(let bytes)):
      let condition = condition(comparing, .text(bytes))
      if case .column(let column) = node {
        return try test(condition, ColumnRows(column), expression)
      }
      guard let test = TextTest(condition) else { break }
      let node = asked(test, of: node)
      return comparing == .notEqual ? .not(node) : node
    case (.textConstant, .text): return try comparison(comparing.mirrored, b, a, expression)
    case (.text(let x), .text(let y)): return compared(comparing, x, y)
    case (.textConstant(let x), .textConstant(let y)):
      return compared(comparing, .constant(x), .constant(y))
    case (.temporal(let x, let first), .temporal(let y, let second))
    where first.isComparable(to: second):
      return try compared(comparing, x, y, expression)
    case (.truth(let x), .truth(let y)) where comparing == .equal || comparing == .notEqual:
      let same = TruthNode.or(.and(x, y), .and(.not(x), .not(y)))
      return comparing == .equal ? same : .not(same)
    default: break
    }
    if let x = exact(a), let y = exact(b) { return try compared(comparing, x, y, expression) }
    guard let x = float(a), let y = float(b) else {
      throw unsupported("'\(comparing.rawValue)'", [a, b], expression, remedy: Self.remedy(a, b))
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

  func condition(_ comparing: ColumnExpression.Comparing, _ value: Scalar) -> Condition {
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
    if let rows = a.column, let value = b.constant, b.scale > a.scale, rows.type.isNumeric {
      // It may lie between two values of the column.
      let constant = Scalar.decimal(unscaled: value, scale: b.scale)
      return try test(condition(comparing, constant), rows, expression)
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

  /// How values that are not of one kind are written so that they are.
  private static func remedy(_ a: Checked, _ b: Checked) -> String? {
    switch (a, b) {
    case (.textConstant, .exact), (.exact, .textConstant), (.textConstant, .float),
      (.float, .textConstant):
      "a number stands without quotes; a column of codes is text where it is read as type string"
    case (.text, .exact), (.exact, .text), (.text, .float), (.float, .text):
      "a text stands in quotes; cast one of them where both are columns"
    case (.temporal(_, .date), .exact), (.exact, .temporal(_, .date)):
      "a date is written as '2025-01-31'"
    default: nil
    }
  }
}
