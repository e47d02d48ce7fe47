package import Contracts
package import Wording

/// What `diet diff` found: what one table has otherwise than another.
package struct DiffReport: Hashable, Sendable {
  /// The version of the JSON. It grows when a key changes its meaning or goes away.
  package static let schemaVersion = 1

  /// One of the two.
  package struct Side: Hashable, Sendable {
    package var path: String
    /// `table`, `profile`, `plan` or `lock`.
    package var kind: String
    /// `nil` where nobody knows, as of a plan.
    package var rowCount: Int?
    package var columnCount: Int
    package var byteCount: Int?

    package init(_ path: String, kind: String, _ facts: TableFacts) {
      (self.path, self.kind, columnCount) = (path, kind, facts.columns.count)
      rowCount = facts.knowsRows ? facts.rowCount : nil
      byteCount = facts.knowsRows ? facts.byteCount : nil
    }
  }

  package var before: Side
  package var after: Side
  package var comparison: TableComparison
  package var timing: AnalysisReport.Timing

  package init(
    before: Side, after: Side, comparison: TableComparison, timing: AnalysisReport.Timing
  ) {
    (self.before, self.after) = (before, after)
    (self.comparison, self.timing) = (comparison, timing)
  }

  /// Whether nothing differs.
  package var isSame: Bool { comparison.differences.isEmpty }
}

extension DiffReport: GateReport {
  package var jsonText: JSONText {
    .object([
      ("schema_version", .integer(Self.schemaVersion)), ("same", .bool(isSame)),
      ("before", before.json), ("after", after.json),
      ("differences", .array(comparison.differences.map(\.json))),
      ("timing", timing.json),
    ])
  }

  package var gate: GateResult {
    var names: [String?] = [nil]
    for difference in comparison.differences where !names.contains(difference.column) {
      names.append(difference.column)
    }
    return GateResult(
      verb: "diff", path: after.path,
      cases: names.map { name in
        GateResult.Case(
          name: name ?? "table",
          problems: comparison.differences.filter { $0.column == name }.map { difference in
            GateResult.Problem(
              .error, code: difference.kind.rawValue, difference.sentence, column: name)
          })
      }, wallSeconds: timing.wallSeconds)
  }

  /// The report for a terminal, at most 80 columns wide: the table's differences, then each column's.
  package func table(usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    var text = ""
    for side in [before, after] {
      var facts = side.rowCount.map { " · \(CountText($0, "row"))" } ?? " · a \(side.kind)"
      facts += " × \(CountText(side.columnCount, "column"))"
      if let bytes = side.byteCount { facts += " · \(ByteText(bytes)) lean" }
      for line in FileTitle(side.path).text(facts: facts).lines(of: reportWidth) {
        text += ink.paint(line, .bold) + "\n"
      }
    }
    let count = comparison.differences.count
    text +=
      ink.paint(
        isSame ? "They are the same." : "\(CountText(count, "difference")).", .bold) + "\n"
    guard !isSame else { return text }
    return text + "\n" + comparison.table(ink: ink)
  }

  /// For pull requests.
  package var markdown: String? {
    func title(_ side: Side) -> String {
      let rows = side.rowCount.map { ", \(CountText($0, "row"))" } ?? ""
      return "\(MarkdownText.code(FileTitle(side.path).name))\(rows)"
    }
    var text = "### \(title(before)) → \(title(after))\n\n"
    guard !isSame else { return text + "They are the same.\n" }
    text += "| column | what | before | after |\n|:---|:---|:---|:---|\n"
    for difference in comparison.differences {
      let column = difference.column.map(MarkdownText.code) ?? "(table)"
      text +=
        "| \(column) | \(difference.kind.rawValue) | \(MarkdownText.escaped(difference.text(difference.before)))"
        + " | \(MarkdownText.escaped(difference.text(difference.after))) |\n"
    }
    return text
  }
}

extension DiffReport.Side {
  fileprivate var json: JSONText {
    .object([
      ("path", .string(path)), ("kind", .string(kind)),
      ("rows", rowCount.map(JSONText.integer) ?? .null), ("columns", .integer(columnCount)),
      ("bytes", byteCount.map(JSONText.integer) ?? .null),
    ])
  }
}

extension TableComparison.Difference {
  var json: JSONText {
    .object([
      ("kind", .string(kind.rawValue)), ("column", .optional(column)),
      ("before", .optional(before?.cut(to: LongValue.kept))),
      ("after", .optional(after?.cut(to: LongValue.kept))),
    ])
  }

  /// Counts as people read them.
  func text(_ value: String?) -> String {
    guard let value else { return "" }
    switch kind {
    case .rows, .nulls, .distinct: return Int(value).map { "\(CountText($0))" } ?? value
    case .bytes:
      let texts = [before, after].map { $0.flatMap { Int($0) }.map { "\(ByteText($0))" } }
      // Two that are told as the same are told to the byte.
      if texts[0] == texts[1] { return Int(value).map { "\(CountText($0)) B" } ?? value }
      return Int(value).map { "\(ByteText($0))" } ?? value
    default: return value.onOneLine.cut(to: LongValue.shown)
    }
  }

  fileprivate var sentence: String {
    switch (before, after) {
    case (let before?, let after?): "\(kind.rawValue): \(text(after)) instead of \(text(before))"
    case (let before?, nil): "\(kind.rawValue): \(text(before))"
    case (nil, let after?): "\(kind.rawValue): \(text(after))"
    case (nil, nil): kind.rawValue
    }
  }
}

extension TableComparison {
  private static let limit = 200

  /// The differences, a line each.
  func table(ink: Ink) -> String {
    let shown = differences.prefix(Self.limit)
    var table = TextTable(columns: [
      TextColumn("column", cells: shown.map { .init($0.column?.onOneLine ?? "(table)") }),
      TextColumn("what", cells: shown.map { .init($0.kind.rawValue) }),
      TextColumn("before", cells: shown.map { .init($0.text($0.before)) }),
      TextColumn("after", cells: shown.map { .init($0.text($0.after), color: .yellow) }),
    ])
    var excess = table.width - reportWidth
    for (index, width) in [(0, 24), (2, 20), (3, 20), (0, 14), (2, 12), (3, 12)] {
      excess = table.columns[index].narrow(to: width, excess: excess)
    }
    let more = differences.count - shown.count
    return table.text(ink: ink)
      + (more > 0 ? "and \(CountText(more)) more: --format json shows all\n" : "")
  }
}
