import Columnar
package import Contracts
import DietReport
import FileIO
import FoundationEssentials
import Options
import Pipeline

extension TableReader {
  /// The lock of the table, which says of what it is from now on to be.
  ///
  /// - Parameters:
  ///   - name: What the lock calls the table; `nil` for the name of its file.
  ///   - isRedacted: Whether no value of the table is in it.
  package func lock(
    name: String? = nil, policy: CheckPolicy = CheckPolicy(), isRedacted: Bool = false
  ) throws -> TableContract {
    try locked(name: name, policy: policy, isRedacted: isRedacted).contract
  }

  /// The lock, and what it was made of.
  func locked(
    name: String? = nil, policy: CheckPolicy = CheckPolicy(), isRedacted: Bool = false
  ) throws -> (contract: TableContract, profile: TableProfile) {
    var profiling = ProfilingOptions()
    profiling.obstacles = .none
    profiling.hashes = known == nil
    let profile = try profile(profiling)
    var facts = profile.facts(wordLimit: CategoryCounts.wordLimit, plans: true)
    if known == nil { try CategoryCounts(self, facts)?.note(in: &facts) }
    var contract = TableContract(
      locking: facts, name: name ?? Self.tableName(of: profile.summary.source.paths),
      policy: policy, isRedacted: isRedacted)
    contract.reading = try options.readingJSON()
    return (contract, profile)
  }

  /// `flights` of `data/flights.csv.zst`.
  static func tableName(of paths: [String]) -> String {
    guard let path = paths.first, path != "-" else { return "table" }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let name = file.split(separator: ".").first.map(String.init) ?? file
    return name.isEmpty ? "table" : name
  }

  /// Holds the table against a contract. What fails is looked for once more, in its columns alone, to tell the line.
  ///
  /// - Parameter history: The same table at earlier times, by name; this one comes last.
  package func check(
    _ contract: TableContract, policy: CheckPolicy = CheckPolicy(), findsRows: Bool = true,
    history: [TableHistory.Entry] = []
  ) throws -> CheckedTable {
    do {
      return try checkAsTold(contract, policy: policy, findsRows: findsRows, history: history)
    } catch let error as ReadingError where error.code == .invalidValue {
      // A value that is not as the lock remembers the column is what checks are to find.
      guard let column = error.column, let options = options.forgetting(column) else { throw error }
      return try TableReader(inputs: inputs, options: options, digest: digest).check(
        contract, policy: policy, findsRows: findsRows, history: history)
    }
  }

  private func checkAsTold(
    _ contract: TableContract, policy: CheckPolicy, findsRows: Bool,
    history: [TableHistory.Entry]
  ) throws -> CheckedTable {
    let start = ContinuousClock.now
    let contract = contract.leavingOut(Set(options.drop.map(ExactText.init)))
    var profiling = ProfilingOptions()
    profiling.obstacles = .none
    profiling.countsExactly = contract.columns.contains(where: \.isUnique)
    let profile = try profile(profiling)
    var facts = profile.facts(wordLimit: 1 << 16)
    let reader = try agreeing(with: contract, &facts)
    try holdDecimals(as: contract, in: &facts)
    let check = ContractCheck(contract, facts, policy: policy)
    if check.isOfAnotherTable { throw OtherTableError(contract, facts) }
    var findings = try reader.located(check.candidates, findsRows: findsRows && known == nil)
    let keys = try reader.keyFindings(contract, facts, policy: policy)
    findings += keys.findings
    if !history.isEmpty {
      let now = TableHistory.Entry(name: paths[0], facts: facts.measured(by: contract))
      findings += TableHistory(history + [now]).forecasts().map { $0.finding(policy: policy) }
    }
    return CheckedTable(
      profile: profile, facts: facts, findings: findings,
      unchecked: check.unchecked + keys.unchecked,
      duration: ContinuousClock.now - start)
  }

  /// What the start of the first file shows that is denied: names of columns, and how text is spelled; nothing where
  /// that is no text, or comes through a pipe.
  package func startFindings(
    _ contract: TableContract, policy: CheckPolicy = CheckPolicy()
  ) throws -> [Finding] {
    guard known == nil, let path = files.first, SealedDocument.isRegularFile(path),
      try TypedFileFormats.format(of: .path(path)) == nil
    else { return [] }
    let start = try sniff()
    var facts = TableFacts(
      rowCount: 0, columns: start.columns.map { ColumnFacts(name: $0, type: .null) })
    let dialect = start.dialect
    facts.dialect = DialectFacts(
      delimiter: dialect.delimiter, quote: dialect.quote, hasHeader: dialect.hasHeader,
      encoding: dialect.encoding, lineEnding: dialect.lineEnding)
    let check = ContractCheck(contract, startingAs: facts, policy: policy)
    if check.isOfAnotherTable { throw OtherTableError(contract, facts) }
    return check.candidates.map(\.finding).filter { $0.level == .deny }
  }

