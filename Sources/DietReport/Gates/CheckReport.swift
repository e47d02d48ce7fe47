package import Columnar
package import Contracts
package import Wording

/// What `diet check` found: what of a table is not as its contract says.
package struct CheckReport: Hashable, Sendable {
  /// The version of the JSON. It grows when a key changes its meaning or goes away.
  package static let schemaVersion = 1

  /// What was read, as it was named.
  package var path: String
  /// How many files were read beside that one.
  package var moreFileCount = 0
  package var contractPath: String
  /// `nil` where the check ended before rows were read.
  package var rowCount: Int?
  package var columnCount: Int
  /// The columns that the contract names, then those that only the table has.
  package var columns: [String]
  package var findings: [Finding]
  package var unchecked: [UncheckedTerm]
  package var notes: [Note]
  package var timing: AnalysisReport.Timing
  /// What changed in the lock, where it was written anew.
  package var accepted: TableComparison?

  package init(
    path: String, contractPath: String, rowCount: Int?, columnCount: Int, columns: [String],
    findings: [Finding], unchecked: [UncheckedTerm], notes: [Note] = [],
    timing: AnalysisReport.Timing
  ) {
    (self.path, self.contractPath) = (path, contractPath)
    (self.rowCount, self.columnCount) = (rowCount, columnCount)
    (self.columns, self.findings, self.unchecked) = (columns, findings, unchecked)
    (self.notes, self.timing) = (notes, timing)
  }

  /// Whether the gate holds.
  package var holds: Bool { !findings.contains { $0.level == .deny } }

  /// The same without values of the table.
  package func redacted() -> CheckReport {
    var report = self
    for index in report.findings.indices { report.findings[index].redact() }
    report.notes = []
    return report
  }

  func findings(_ level: FindingLevel) -> [Finding] { findings.filter { $0.level == level } }
}

extension Finding {
  /// Leaves out what stands in the table.
  fileprivate mutating func redact() {
    place?.value = nil
    if namesValue { found = nil }
    switch code {
    case .outOfRange, .rangeGrew: (expected, found) = (nil, nil)
    case .newCategory, .valueNotAllowed: found = nil
    case .relationBroken, .constantVaries: expected = nil
    default: break
    }
  }

  /// Where the first row is: `line 7,002 of feb.csv`.
  var placeWords: String? {
    guard let place else { return nil }
    let file = place.file.map { " of \(FileTitle($0).name)" } ?? ""
    if let line = place.line { return "line \(CountText(line))\(file)" }
    return "row \(CountText(place.row))\(file)"
  }

  /// All of it in a sentence.
  var sentence: String { sentence(cuttingTo: LongValue.shown) }

  /// The same, with so many characters of each value.
  func sentence(cuttingTo limit: Int) -> String {
    var text = message
    let (expected, found) = (words(expected, limit), words(found, limit))
    if let expected, let found {
      text += ": \(found) instead of \(expected)"
    } else if let found {
      text += ": \(found)"
    } else if let expected {
      text += "; agreed: \(expected)"
    }
    if let placeWords {
      let rows = count.map { $0 > 1 ? "\(CountText($0)) rows, first " : "" } ?? ""
      let value = place?.value.map { " `\($0.onOneLine.ellipsized(to: 40))`" } ?? ""
      text += " (\(rows)\(placeWords)\(value))"
    }
    return text
  }
}

extension Finding {
  /// What is agreed, or found: counts as people read them.
  private func words(_ text: String?, _ limit: Int) -> String? {
    switch code {
    case .fewerRows, .ruleBroken, .nullsFound, .duplicatesFound: text?.cut(to: limit).groupedDigits
    default: text?.cut(to: limit)
    }
  }
}

extension String {
  /// The text with commas in its whole numbers of four digits and more; not in what stands between backticks.
  fileprivate var groupedDigits: String {
    if contains("`") { return self }
    return split(separator: " ", omittingEmptySubsequences: false).map { word in
      let digits = word.prefix { $0.isASCII && $0.isNumber }
      let rest = word.dropFirst(digits.count)
      guard rest.isEmpty || rest == ",", let count = Int(digits) else { return String(word) }
      return "\(CountText(count))\(rest)"
    }.joined(separator: " ")
  }
}

