/// Reads an expression from text. From loose to tight: `or`, `and`, `not`, comparisons, `in` and `like`,
/// sums, products, signs, powers.
struct ExpressionParser {
  private var lexer: ExpressionLexer
  private(set) var token = ExpressionLexer.Token.end
  private(set) var place = 0..<0
  var depth = 0

  static func expression(_ text: String) throws(ExpressionError) -> ColumnExpression {
    do throws(ExpressionError) {
      var parser = ExpressionParser(text)
      try parser.advance()
      let expression = try parser.disjunction()
      if parser.token != .end { throw parser.unexpected("an operator or the end") }
      return expression
    } catch {
      throw error.inText(text)
    }
  }

  private init(_ text: String) { lexer = ExpressionLexer(text) }

  /// Goes a level deeper: brackets, signs and the like.
  mutating func descend() throws(ExpressionError) {
    depth += 1
    guard depth <= ColumnExpression.depthLimit else {
      throw ExpressionError(.syntax, ColumnExpression.tooDeep, at: place)
    }
  }

  mutating func advance() throws(ExpressionError) { (token, place) = try lexer.next() }

  func unexpected(_ wanted: String) -> ExpressionError {
    ExpressionError(
      .syntax, token == .end ? "\(wanted) is missing at the end" : "\(wanted) is expected here",
      at: place)
  }

  /// Whether the next word is one of these, which it then is not any more.
  mutating func takes(_ words: String...) throws(ExpressionError) -> Bool {
    switch token {
    case .symbol(let symbol) where words.contains(symbol): break
    case .name(let name) where words.contains(name.lowercased()): break
    default: return false
    }
    try advance()
    return true
  }

  private func joined(
    _ node: ColumnExpression.Node, _ a: ColumnExpression, _ b: ColumnExpression
  ) -> ColumnExpression {
    ColumnExpression(node, at: (a.place?.lowerBound ?? 0)..<(b.place?.upperBound ?? 0))
  }

  mutating func disjunction() throws(ExpressionError) -> ColumnExpression {
    try descend()
    defer { depth -= 1 }
    var a = try conjunction()
    while try takes("or", "||", "|") {
      let b = try conjunction()
      a = joined(.or(a, b), a, b)
    }
    return a
  }

  private mutating func conjunction() throws(ExpressionError) -> ColumnExpression {
    var a = try negation()
    while try takes("and", "&&", "&") {
      let b = try negation()
      a = joined(.and(a, b), a, b)
    }
    return a
  }

  private mutating func negation() throws(ExpressionError) -> ColumnExpression {
    let start = place.lowerBound
    guard try takes("not", "!", "~") else { return try comparison() }
    try descend()
    defer { depth -= 1 }
    let a = try negation()
    return ColumnExpression(.not(a), at: start..<(a.place?.upperBound ?? start))
  }

  private mutating func comparison() throws(ExpressionError) -> ColumnExpression {
    let a = try sum()
    if try takes("is") {
      let isNegated = try takes("not")
      let range = (a.place?.lowerBound ?? 0)..<place.upperBound
      let test: ColumnExpression
      if try takes("null") {
        test = ColumnExpression(.isNull(a), at: range)
      } else if try takes("true") {
        test = ColumnExpression(.isTrue(a), at: range)
      } else if try takes("false") {
        test = ColumnExpression(.isTrue(ColumnExpression(.not(a), at: a.place)), at: range)
      } else {
        throw unexpected("'null', 'true' or 'false'")
      }
      return isNegated ? ColumnExpression(.not(test), at: range) : test
    }
    let isNegated = try takes("not")
    if try takes("in") {
      let (members, end) = try list()
      let range = (a.place?.lowerBound ?? 0)..<end
      let test = ColumnExpression(.isIn(a, members), at: range)
      return isNegated ? ColumnExpression(.not(test), at: range) : test
    }
    if try takes("like") {
      let test = try like(a)
      return isNegated ? ColumnExpression(.not(test), at: test.place) : test
    }
    if try takes("between") {
      let low = try sum()
      guard try takes("and") else { throw unexpected("'and'") }
      let high = try sum()
      let (from, to) = (
        joined(.comparison(.atLeast, a, low), a, low),
        joined(.comparison(.atMost, a, high), a, high)
      )
      let test = joined(.and(from, to), a, high)
      return isNegated ? joined(.not(test), a, high) : test
    }
    if isNegated { throw unexpected("'in', 'like' or 'between'") }
    for (symbols, comparing) in Self.comparisons {
      if case .symbol(let symbol) = token, symbols.contains(symbol) {
        try advance()
        let b = try sum()
        return joined(.comparison(comparing, a, b), a, b)
      }
    }
    return a
  }

  /// A pattern in quotes, and the character before what stands for itself, if one is named.
  private mutating func like(_ a: ColumnExpression) throws(ExpressionError) -> ColumnExpression {
    guard case .text(let pattern) = token else { throw unexpected("a pattern in quotes") }
    var end = place.upperBound
    try advance()
    var escape: [UInt8]?
    if try takes("escape") {
      guard case .text(let character) = token,
        String(decoding: character, as: UTF8.self).unicodeScalars.count == 1
      else { throw unexpected("one character in quotes") }
      escape = character
      end = place.upperBound
      try advance()
    }
    return ColumnExpression(
      .like(a, pattern: pattern, escape: escape), at: (a.place?.lowerBound ?? 0)..<end)
  }

