import Columnar

extension TableContract {
  /// This lock, changed as little as findings want it; what somebody wrote into it stays.
  ///
  /// - Parameters:
  ///   - findings: What is not as it says, and is meant to be so.
  ///   - new: The lock that the table would get anew.
  ///   - now: What the table is.
  package func accepting(
    _ findings: [Finding], new: TableContract, now: TableFacts
  ) -> TableContract {
    var result = self
    result.facts = new.facts
    for finding in findings where finding.level != .allow || finding.code.isAboutNames {
      result.accept(finding, new, now)
    }
    result.takeObservations(of: new)
    let order = new.columns.map { ExactText($0.name) }
    if findings.contains(where: { $0.code == .columnMoved || $0.code == .columnAdded }) {
      let places = Dictionary(zip(order, order.indices), uniquingKeysWith: { first, _ in first })
      result.columns.sort {
        places[ExactText($0.name)] ?? .max < places[ExactText($1.name)] ?? .max
      }
    }
    return result
  }

  private mutating func accept(_ finding: Finding, _ new: TableContract, _ now: TableFacts) {
    guard let name = finding.column else {
      if finding.code == .fewerRows {
        rowRules.removeAll(where: \.isObserved)
        rowRules += new.rowRules.filter(\.isObserved)
      }
      return
    }
    let fresh = new.columns.first { $0.name.isExactly(name) }
    if finding.code == .columnAdded, let fresh { return columns.append(fresh) }
    guard let index = columns.firstIndex(where: { $0.name.isExactly(name) }) else { return }
    switch finding.code {
    case .columnRemoved: columns.remove(at: index)
    case .columnRenamed:
      guard let found = finding.found?.unquoted else { return }
      columns[index].name = found
    case .typeChanged, .finerUnit:
      guard let fresh else { return }
      (columns[index].type, columns[index].format) = (fresh.type, fresh.format)
      (columns[index].validValues, columns[index].isUnique) = (fresh.validValues, fresh.isUnique)
    case .widerNeeded, .narrowerPossible, .littleHeadroom:
      guard let fresh else { return }
      (columns[index].type, columns[index].format) = (fresh.type, fresh.format)
    case .nullsFound: columns[index].isRequired = false
    case .duplicatesFound: columns[index].isUnique = false
    case .newCategory:
      columns[index].validValues = columns[index].validValues?.adding(now[name]?.words)
    default: return
    }
  }

  /// Ranges and words that stand in the lock because the table had them.
  private mutating func takeObservations(of new: TableContract) {
    for index in columns.indices {
      let fresh = new.columns.first { $0.name.isExactly(columns[index].name) }
      if columns[index].minimum?.isObserved == true { columns[index].minimum = fresh?.minimum }
      if columns[index].maximum?.isObserved == true { columns[index].maximum = fresh?.maximum }
    }
  }
}

extension ValidValues {
  /// These and others; `nil` where there are too many others to be known.
  fileprivate func adding(_ words: [String]?) -> ValidValues? {
    guard let words else { return nil }
    switch self {
    case .listed(let values): return .listed(values.union(words.map(ExactText.init)))
    case .digests(let digests, let column):
      guard case .digests(let others, _) = ValidValues(listing: words).redacted(column) else {
        return nil
      }
      return .digests(digests.union(others), column: column)
    }
  }
}

extension FindingCode {
  /// Whether it is about which columns there are.
  fileprivate var isAboutNames: Bool {
    switch self {
    case .columnAdded, .columnRemoved, .columnRenamed, .columnMoved: true
    default: false
    }
  }
}

extension Finding {
  /// Whether a rule that somebody wrote is broken, which accepting does not change.
  package var isOfRule: Bool {
    switch code {
    case .valueNotAllowed, .outOfRange, .lengthNotAllowed, .ruleBroken: true
    case .duplicatesFound: column == nil
    default: false
    }
  }
}

extension String {
  /// The text within backticks.
  fileprivate var unquoted: String {
    hasPrefix("`") && hasSuffix("`") && count > 1 ? String(dropFirst().dropLast()) : self
  }
}
