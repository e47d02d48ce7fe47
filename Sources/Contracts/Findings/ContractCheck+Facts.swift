import Columnar

extension ContractCheck {
  /// Holds a column against what it was when it was locked.
  mutating func checkFacts(_ terms: ColumnTerms, _ column: ColumnFacts, _ was: ColumnFacts) {
    if was.type == .null, column.type != .null {
      add(
        Finding(
          .valuesAppeared, column: terms.name, "the column had no values, and has some",
          found: "\(column.type)"), search: .anyValue, in: column)
      return
    }
    if was.isConstant, was.distinctCount == 1, now.rowCount > column.nullCount, !column.isConstant,
      column.distinctCount != 1 || column.nullCount > 0
    {
      add(
        Finding(
          .constantVaries, column: terms.name,
          "the column had one value in all rows, and has not any more",
          expected: "1 value",
          found: column.distinctCount.map { $0 == 1 ? "1 value, and missing ones" : "\($0) values" }
        ),
        search: column.distinctCount == 1 ? .null : .otherThanFirst, in: column)
    } else {
      checkRange(terms, column, was)
    }
    checkDictionary(terms, column, was)
    checkRelation(terms, column, was)
  }

  private mutating func checkRange(
    _ terms: ColumnTerms, _ column: ColumnFacts, _ was: ColumnFacts
  ) {
    guard !was.isConstant, let low = was.minimum, let high = was.maximum,
      let found = column.minimum, let foundHigh = column.maximum,
      terms.minimum?.isObserved == true || terms.maximum?.isObserved == true
    else { return }
    let bounds = (Bound(low), Bound(high))
    let isBelow = bounds.0.holds(found, isMinimum: true, type: column.type) == false
    let isAbove = bounds.1.holds(foundHigh, isMinimum: false, type: column.type) == false
    guard isBelow || isAbove else { return }
    add(
      Finding(
        .rangeGrew, column: terms.name, "there are values outside of the range that the column had",
        expected: "\(low.words(was.type)) to \(high.words(was.type))",
        found: (isBelow ? found : foundHigh).words(column.type)),
      search: .beyond(
        minimum: isBelow ? bounds.0 : nil, maximum: isAbove ? bounds.1 : nil), in: column)
  }

  private mutating func checkDictionary(
    _ terms: ColumnTerms, _ column: ColumnFacts, _ was: ColumnFacts
  ) {
    guard let entries = was.entryCount, column.type.domain == .bytes,
      column.nullCount < now.rowCount
    else { return }
    let most = DictionaryCapacity.holding(entries)
    if let found = column.entryCount {
      guard found > most.entryCount else { return }
      add(
        Finding(
          .dictionaryOutgrown, column: terms.name,
          "the dictionary has more entries than codes of \(most.bitCount) bits tell",
          expected: "at most \(most.entryCount)", found: "\(found)"), in: column)
    } else if let found = column.distinctCount, found > most.entryCount {
      add(
        Finding(
          .dictionaryOutgrown, column: terms.name, "a dictionary does not pay any more",
          expected: "at most \(most.entryCount)", found: "\(found) different values"), in: column)
    }
  }

  private mutating func checkRelation(
    _ terms: ColumnTerms, _ column: ColumnFacts, _ was: ColumnFacts
  ) {
    guard let relation = was.relation, !relation.holds(as: column.relation) else { return }
    guard now[relation.column] != nil else { return }
    // Columns that are constant now follow from all others.
    if column.isConstant || column.nullCount == now.rowCount { return }
    if relation.kind == .determined, !now.knowsDependencies, !now.hasRows {
      leaveUnchecked(
        terms.name, "\(relation.kind.rawValue) by `\(relation.column)`",
        "what was read does not tell", terms.line)
      return
    }
    add(
      Finding(
        .relationBroken, column: terms.name,
        "the column does not follow from `\(relation.column)` any more",
        expected: relation.words.isEmpty ? nil : relation.words),
      search: .notFollowing(relation), isTentative: true, in: column)
  }
}

/// How many entries a dictionary's codes can tell.
package struct DictionaryCapacity: Hashable, Sendable {
  package let bitCount: Int
  package let entryCount: Int

  /// Codes are handed over with a sign; beyond the last no dictionary is made.
  package static let all = [
    DictionaryCapacity(bitCount: 8, entryCount: 127),
    DictionaryCapacity(bitCount: 16, entryCount: 32_767),
    DictionaryCapacity(bitCount: 32, entryCount: 1 << 20),
  ]

  package static func holding(_ count: Int) -> DictionaryCapacity {
    all.first { count <= $0.entryCount } ?? all[all.count - 1]
  }
}

extension ColumnRelation {
  /// Whether what was found is the same; a lock without values has no words.
  fileprivate func holds(as found: ColumnRelation?) -> Bool {
    guard let found else { return false }
    return kind == found.kind && column == found.column && (words.isEmpty || words == found.words)
  }
}