  private static let comparisons: [([String], ColumnExpression.Comparing)] = [
    (["==", "="], .equal), (["!=", "<>"], .notEqual), (["<="], .atMost), ([">="], .atLeast),
    (["<"], .less), ([">"], .greater),
  ]

  private mutating func list() throws(ExpressionError) -> (members: [ColumnExpression], end: Int) {
    guard try takes("(") else { throw unexpected("'('") }
    var members: [ColumnExpression] = []
    while true {
      let end = place.upperBound
      if try takes(")") { return (members, end) }
      if !members.isEmpty, try !takes(",") { throw unexpected("',' or ')'") }
      members.append(try disjunction())
    }
  }

  private mutating func sum() throws(ExpressionError) -> ColumnExpression {
    var a = try product()
    while true {
      let operation: ColumnExpression.Arithmetic
      if try takes("+") {
        operation = .add
      } else if try takes("-") {
        operation = .subtract
      } else {
        return a
      }
      let b = try product()
      a = joined(.arithmetic(operation, a, b), a, b)
    }
  }

  private mutating func product() throws(ExpressionError) -> ColumnExpression {
    var a = try sign()
    while true {
      let operation: ColumnExpression.Arithmetic
      if try takes("*") {
        operation = .multiply
      } else if try takes("/") {
        operation = .divide
      } else if try takes("%") {
        operation = .remainder
      } else {
        return a
      }
      let b = try sign()
      a = joined(.arithmetic(operation, a, b), a, b)
    }
  }

  private mutating func sign() throws(ExpressionError) -> ColumnExpression {
    let start = place.lowerBound
    try descend()
    defer { depth -= 1 }
    if try takes("-") {
      let a = try sign()
      return ColumnExpression(.negated(a), at: start..<(a.place?.upperBound ?? start))
    }
    if try takes("+") { return try sign() }
    return try power()
  }

  private mutating func power() throws(ExpressionError) -> ColumnExpression {
    let a = try primary()
    guard try takes("**") else { return a }
    let b = try sign()
    return joined(.arithmetic(.power, a, b), a, b)
  }

  private mutating func primary() throws(ExpressionError) -> ColumnExpression {
    let (start, token) = (place, token)
    switch token {
    case .number(let text):
      let number: ColumnExpression.Node
      do throws(ExpressionLexer.NumberFault) {
        number = try ExpressionLexer.number(text)
      } catch {
        throw ExpressionError(.syntax, error.message, at: start)
      }
      try advance()
      return ColumnExpression(number, at: start)
    case .text(let bytes):
      try advance()
      return ColumnExpression(.text(bytes), at: start)
    case .quotedName(let name):
      try advance()
      return ColumnExpression(.column(name), at: start)
    case .name(let name):
      try advance()
      return try named(name, start)
    case .symbol("("):
      try advance()
      let inner = try disjunction()
      guard try takes(")") else { throw unexpected("')'") }
      return inner
    case .symbol, .end: throw unexpected("a value")
    }
  }

  private mutating func named(
    _ name: String, _ start: Range<Int>
  ) throws(ExpressionError) -> ColumnExpression {
    if name.lowercased() == "case", startsCase { return try cases(start) }
    guard self.token == .symbol("(") else {
      switch name.lowercased() {
      case "true": return ColumnExpression(.truth(true), at: start)
      case "false": return ColumnExpression(.truth(false), at: start)
      case "null": return ColumnExpression(.null, at: start)
      default: return ColumnExpression(.column(name), at: start)
      }
    }
    if name.lowercased() == "cast" { return try cast(start) }
    guard let function = ColumnExpression.Function(rawValue: name.lowercased()) else {
      let names = (ColumnExpression.Function.allCases.map(\.rawValue) + ["cast"])
        .joined(separator: ", ")
      throw ExpressionError(
        .syntax, "there is no function '\(name)'; there are \(names)", at: start)
    }
    let (arguments, end) = try list()
    let range = start.lowerBound..<end
    let counts = function.argumentCounts
    guard counts.contains(arguments.count) else {
      let wanted =
        counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
      throw ExpressionError(
        .syntax, "\(name) takes \(wanted) values, not \(arguments.count)", at: range)
    }
    if function == .isNull { return ColumnExpression(.isNull(arguments[0]), at: range) }
    if function == .coalesce {
      return arguments.dropLast().reversed().reduce(arguments[arguments.count - 1]) { rest, first in
        let isMissing = ColumnExpression(.isNull(first), at: range)
        return ColumnExpression(.call(.choose, [isMissing, rest, first]), at: range)
      }
    }
    if function == .concat {
      return ColumnExpression(ColumnExpression.concatenated(arguments).node, at: range)
    }
    if function == .pow {
      return ColumnExpression(.arithmetic(.power, arguments[0], arguments[1]), at: range)
    }
    return ColumnExpression(.call(function, arguments), at: range)
  }
}
