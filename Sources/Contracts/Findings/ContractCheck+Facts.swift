import Columnar
import Wording

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
    checkPresence(terms, column, was)
    if was.isConstant, was.distinctCount == 1, now.rowCount > column.nullCount, !column.isConstant,
      column.distinctCount != 1 || column.nullCount > 0
    {
      checkConstant(terms, column, was)
    } else {
      checkRange(terms, column, was)
    }
    checkSpelling(terms, column, was)
    checkDictionary(terms, column, was)
    checkRelation(terms, column, was)
  }

  private mutating func checkConstant(
    _ terms: ColumnTerms, _ column: ColumnFacts, _ was: ColumnFacts
  ) {
    let value = was.minimum?.words(was.type) ?? was.words?.first
    var search = FindingSearch.otherThanFirst
    if column.distinctCount == 1 {
      search = .null
    } else if let bound = was.minimum.map({ Bound($0) }) {
      search = .beyond(minimum: bound, maximum: bound)
    } else if let value {
      search = .notAmong(ValidValues(listing: [value]))
    }
    add(
      Finding(
        .constantVaries, column: terms.name,
        "the column had one value in all rows, and has not any more",
        expected: value.map { "`\($0)`" } ?? "1 value",
        found: column.distinctCount.map {
          $0 == 1 ? "1 value, and missing ones" : CountText($0, "value").description
        }),
      // A flag that nobody had set yet is set some day.
      as: was.isFlag ? .growth : nil, search: search, in: column)
  }

  /// Values that are missing, as many were not.
  private mutating func checkPresence(
    _ terms: ColumnTerms, _ column: ColumnFacts, _ was: ColumnFacts
  ) {
    guard let rows = contract.facts?.rowCount, rows > was.nullCount, now.rowCount > 0,
      !terms.isRequired
    else { return }
    let share = Double(was.nullCount + 1) / Double(rows + 2)
    let found = Double(column.nullCount) / Double(now.rowCount)
    // One time in a million would chance have it so.
    var chance = 1.0
    for _ in 0..<min(column.nullCount, 5000) where chance > 1e-6 { chance *= share }
    guard found > 0.5, chance <= 1e-6 else { return }
    if column.nullCount == now.rowCount {
      add(
        Finding(
          .valuesVanished, column: terms.name, "the column had values, and has none",
          expected: "\(percent(Double(was.nullCount) / Double(rows))) missing",
          found: "all missing"), search: .null, in: column)
    } else if share < 0.1 {
      add(
        Finding(
          .nullsGrew, column: terms.name, "most values are missing, as they were not",
          expected: "\(percent(Double(was.nullCount) / Double(rows))) missing",
          found: "\(percent(found)) missing"), search: .null, in: column)
    }
  }

  /// Text of the same values, written in another way.
  private mutating func checkSpelling(
    _ terms: ColumnTerms, _ column: ColumnFacts, _ was: ColumnFacts
  ) {
    guard now.dialect != nil, contract.facts?.dialect != nil, now.rowCount > column.nullCount else {
      return
    }
    if was.type == column.type, was.dateFormat != column.dateFormat,
      was.nullCount < contract.facts?.rowCount ?? 0
    {
      add(
        Finding(
          .dialectChanged, column: terms.name, "dates are written in another way",
          expected: was.dateFormat ?? "ISO 8601", found: column.dateFormat ?? "ISO 8601"),
        in: column)
    }
    if was.isDigits, let digits = was.lengths, digits.lowerBound == digits.upperBound,
      let lengths = column.lengths, lengths.lowerBound < digits.lowerBound, column.isDigits
    {
      add(
        Finding(
          .typeChanged, column: terms.name, "numbers have lost the zeros in front of them",
          expected: "\(digits.lowerBound) digits",
          found: "\(lengths.lowerBound) to \(lengths.upperBound)"),
        search: .length(digits), in: column)
    }
  }

  private mutating func checkRange(
    _ terms: ColumnTerms, _ column: ColumnFacts, _ was: ColumnFacts
  ) {
    guard !was.isConstant, let low = was.minimum, let high = was.maximum,
      let found = column.minimum, let foundHigh = column.maximum
    else { return }
    let bounds = (Bound(low), Bound(high))
    let isBelow = bounds.0.holds(found, isMinimum: true, type: column.type) == false
    let isAbove = bounds.1.holds(foundHigh, isMinimum: false, type: column.type) == false
    guard isBelow || isAbove else { return }
    let isClosed = terms.minimum?.isObserved == true || terms.maximum?.isObserved == true
    let isElsewhere =
      bounds.0.holds(foundHigh, isMinimum: true, type: column.type) == false
      || bounds.1.holds(found, isMinimum: false, type: column.type) == false
    let message: String
    if isClosed {
      message = "there are values outside of the range that the column had"
    } else if was.isMeasure, isElsewhere {
      message = "no value is within the range that the column had, as in another unit"
    } else if was.hasNoSign, !column.hasNoSign, (contract.facts?.rowCount ?? 0) >= 30 {
      message = "there are values below zero, and there were none"
    } else {
      return
    }
    add(
      Finding(
        .rangeGrew, column: terms.name, message,
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

extension ColumnFacts {
  /// Whether values are amounts, and no numbers of things or moments, which move on by themselves.
  fileprivate var isMeasure: Bool {
    switch type {
    case .decimal, .float: true
    default: false
    }
  }

  /// Whether it is a number, and none is below zero.
  fileprivate var hasNoSign: Bool {
    switch minimum {
    case .integer(let value)?: value >= 0
    case .float(let value)?: value >= 0
    default: false
    }
  }

  /// Whether it says yes or no.
  fileprivate var isFlag: Bool {
    if type == .boolean { return true }
    if let low = integers?.lowerBound, let high = integers?.upperBound {
      return low >= 0 && high <= 1
    }
    guard let words else { return false }
    return words.allSatisfy {
      ["y", "n", "yes", "no", "t", "f", "true", "false", "on", "off", "x", "-"].contains(
        $0.lowercased())
    }
  }
}
