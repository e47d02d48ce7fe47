import Columnar

/// Finds the columns of an expression and settles its types, before anything runs.
struct ExpressionChecker {
  let frame: DataFrame

  func checked(_ expression: ColumnExpression) throws(ExpressionError) -> Checked {
    guard expression.depth <= ColumnExpression.depthLimit else {
      throw ExpressionError(.syntax, ColumnExpression.tooDeep, at: expression.place)
    }
    switch expression.node {
    case .column(let name): return try column(name, expression)
    case .number(let digits, let scale):
      return .exact(Exact(node: .constant(digits), scale: scale, low: digits, high: digits))
    case .float(let value), .longNumber(_, _, let value): return .float(.constant(value))
    case .text(let bytes): return .textConstant(bytes)
    case .moment(let units, let type): return temporal(Exact(of: units, type), like: type)
    case .null: return .null
    case .truth(let value): return .truth(.constant(value))
    case .negated(let operand):
      switch try checked(operand) {
      case .null: return .null
      case .exact(let value):
        let zero = Exact(node: .constant(0), scale: value.scale, low: 0, high: 0)
        return .exact(try combined(.subtract, zero, value, expression))
      case .temporal(let span, let type) where type.isDuration:
        let zero = Exact(node: .constant(0), scale: span.scale, low: 0, high: 0)
        return temporal(try combined(.subtract, zero, span, expression), like: type)
      case .float(let value):
        if case .constant(let number) = value { return .float(.constant(-number)) }
        return .float(.binary(.multiply, .constant(-1), value))
      case let other: throw unsupported("-", [other], expression)
      }
    case .arithmetic(let operation, let a, let b):
      return try arithmetic(operation, try checked(a), try checked(b), expression)
    case .comparison(let comparing, let a, let b):
      let (x, y) = (try checked(a), try checked(b))
      return .truth(
        try comparison(
          comparing, literal(a, besides: y) ?? x, literal(b, besides: x) ?? y, expression))
    case .and(let a, let b): return .truth(.and(try truth(a), try truth(b)))
    case .or(let a, let b): return .truth(.or(try truth(a), try truth(b)))
    case .not(let operand): return .truth(.not(try truth(operand)))
    case .isTrue(let operand): return .truth(.isTrue(try truth(operand)))
    case .like(let operand, let pattern, let escape):
      return .truth(try like(try checked(operand), pattern, escape, expression))
    case .cast(let operand, let type):
      let value = try checked(operand)
      if case .column(let name) = operand.node {
        return try cast(value, of: frame[name], to: type, expression)
      }
      return try cast(value, of: nil, to: type, expression)
    case .isNull(let operand): return .truth(isNull(try checked(operand)))
    case .isIn(let operand, let members):
      return .truth(try membership(try checked(operand), members, expression))
    case .call(let function, let arguments):
      return try call(function, arguments, expression)
    }
  }

  func truth(_ expression: ColumnExpression) throws(ExpressionError) -> TruthNode {
    switch try checked(expression) {
    case .truth(let node): return node
    case .null: return nullTruth
    case let value:
      throw ExpressionError(
        .unsupportedType, "a condition is expected here, not a value of type \(value.kind)",
        at: expression.place)
    }
  }

  func unsupported(
    _ operation: String, _ operands: [Checked], _ expression: ColumnExpression,
    remedy: String? = nil
  ) -> ExpressionError {
    ExpressionError(
      .unsupportedType,
      "there is no \(operation) of \(operands.map(\.kind).joined(separator: " and "))"
        + (remedy.map { "; \($0)" } ?? ""),
      at: expression.place)
  }

  private func column(
    _ name: String, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    guard let column = frame[name] else {
      throw ExpressionError(
        .noSuchColumn,
        "there is no column '\(name)'\(name.advice(among: frame.columns.map(\.name)))",
        at: expression.place)
    }
    return try values(of: column, expression)
  }