extension CheckReport: GateReport {
  package var jsonText: JSONText {
    .object([
      ("schema_version", .integer(Self.schemaVersion)),
      ("path", .string(path)), ("contract", .string(contractPath)),
      ("rows", rowCount.map(JSONText.integer) ?? .null), ("columns", .integer(columnCount)),
      ("ok", .bool(holds)),
      (
        "counts",
        .object(
          FindingLevel.allCases.reversed().map { ($0.rawValue, .integer(findings($0).count)) })
      ),
      ("findings", .array(findings.map(\.json))),
      ("not_checked", .array(unchecked.map(\.json))),
      (
        "accepted",
        accepted.map { JSONText.array($0.differences.map(\.json)) } ?? .null
      ),
      ("notes", .notes(notes)), ("note_codes", .codes(notes)),
      ("timing", timing.json),
    ])
  }

  package var gate: GateResult {
    // What is allowed is for JSON to tell.
    let findings = findings.filter { $0.level != .allow }
    let ofTable = findings.filter { $0.column == nil }
    let tableCase = GateResult.Case(name: "table", problems: ofTable.map(\.problem))
    let ofColumns = columns.map { name in
      GateResult.Case(name: name, problems: findings.filter { $0.column == name }.map(\.problem))
    }
    let skipped = unchecked.map { term in
      GateResult.Case(
        name: "\(term.column.map { "\($0): " } ?? "")\(term.term)", problems: [],
        skipped: "not checked\(term.lineWords): \(term.reason)")
    }
    var gate = GateResult(
      verb: "check", path: path, cases: [tableCase] + ofColumns + skipped,
      wallSeconds: timing.wallSeconds)
    gate.moreFileCount = moreFileCount
    gate.unchecked = unchecked.map { $0.problem(of: contractPath) }
    return gate
  }
}

extension Finding {
  fileprivate var json: JSONText {
    .object([
      ("code", .string(code.rawValue)), ("class", .string(findingClass.rawValue)),
      ("level", .string(level.rawValue)), ("column", .optional(column)),
      ("message", .string(message)), ("expected", .optional(expected?.cut(to: LongValue.kept))),
      ("found", .optional(found?.cut(to: LongValue.kept))),
      ("count", count.map(JSONText.integer) ?? .null),
      ("file", .optional(place?.file)), ("line", place?.line.map(JSONText.integer) ?? .null),
      ("row", place.map { JSONText.integer($0.row) } ?? .null),
      ("value", .optional(place?.value?.cut(to: LongValue.kept))),
    ])
  }

  fileprivate var problem: GateResult.Problem {
    let severity: GateResult.Severity =
      switch level {
      case .deny: .error
      case .warn: .warning
      case .allow: .notice
      }
    return GateResult.Problem(
      severity, code: code.rawValue, group: findingClass.rawValue, sentence, file: place?.file,
      line: place?.line, column: column)
  }
}

extension UncheckedTerm {
  /// ` (line 12)`, of the contract.
  fileprivate var lineWords: String { line.map { " (line \(CountText($0)))" } ?? "" }

  /// All of it, on one line.
  var sentence: String {
    let place = column.map { "`\($0.onOneLine.ellipsized(to: 40))` " } ?? ""
    return "\(place)\(term.onOneLine.cut(to: LongValue.shown))\(lineWords): \(reason)"
  }

  fileprivate func problem(of contract: String) -> GateResult.Problem {
    GateResult.Problem(
      .notice, code: "not-checked", sentence, file: contract, line: line, column: column)
  }

  fileprivate var json: JSONText {
    .object([
      ("column", .optional(column)), ("term", .string(term.cut(to: LongValue.kept))),
      ("reason", .string(reason)),
      ("line", line.map(JSONText.integer) ?? .null),
    ])
  }
}
