import Columnar

/// Two tables side by side: what one has otherwise than the other.
package struct TableComparison: Hashable, Sendable {
  /// What is not the same. Raw values are stable: programs compare them.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case columnAdded = "column-added"
    case columnRemoved = "column-removed"
    case columnMoved = "column-moved"
    case type, layout, range, categories, nulls, distinct, bytes, relation, rows
    case dialect, encoding
  }

  package struct Difference: Hashable, Sendable {
    package var kind: Kind
    /// The column; `nil` for the table.
    package var column: String?
    package var before: String?
    package var after: String?

    package init(_ kind: Kind, _ column: String? = nil, _ before: String?, _ after: String?) {
      (self.kind, self.column, self.before, self.after) = (kind, column, before, after)
    }
  }

  package private(set) var differences: [Difference] = []

  /// - Parameter showsValues: Whether values of the tables are named.
  package init(_ before: TableFacts, _ after: TableFacts, showsValues: Bool = true) {
    let knowsRows = before.knowsRows && after.knowsRows
    if knowsRows {
      add(.rows, nil, "\(before.rowCount)", "\(after.rowCount)")
      add(.bytes, nil, "\(before.byteCount)", "\(after.byteCount)")
    }
    if let a = before.dialect, let b = after.dialect {
      add(.dialect, nil, a.words, b.words)
      add(.encoding, nil, a.encoding, b.encoding)
    }
    compareNames(before, after)
    for column in before.columns {
      guard let other = after[column.name] else { continue }
      add(.type, column.name, "\(column.type)", "\(other.type)")
      if let a = column.layout, let b = other.layout { add(.layout, column.name, a, b) }
      if knowsRows {
        compare(
          column, other, showsValues, before.knowsDependencies && after.knowsDependencies)
      }
    }
  }

  private mutating func add(_ kind: Kind, _ column: String?, _ before: String?, _ after: String?) {
    if before != after { differences.append(Difference(kind, column, before, after)) }
  }

  private mutating func compareNames(_ before: TableFacts, _ after: TableFacts) {
    let (names, others) = (before.columns.map(\.name), after.columns.map(\.name))
    for name in names where !others.contains(name) {
      add(.columnRemoved, name, before[name].map { "\($0.type)" }, nil)
    }
    for name in others where !names.contains(name) {
      add(.columnAdded, name, nil, after[name].map { "\($0.type)" })
    }
    let common = names.filter(others.contains)
    let order = others.filter(names.contains)
    guard common != order else { return }
    let staying = longestCommonOrder(common, order)
    for name in common where !staying.contains(name) {
      add(
        .columnMoved, name, "column \(names.firstIndex(of: name)! + 1)",
        "column \(others.firstIndex(of: name)! + 1)")
    }
  }

  private mutating func compare(
    _ a: ColumnFacts, _ b: ColumnFacts, _ showsValues: Bool, _ knowsRelations: Bool
  ) {
    add(.nulls, a.name, "\(a.nullCount)", "\(b.nullCount)")
    add(.distinct, a.name, a.distinctWords, b.distinctWords)
    if let words = a.words, let others = b.words {
      let (old, new) = (Set(words), Set(others))
      let gone = words.filter { !new.contains($0) }
      let fresh = others.filter { !old.contains($0) }
      add(.categories, a.name, list(gone, "gone", showsValues), list(fresh, "new", showsValues))
    }
    if showsValues { add(.range, a.name, a.rangeWords, b.rangeWords) }
    if a.type == b.type { add(.bytes, a.name, "\(a.byteCount)", "\(b.byteCount)") }
    if knowsRelations { add(.relation, a.name, a.relation?.words, b.relation?.words) }
  }

  private func list(_ words: [String], _ what: String, _ showsValues: Bool) -> String? {
    guard !words.isEmpty else { return nil }
    guard showsValues else { return "\(words.count) \(what)" }
    let more = words.count > 8 ? " and \(words.count - 8) more" : ""
    return "\(what): \(words.prefix(8).map { "`\($0)`" }.joined(separator: ", "))\(more)"
  }
}

extension ColumnFacts {
  fileprivate var distinctWords: String? {
    distinctCount.map { isDistinctExact ? "\($0)" : "about \($0)" }
  }

  fileprivate var rangeWords: String? {
    if let minimum, let maximum { return "\(minimum.words(type)) to \(maximum.words(type))" }
    return lengths.map { "\($0.lowerBound) to \($0.upperBound) bytes" }
  }
}

extension DialectFacts {
  fileprivate var words: String {
    "delimiter `\(delimiter)`, quote \(quote.map { "`\($0)`" } ?? "none"), "
      + "\(hasHeader ? "header" : "no header"), \(lineEnding)"
  }
}

/// The names that stay, where the fewest of one list are moved to get the other: both have the same names.
func longestCommonOrder(_ names: [String], _ others: [String]) -> Set<String> {
  let places = Dictionary(zip(others, others.indices), uniquingKeysWith: { first, _ in first })
  let staying = ColumnMatching.longestAscending(names.map { places[$0] ?? 0 })
  return Set(staying.map { names[$0] })
}
