/// A table held against a contract: what is not as it says, by facts alone. Which rows that are, is looked for
/// afterwards where somebody is to be told.
package struct ContractCheck: Sendable {
  /// A finding, and how its rows are found.
  package struct Candidate: Sendable {
    package var finding: Finding
    package var search: FindingSearch?
    /// Whether it is one only where such rows are found.
    package var isTentative = false
    /// The column as the table calls it.
    package var foundColumn: String?
  }

  package private(set) var candidates: [Candidate] = []
  package private(set) var unchecked: [UncheckedTerm]
  let contract: TableContract
  let now: TableFacts
  let policy: CheckPolicy

  /// Holds facts against all that the contract says.
  package init(_ contract: TableContract, _ now: TableFacts, policy: CheckPolicy = CheckPolicy()) {
    (self.contract, self.now, self.policy) = (contract, now, policy)
    unchecked = contract.unchecked
    checkDialect()
    checkRecords()
    checkRows()
    let columns = ColumnMatching(contract, now)
    checkNames(columns)
    for (terms, column) in columns.pairs { check(terms, column) }
    isOfAnotherTable = isAnother(columns)
  }

  /// Whether no column of a lock is there, under its name or one that differs in case and signs, though there are
  /// names.
  package private(set) var isOfAnotherTable = false

  /// Holds what the start of a file shows against the contract: names, and how text is spelled.
  package init(
    _ contract: TableContract, startingAs now: TableFacts, policy: CheckPolicy = CheckPolicy()
  ) {
    (self.contract, self.now, self.policy) = (contract, now, policy)
    unchecked = contract.unchecked
    checkDialect()
    let columns = ColumnMatching(contract, now)
    checkNames(columns)
    isOfAnotherTable = isAnother(columns)
  }

  private func isAnother(_ columns: ColumnMatching) -> Bool {
    let hasLostHeader =
      contract.facts?.dialect?.hasHeader == true && now.dialect?.hasHeader == false
    return contract.isLock && !columns.sharesNames && !hasLostHeader && !now.columns.isEmpty
      && !contract.columns.isEmpty
  }

  mutating func add(
    _ finding: Finding, as findingClass: FindingClass? = nil, search: FindingSearch? = nil,
    isTentative: Bool = false, in column: ColumnFacts? = nil
  ) {
    var finding = finding
    if let findingClass { finding.findingClass = findingClass }
    finding.level = policy.level(of: finding.code, in: finding.findingClass)
    candidates.append(
      Candidate(
        finding: finding, search: search, isTentative: isTentative,
        foundColumn: column?.name ?? finding.column))
  }

  mutating func leaveUnchecked(_ column: String?, _ term: String, _ reason: String, _ line: Int?) {
    unchecked.append(UncheckedTerm(column: column, term: term, reason: reason, line: line))
  }

  // MARK: - The table

  private mutating func checkDialect() {
    guard let was = contract.facts?.dialect, let found = now.dialect else { return }
    func differ(_ what: String, _ was: String, _ found: String, _ code: FindingCode) {
      guard was != found else { return }
      add(Finding(code, "the \(what) is another one", expected: was, found: found))
    }
    differ("delimiter", was.delimiter, found.delimiter, .dialectChanged)
    differ("quote", was.quote ?? "none", found.quote ?? "none", .dialectChanged)
    differ("header", was.headerWords, found.headerWords, .dialectChanged)
    // Line ends within quotes are text, and make a file mixed.
    if was.lineEnding != "mixed", found.lineEnding != "mixed" {
      differ("line ending", was.lineEnding, found.lineEnding, .dialectChanged)
    }
    differ("encoding", was.encoding, found.encoding, .encodingChanged)
  }

  /// Records that are odd in a way in which they were not.
  private mutating func checkRecords() {
    guard let was = contract.facts, was.dialect != nil, now.dialect != nil else { return }
    for word in now.oddities.subtracting(was.oddities).sorted() {
      guard let oddity = RecordOddity(rawValue: word) else { continue }
      let records = now.oddRecords[word]
      var finding = Finding(.recordsOdd, oddity.words, count: records?.count)
      finding.place = records?.place
      add(finding)
    }
  }

  private mutating func checkRows() {
    for rule in contract.rowRules where !rule.comparison.holds(Double(now.rowCount)) {
      if rule.isObserved, let was = contract.facts?.rowCount {
        add(
          Finding(
            .fewerRows, "there are far fewer rows than when the table was locked",
            expected: "\(rule.comparison.words), of \(was)", found: "\(now.rowCount)"))
      } else {
        add(
          Finding(
            .ruleBroken, "the number of rows is not what the contract says",
            expected: rule.comparison.words, found: "\(now.rowCount)"))
      }
    }
  }

  private mutating func checkNames(_ columns: ColumnMatching) {
    let rule = contract.isLock ? ColumnRule.exact : contract.columnRule
    for terms in columns.removed where rule.needsAll {
      add(
        Finding(
          .columnRemoved, column: terms.name, "the column is gone",
          expected: terms.type?.words))
    }
    for (terms, column) in columns.renamed {
      add(
        Finding(
          .columnRenamed, column: terms.name, "the column has another name, it seems",
          expected: "`\(terms.name)`", found: "`\(column.name)`"))
    }
    if rule.allowsOthers {
      let names = columns.added.prefix(3).map { "`\($0.name)`" }.joined(separator: ", ")
      let more = columns.added.count > 3 ? " and \(columns.added.count - 3) more" : ""
      if !columns.added.isEmpty {
        leaveUnchecked(nil, "columns \(names)\(more)", "the contract does not name them", nil)
      }
    }
    for column in columns.added where !rule.allowsOthers {
      add(Finding(.columnAdded, column: column.name, "the column is new", found: "\(column.type)"))
    }
    for (name, before, after) in columns.moved where rule.keepsOrder {
      add(
        Finding(
          .columnMoved, column: name, "the column stands in another place",
          expected: "column \(before)", found: "column \(after)"))
    }
  }
}

extension DialectFacts {
  fileprivate var headerWords: String { hasHeader ? "a header" : "no header" }
}

extension QualityRule.Comparison {
  /// `at least 3`
  package var words: String {
    func text(_ value: Double) -> String {
      Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }
    return switch self {
    case .equal(let bound): text(bound)
    case .notEqual(let bound): "not \(text(bound))"
    case .greater(let bound): "more than \(text(bound))"
    case .atLeast(let bound): "at least \(text(bound))"
    case .less(let bound): "less than \(text(bound))"
    case .atMost(let bound): "at most \(text(bound))"
    case .between(let low, let high): "\(text(low)) to \(text(high))"
    case .notBetween(let low, let high): "not \(text(low)) to \(text(high))"
    }
  }
}
