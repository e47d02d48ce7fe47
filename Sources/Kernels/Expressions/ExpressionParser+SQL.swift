import Columnar

/// SQL's own forms of choices and casts.
extension ExpressionParser {
  /// Whether what follows `case` is no operator, so that it is no column of that name.
  var startsCase: Bool {
    switch token {
    case .name(let name):
      !["is", "in", "between", "like", "and", "or", "not"].contains(name.lowercased())
    case .quotedName, .number, .text, .symbol("("): true
    case .symbol, .end: false
    }
  }

  /// `case when c then a … else b end`, and `case x when v then a … end`.
  mutating func cases(_ start: Range<Int>) throws(ExpressionError) -> ColumnExpression {
    try descend()
    defer { depth -= 1 }
    var operand: ColumnExpression?
    if try !takes("when") {
      operand = try disjunction()
      guard try takes("when") else { throw unexpected("'when'") }
    }
    var cases: [(ColumnExpression, ColumnExpression)] = []
    repeat {
      var condition = try disjunction()
      if let operand {
        condition = ColumnExpression(.comparison(.equal, operand, condition), at: condition.place)
      }
      guard try takes("then") else { throw unexpected("'then'") }
      cases.append((condition, try disjunction()))
    } while try takes("when")
    var rest = ColumnExpression.null
    if try takes("else") { rest = try disjunction() }
    let range = start.lowerBound..<place.upperBound
    guard try takes("end") else { throw unexpected("'end'") }
    return ColumnExpression(ColumnExpression.cases(cases, otherwise: rest).node, at: range)
  }

  /// `cast(x as decimal(2))`: the names of types are those of columns, and SQL's.
  mutating func cast(_ start: Range<Int>) throws(ExpressionError) -> ColumnExpression {
    try advance()
    let operand = try disjunction()
    guard try takes("as") else { throw unexpected("'as'") }
    let typeStart = place.lowerBound
    var typeEnd = place.upperBound
    guard case .name(let name) = token else { throw unexpected("a type") }
    try advance()
    var arguments: [String] = []
    if try takes("(") {
      while true {
        switch token {
        case .number(let text), .name(let text), .quotedName(let text): arguments.append(text)
        case .text(let bytes): arguments.append(String(decoding: bytes, as: UTF8.self))
        case .symbol, .end: throw unexpected("a number or a name")
        }
        try advance()
        // Names of zones: `Europe/Berlin`, `Etc/GMT+1`.
        while case .symbol(let symbol) = token, ["/", "+", "-"].contains(symbol) {
          try advance()
          switch token {
          case .name(let part), .number(let part): arguments[arguments.count - 1] += symbol + part
          case .quotedName, .text, .symbol, .end: throw unexpected("the name of a zone")
          }
          try advance()
        }
        typeEnd = place.upperBound
        if try takes(")") { break }
        guard try takes(",") else { throw unexpected("',' or ')'") }
      }
    }
    guard let type = Self.type(name.lowercased(), arguments) else {
      let names = LogicalType.plainTypes.map(\.name).joined(separator: ", ")
      throw ExpressionError(
        .syntax,
        "there is no such type; there are \(names), decimal(2), time(ms), duration(s), timestamp(s, UTC)",
        at: typeStart..<typeEnd)
    }
    let range = start.lowerBound..<place.upperBound
    guard try takes(")") else { throw unexpected("')'") }
    return ColumnExpression(.cast(operand, type), at: range)
  }

  private static func type(_ name: String, _ arguments: [String]) -> LogicalType? {
    if arguments.isEmpty, let type = typesOfSQL[name] { return type }
    // SQL's precision is what 64 bits hold.
    let isNumeric = ["decimal", "numeric"].contains(name)
    if isNumeric, let scale = arguments.last, arguments.count == 2 || name == "decimal" {
      return LogicalType(named: "decimal(\(scale))")
    }
    return LogicalType(
      named: arguments.isEmpty ? name : "\(name)(\(arguments.joined(separator: ", ")))")
  }

  private static let typesOfSQL: [String: LogicalType] = [
    "int": .integer, "bigint": .integer, "smallint": .integer, "tinyint": .integer,
    "double": .float, "real": .float, "bool": .boolean, "text": .string, "varchar": .string,
  ]
}
