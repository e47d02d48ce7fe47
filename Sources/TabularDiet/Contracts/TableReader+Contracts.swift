import Columnar
package import Contracts
import DietReport
import FileIO
import FoundationEssentials
package import Options
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
    var profiling = ProfilingOptions()
    profiling.obstacles = .none
    profiling.hashes = known == nil
    let profile = try profile(profiling)
    var facts = profile.facts(wordLimit: CategoryCounts.wordLimit)
    if known == nil { try CategoryCounts(self, facts)?.note(in: &facts) }
    var contract = TableContract(
      locking: facts, name: name ?? Self.tableName(of: profile.summary.source.paths),
      policy: policy, isRedacted: isRedacted)
    contract.reading = try options.readingJSON()
    return contract
  }

  /// `flights` of `data/flights.csv.zst`.
  static func tableName(of paths: [String]) -> String {
    guard let path = paths.first, path != "-" else { return "table" }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let name = file.split(separator: ".").first.map(String.init) ?? file
    return name.isEmpty ? "table" : name
  }

  /// Holds the table against a contract. What fails is looked for once more, in its columns alone, to tell the line.
  package func check(
    _ contract: TableContract, policy: CheckPolicy = CheckPolicy(), findsRows: Bool = true
  ) throws -> CheckedTable {
    let start = ContinuousClock.now
    var profiling = ProfilingOptions()
    profiling.obstacles = .none
    profiling.countsExactly = contract.columns.contains(where: \.isUnique)
    let profile = try profile(profiling)
    let facts = profile.facts(wordLimit: 1 << 16)
    let missing = contract.columns.filter { facts[$0.name] == nil }
    if contract.isLock, missing.count == contract.columns.count, !missing.isEmpty {
      throw OtherTableError(contract, facts)
    }
    let check = ContractCheck(contract, facts, policy: policy)
    let findings = try located(check.candidates, findsRows: findsRows && known == nil)
    return CheckedTable(
      profile: profile, facts: facts, findings: findings, unchecked: check.unchecked,
      duration: ContinuousClock.now - start)
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
      if finding.found == nil { finding.found = found.value.map { "`\($0)`" } }
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
    description =
      "the lock is of another table, `\(contract.table)`: none of its \(contract.columns.count) columns (\(names)) is"
      + " among those of this one (\(found))"
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

  /// These options, and for what they do not say those under which a lock was made.
  package func adding(lockedAs json: String?) throws -> ReadingOptions {
    guard let json else { return self }
    var options = try ReadingOptions(json: json)
    for (option, value) in given() { try option.set(value, in: &options) }
    return options
  }
}