  /// Findings of columns that make a key together.
  private func keyFindings(
    _ contract: TableContract, _ facts: TableFacts, policy: CheckPolicy
  ) throws -> (findings: [Finding], unchecked: [UncheckedTerm]) {
    var findings: [Finding] = []
    var unchecked: [UncheckedTerm] = []
    for key in contract.keys {
      let names = key.columns.map { "`\($0)`" }.joined(separator: ", ")
      let isThere = key.columns.allSatisfy { facts[$0] != nil }
      guard isThere, known == nil, facts.hasRows else {
        unchecked.append(
          UncheckedTerm(
            column: nil, term: "key \(names)",
            reason: isThere ? "what was read does not tell" : "a column of it is not there",
            line: key.line))
        continue
      }
      let locator = try FindingLocator(self, columns: Set(key.columns))
      guard let found = locator.duplicate(ofKey: key.columns) else { continue }
      var finding = Finding(
        .duplicatesFound, "rows have the same values in \(names), which are a key together",
        expected: "unique", count: found.count)
      finding.level = policy.level(of: finding.code, in: finding.findingClass)
      let place = locator.places(of: [found.row])[found.row]
      finding.place = FindingPlace(
        file: place?.file, line: place?.line, row: found.row + 1, value: found.value)
      finding.found = found.value.map { "`\($0)`" }
      finding.namesValue = true
      findings.append(finding)
    }
    return (findings, unchecked)
  }

  /// The findings with the places of their first rows; those that no row bears out are none.
  private func located(
    _ candidates: [ContractCheck.Candidate], findsRows: Bool
  ) throws -> [Finding] {
    var columns: Set<String> = []
    for candidate in candidates where candidate.search != nil {
      guard let column = candidate.foundColumn else { continue }
      columns.insert(column)
      if case .notFollowing(let relation)? = candidate.search { columns.insert(relation.column) }
    }
    guard findsRows, !columns.isEmpty else {
      return candidates.filter { !$0.isTentative }.map(\.finding)
    }
    let locator = try FindingLocator(self, columns: columns)
    var findings: [(Finding, FindingLocator.Found?)] = []
    for candidate in candidates {
      guard let search = candidate.search, let column = candidate.foundColumn else {
        findings.append((candidate.finding, nil))
        continue
      }
      let found = locator.find(search, in: column)
      if found == nil, candidate.isTentative { continue }
      var finding = candidate.finding
      if let found { finding.count = found.count }
      findings.append((finding, found))
    }
    let places = locator.places(of: Set(findings.compactMap { $0.1?.row }))
    return findings.map { finding, found in
      guard let found else { return finding }
      var finding = finding
      let place = places[found.row]
      finding.place = FindingPlace(
        file: place?.file, line: place?.line, row: found.row + 1, value: found.value)
      if finding.found == nil || finding.namesValue {
        finding.found = found.value.map { "`\($0)`" }
        finding.namesValue = finding.found != nil
      }
      return finding
    }
  }
}

/// A table that was held against a contract.
package struct CheckedTable: Sendable {
  package let profile: TableProfile
  package let facts: TableFacts
  package let findings: [Finding]
  package let unchecked: [UncheckedTerm]
  package let duration: Duration

  /// Whether the gate holds.
  package var holds: Bool { !findings.contains { $0.level == .deny } }
}

/// A lock of which no column is in the table.
package struct OtherTableError: Error, CustomStringConvertible {
  package let description: String

  init(_ contract: TableContract, _ facts: TableFacts) {
    let names = contract.columns.prefix(3).map { "`\($0.name)`" }.joined(separator: ", ")
    let found = facts.columns.prefix(3).map { "`\($0.name)`" }.joined(separator: ", ")
    let place = contract.path.map { path in
      "\(path)\(contract.columns.first?.line.map { ":\($0)" } ?? ""): "
    }
    description =
      "\(place ?? "")the lock is of another table, `\(contract.table)`: it has \(names)"
      + " and this one \(found.isEmpty ? "no columns" : found)"
  }
}

extension ReadingOptions {
  /// How text is read, as JSON, where it is not as usual; nothing of threads and layouts.
  func readingJSON() throws -> String? {
    var kept = self
    kept.layout = LayoutPolicy()
    kept.categories = .text
    kept.text.threads = nil
    guard !kept.given().isEmpty else { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(kept), as: UTF8.self)
  }
}

extension TableFacts {
  /// The same with the widths that a contract names, where values are within them.
  fileprivate func measured(by contract: TableContract) -> TableFacts {
    var facts = self
    for index in facts.columns.indices {
      let column = facts.columns[index]
      if let format = contract.columns.first(where: { $0.name == column.name })?.format,
        let range = column.integers, format.holds(range)
      {
        facts.columns[index].format = format
      }
    }
    return facts
  }
}

extension TableContract {
  /// The same without columns that are not read.
  fileprivate func leavingOut(_ names: Set<ExactText>) -> TableContract {
    guard !names.isEmpty else { return self }
    var contract = self
    contract.columns.removeAll { names.contains(ExactText($0.name)) }
    contract.facts?.columns.removeAll { names.contains(ExactText($0.name)) }
    return contract
  }
}
