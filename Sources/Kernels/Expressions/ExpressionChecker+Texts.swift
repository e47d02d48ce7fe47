import Columnar

extension ExpressionChecker {
  /// As text, where it is one.
  func text(_ value: Checked) -> TextNode? {
    switch value {
    case .text(let node): node
    case .textConstant(let bytes): .constant(bytes)
    case .null: nullText
    case .exact, .temporal, .float, .truth: nil
    }
  }

  /// What a test says of texts: once a word where they are had by numbers, and of a column as it is
  /// stored.
  func asked(_ test: TextTest, of node: TextNode) -> TruthNode {
    if case .column(let column) = node { return .test(RowTest(test, ColumnRows(column))) }
    guard case .coded(let numbers, let words) = node.coded else { return .text(test, node) }
    let members = words.indices.filter { words[$0].withUnsafeBufferPointer(test.holds) }
    if let constant = numbers.constant { return .constant(members == [Int(constant)]) }
    if let rows = numbers.column, case .plain(let codes) = rows.view {
      return .test(RowTest(codes, members: members, of: words.count, rows))
    }
    var answers = [Int64](repeating: 0, count: words.count)
    for member in members { answers[member] = 1 }
    return .exact(.equal, numbers.lookedUp(in: answers), Exact(of: 1))
  }

  func like(
    _ value: Checked, _ pattern: [UInt8], _ escape: [UInt8]?, _ expression: ColumnExpression
  ) throws(ExpressionError) -> TruthNode {
    guard let text = text(value) else { throw unsupported("like", [value], expression) }
    guard let pattern = LikePattern(pattern, escape: escape) else {
      throw ExpressionError(
        .syntax, "the pattern ends with its escape; write a character behind it",
        at: expression.place)
    }
    return asked(TextTest(like: pattern), of: text)
  }

  func compared(
    _ comparing: ColumnExpression.Comparing, _ a: TextNode, _ b: TextNode
  ) -> TruthNode {
    switch comparing {
    case .notEqual: return .not(compared(.equal, a, b))
    case .greater: return compared(.less, b, a)
    case .atLeast: return compared(.atMost, b, a)
    case .equal, .less, .atMost: break
    }
    if comparing == .equal, case .column(let x) = a, case .column(let y) = b {
      return .sameText(TextEquality(ColumnRows(x), ColumnRows(y)))
    }
    let operation: TruthNode.Operation =
      comparing == .equal ? .equal : comparing == .less ? .less : .atMost
    guard case .coded(let x, let words) = a.coded, case .coded(let y, let others) = b.coded else {
      return .texts(operation, a, b)
    }
    let ranks = Self.ranks(of: words + others)
    return .exact(
      operation, x.lookedUp(in: Array(ranks[..<words.count])),
      y.lookedUp(in: Array(ranks[words.count...])))
  }

  /// Where each word stands among all, the same for the same word.
  private static func ranks(of words: [[UInt8]]) -> [Int64] {
    let sorted = Set(words).sorted { $0.lexicographicallyPrecedes($1) }
    let ranks = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, Int64($0)) })
    return words.map { ranks[$0] ?? 0 }
  }

  /// One text behind the other: once a pair of words where there are few pairs.
  func joined(
    _ a: TextNode, _ b: TextNode, _ expression: ColumnExpression
  ) throws(ExpressionError) -> TextNode {
    guard case .coded(let x, let words) = a.coded, case .coded(let y, let others) = b.coded else {
      return .joined(a, b)
    }
    let (count, overflow) = words.count.multipliedReportingOverflow(by: others.count)
    let isFew = words.count == 1 || others.count == 1 || count <= max(256, frame.rowCount / 8)
    guard !overflow, isFew, count <= max(1 << 16, frame.rowCount) else { return .joined(a, b) }
    let numbers: Exact
    if others.count == 1, y.constant != nil {
      numbers = x
    } else {
      let tens = try combined(.multiply, x, Exact(of: others.count), expression)
      numbers = try combined(.add, tens, y, expression)
    }
    return .coded(numbers, words.flatMap { word in others.map { word + $0 } })
  }

  func choice(
    _ condition: TruthNode, _ a: TextNode, _ b: TextNode, _ expression: ColumnExpression
  ) throws(ExpressionError) -> TextNode {
    guard case .coded(let x, let words) = a.coded, case .coded(let y, let others) = b.coded else {
      return .choice(condition, a, b)
    }
    let shifted = try combined(.add, y, Exact(of: words.count), expression)
    return .coded(chosen(condition, x, shifted), words + others)
  }

  /// Whether there is no text. What makes one of several asks them.
  func isNull(_ node: TextNode) -> TruthNode {
    switch node {
    case .column(let column), .written(let column): .test(RowTest(nullsIn: ColumnRows(column)))
    case .coded(let numbers, _): .isNullExact(numbers)
    case .cased(_, let operand): isNull(operand)
    case .joined(let a, let b): .or(isNull(a), isNull(b))
    case .choice(let condition, let a, let b):
      .or(
        .isNullTruth(condition),
        .or(.and(condition, isNull(a)), .and(.not(condition), isNull(b))))
    }
  }
}