  /// The values of a column of any type.
  func values(
    of column: Column, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Checked {
    let rows = ColumnRows(column)
    switch column.type {
    case .null: return .null
    case .float: return .float(.column(rows))
    case .string, .uuid, .ipv4: return .text(.column(column))
    case .boolean: return .truth(try test(.equal(to: 1), rows, expression))
    case .integer, .decimal:
      let (low, high) = column.integerBounds
      return .exact(
        Exact(node: .column(rows), scale: column.type.scale ?? 0, low: low, high: high))
    case .date, .time, .duration, .timestamp:
      let (low, high) = column.integerBounds
      return .temporal(
        Exact(node: .column(rows), scale: column.type.fractionDigits, low: low, high: high),
        column.type)
    }
  }

  func test(
    _ condition: Condition, _ rows: ColumnRows, _ expression: ColumnExpression
  ) throws(ExpressionError) -> TruthNode {
    do throws(ReductionError) {
      return .test(try RowTest(condition, rows))
    } catch {
      throw ExpressionError(.unsupportedType, error.description, at: expression.place)
    }
  }

  private func isNull(_ value: Checked) -> TruthNode {
    switch value {
    case .exact(let exact), .temporal(let exact, _): .isNullExact(exact)
    case .float(let node): .isNullFloat(node)
    case .truth(let node): .isNullTruth(node)
    case .text(let node): isNull(node)
    case .textConstant: .constant(false)
    case .null: .constant(true)
    }
  }

  /// A constant of more digits than are computed with, as it is written, where it stands beside exact numbers.
  private func literal(_ expression: ColumnExpression, besides other: Checked) -> Checked? {
    guard case .exact = other else { return nil }
    switch expression.node {
    case .longNumber(let digits, let scale, _):
      return .exact(Exact(node: .constant(digits), scale: scale, low: digits, high: digits))
    case .negated(let operand):
      guard case .longNumber(let digits, let scale, _) = operand.node else { return nil }
      return .exact(Exact(node: .constant(-digits), scale: scale, low: -digits, high: -digits))
    default: return nil
    }
  }

  /// A list of constants is asked at once, on the values as they are stored.
  private func membership(
    _ value: Checked, _ members: [ColumnExpression], _ expression: ColumnExpression
  ) throws(ExpressionError) -> TruthNode {
    var constants: [Scalar]? = []
    var rows: ColumnRows?
    var isNullAmongThem = false
    for member in members {
      let plain = try checked(member)
      let member = literal(member, besides: value) ?? plain
      switch (value, member) {
      case (.text, .textConstant(let bytes)): constants?.append(.text(bytes))
      case (.text, .null), (.exact, .null): isNullAmongThem = true
      case (.exact(let exact), .exact(let number)):
        rows = exact.column
        if let scaled = number.constant.flatMap({ rescaled($0, number.scale, to: exact.scale) }) {
          if let type = rows?.type { constants?.append(Scalar(.integer(scaled), of: type)) }
        } else {
          constants = nil
        }
      default: constants = nil
      }
    }
    if let constants, !constants.isEmpty {
      // Beside a null among the members it is not known that a value is none of them.
      func test(_ node: TruthNode) -> TruthNode { isNullAmongThem ? .or(node, nullTruth) : node }
      if let rows { return test(try self.test(.isIn(constants), rows, expression)) }
      if case .text(let node) = value, let isIn = TextTest(.isIn(constants)) {
        return test(asked(isIn, of: node))
      }
    }
    var node = TruthNode.constant(false)
    for member in members {
      let plain = try checked(member)
      let other = literal(member, besides: value) ?? plain
      node = .or(node, try comparison(.equal, value, other, expression))
    }
    return node
  }

  /// A constant in units of another scale, where it is a whole number of them.
  func rescaled(_ value: Int128, _ scale: Int, to target: Int) -> Int128? {
    if scale > target { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: powerOfTen(target - scale))
    return overflow ? nil : product
  }
}
