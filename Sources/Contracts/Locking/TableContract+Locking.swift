import Columnar

extension TableContract {
  /// The lock of a table: what of its facts is to hold from now on.
  ///
  /// What a table shows by chance is no promise. So a column is unique only where random values would have met, or
  /// never would; a list of categories is closed only where even the rarest occurs several times; and widths have
  /// some room.
  package init(
    locking facts: TableFacts, name: String, policy: CheckPolicy = CheckPolicy(),
    isRedacted: Bool = false
  ) {
    var facts = facts
    self.init(id: name, name: name, table: name, columns: [])
    self.isRedacted = isRedacted
    for (index, column) in facts.columns.enumerated() {
      columns.append(
        ColumnTerms(
          locking: column, isFirst: index == 0, rowCount: facts.rowCount, policy: policy))
    }
    if facts.rowCount > 1 {
      var rule = QualityRule(
        .rowCount, .atLeast(Double(RowRule.least(of: facts.rowCount, files: facts.sources.count))))
      rule.isObserved = true
      rowRules = [rule]
    }
    for index in facts.columns.indices where facts.columns[index].words != nil {
      let words = facts.columns[index].words!
      if words.count > Self.wordLimit
        || words.reduce(0, { $0 + $1.utf8.count }) > Self.wordByteLimit
      {
        facts.columns[index].words = nil
      }
    }
    for index in facts.columns.indices where !facts.promisesRelation(of: facts.columns[index]) {
      facts.columns[index].relation = nil
    }
    if isRedacted {
      for index in columns.indices { columns[index].redact() }
      for index in facts.columns.indices { facts.columns[index].redact() }
    }
    self.facts = facts
  }

  /// As many words are listed, and no more bytes of them.
  package static let wordLimit = 64
  private static let wordByteLimit = 4096
}

extension ColumnTerms {
  fileprivate init(
    locking facts: ColumnFacts, isFirst: Bool, rowCount: Int, policy: CheckPolicy
  ) {
    self.init(name: facts.name)
    type = .exact(facts.agreedType)
    isRequired = rowCount > 0 && facts.nullCount == 0
    format = facts.isFloatSpelled ? nil : facts.format
    // Of few rows, the extremes are hardly those of the next month.
    let headroom = rowCount < 100 ? max(policy.headroom, 0.5) : policy.headroom
    if let range = facts.integers, let snug = format, let room = snug.headroom(range),
      room < headroom, snug.bitCount < 64, let wider = snug.wider
    {
      format = wider
    }
    isUnique =
      facts.isUnique == true && facts.isKey(among: rowCount - facts.nullCount, isFirst: isFirst)
    guard let rarest = facts.rarestCount, rarest >= Self.leastCount, !facts.isConstant else {
      return
    }
    if let words = facts.words, words.count <= TableContract.wordLimit {
      validValues = ValidValues(listing: words)
    } else if let low = facts.minimum, let high = facts.maximum, facts.type == .integer,
      let range = facts.integers,
      Int128(facts.distinctCount ?? 0) == range.upperBound - range.lowerBound + 1
    {
      (minimum, maximum) = (Bound(low, isObserved: true), Bound(high, isObserved: true))
    }
  }

  /// If each of the values occurs so often, there is hardly one more that did not show.
  private static let leastCount = 5

  fileprivate mutating func redact() {
    validValues = validValues?.redacted(name)
    (minimum, maximum) = (nil, nil)
  }
}

extension ColumnFacts {
  fileprivate mutating func redact() {
    (minimum, maximum, words) = (nil, nil, nil)
    // The words of a line have its numbers.
    relation?.words = ""
  }

  /// Whether it is no chance that all values differ.
  ///
  /// - Parameter isFirst: Whether it is the first column, where keys stand; `customer_id` behind it is another table's.
  fileprivate func isKey(among count: Int, isFirst: Bool) -> Bool {
    guard count >= 20 else { return false }
    switch type {
    case .uuid: return true
    case .integer, .date, .time, .timestamp, .duration:
      if isNamedAsKey(isFirst), type == .integer { return true }
      guard let range = integerSpan else { return false }
      let (n, span) = (Double(count), Double(range) + 1)
      // Of so many random values some would have met, or none ever would.
      return n * n / (2 * span) >= 10 || n * n / (2 * span) < 1e-4
    case .string: return isNamedAsKey(isFirst)
    case .null, .boolean, .decimal, .float, .ipv4: return false
    }
  }

  private var integerSpan: Int128? { integers.map { $0.upperBound - $0.lowerBound } }

  /// `id`, `uuid`; at the front `order_id`, `orderKey`, too.
  private func isNamedAsKey(_ isFirst: Bool) -> Bool {
    let names = ["id", "key", "uuid", "guid", "pk"]
    let lower = name.lowercased()
    if names.contains(lower) { return true }
    return isFirst
      && names.contains { word in
        lower.hasSuffix("_\(word)") || lower.hasSuffix("-\(word)") || lower.hasSuffix(" \(word)")
          || name.hasSuffix(word.uppercased()) && name.count > word.count
          || name.hasSuffix(word.prefix(1).uppercased() + word.dropFirst())
      }
  }
}

extension TableFacts {
  /// Whether it is no chance that a column follows from another.
  fileprivate func promisesRelation(of column: ColumnFacts) -> Bool {
    guard let relation = column.relation, let other = self[relation.column] else { return false }
    guard rowCount >= 20, other.distinctCount ?? 0 >= 3 else { return false }
    guard relation.kind == .determined else { return true }
    // An amount tells others only as long as no two products or prices make the same.
    switch other.type {
    case .integer, .decimal, .float, .time, .duration, .null: return false
    case .boolean, .date, .timestamp, .string, .uuid, .ipv4: return true
    }
  }
}
