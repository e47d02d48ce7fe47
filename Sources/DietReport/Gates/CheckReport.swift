package import Columnar
package import Contracts
package import Wording

/// What `diet check` found: what of a table is not as its contract says.
package struct CheckReport: Hashable, Sendable {
  /// The version of the JSON. It grows when a key changes its meaning or goes away.
  package static let schemaVersion = 1

  /// What was read, as it was named.
  package var path: String
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
    case .relationBroken: expected = nil
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
  var sentence: String {
    var text = message
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
    return GateResult(
      verb: "check", path: path,
      cases: [tableCase]
        + columns.map { name in
          GateResult.Case(
            name: name, problems: findings.filter { $0.column == name }.map(\.problem))
        }, wallSeconds: timing.wallSeconds)
  }
}

extension Finding {
  fileprivate var json: JSONText {
    .object([
      ("code", .string(code.rawValue)), ("class", .string(findingClass.rawValue)),
      ("level", .string(level.rawValue)), ("column", .optional(column)),
      ("message", .string(message)), ("expected", .optional(expected)),
      ("found", .optional(found)), ("count", count.map(JSONText.integer) ?? .null),
      ("file", .optional(place?.file)), ("line", place?.line.map(JSONText.integer) ?? .null),
      ("row", place.map { JSONText.integer($0.row) } ?? .null),
      ("value", .optional(place?.value)),
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
  fileprivate var json: JSONText {
    .object([
      ("column", .optional(column)), ("term", .string(term)), ("reason", .string(reason)),
      ("line", line.map(JSONText.integer) ?? .null),
    ])
  }
}
