import Columnar
import Contracts
import Wording

extension CheckReport {
  package static var hasPage: Bool { true }

  /// The report as a page: what fails, what is told, what is allowed, what is not checked.
  package var page: HTMLPage? {
    let counts = FindingLevel.allCases.reversed().map { ($0, findings($0).count) }
    let names: [FindingLevel: String] = [.deny: "denied", .warn: "warnings", .allow: "allowed"]
    return HTMLPage(
      "diet check",
      title: FileTitle(path).name.ellipsized(to: 120) + GateResult.more(moreFileCount),
      facts:
        "\(rowCount.map { "\(CountText($0, "row")) × " } ?? "")\(CountText(columnCount, "column")) · \(FileTitle(contractPath).name.ellipsized(to: 80))",
      figures: counts.map { level, count in
        .init(
          names[level] ?? level.rawValue, "\(CountText(count))",
          tone: level == .deny ? (count > 0 ? .slow : .lean) : .plain)
      },
      outcome: verdict,
      sections: [
        .findings("Denied", rows(.deny), none: "Nothing."),
        findings(.warn).isEmpty ? nil : .findings("Warnings", rows(.warn), none: ""),
        findings(.allow).isEmpty ? nil : .findings("Allowed", rows(.allow), none: ""),
        classes, uncheckedTable, accepted.map(PageSection.changes),
        .list("Worth knowing", notes.map(\.description)), .run(timing),
      ].compactMap(\.self))
  }

  private func rows(_ level: FindingLevel) -> [PageFinding] {
    findings(level).map { finding in
      PageFinding(
        code: finding.code.rawValue, kind: finding.findingClass.rawValue,
        column: finding.column ?? "", line: finding.place?.line ?? finding.place?.row,
        value: finding.place?.value ?? "",
        message: finding.sentence(cuttingTo: 80))
    }
  }

  /// How many findings there are of each class.
  private var classes: PageSection? {
    guard !findings.isEmpty else { return nil }
    let rows: [[PageTable.Cell]] = FindingClass.allCases.compactMap { findingClass in
      let those = findings.filter { $0.findingClass == findingClass }
      guard !those.isEmpty else { return nil }
      return [.text(findingClass.rawValue)]
        + FindingLevel.allCases.reversed().map { level in
          .number("\(CountText(those.count { $0.level == level }))")
        }
    }
    let table = PageTable(
      "Classes", [.text("class"), .number("denied"), .number("warned of"), .number("allowed")],
      rows: rows)
    return PageSection("Classes", tables: [table])
  }

  private var uncheckedTable: PageSection? {
    guard !unchecked.isEmpty else { return nil }
    let table = PageTable(
      "Not checked",
      [.text("column"), .text("term"), .text("why"), .number("line of the contract")],
      rows: unchecked.prefix(200).map { term in
        [
          .text(term.column ?? "(table)"), .text(term.term.cut(to: LongValue.shown)),
          .text(term.reason),
          .number(term.line.map { "\(CountText($0))" } ?? ""),
        ]
      }, rest: unchecked.count > 200 ? "and \(CountText(unchecked.count - 200)) more" : nil,
      isStacked: true)
    return PageSection(
      "Not checked", lead: "What the contract says, and nobody looked at.", tables: [table])
  }
}

extension DiffReport {
  package static var hasPage: Bool { true }

  /// The report as a page: both tables, then what differs.
  package var page: HTMLPage? {
    func bytes(_ side: Side) -> String { side.byteCount.map { "\(ByteText($0))" } ?? "unknown" }
    func facts(_ side: Side) -> String {
      let rows = side.rowCount.map { ", \(CountText($0, "row"))" } ?? ""
      return "\(FileTitle(side.path).name.ellipsized(to: 60))\(rows)"
    }
    let count = comparison.differences.count
    return HTMLPage(
      "diet diff",
      title: "\(FileTitle(before.path).name) → \(FileTitle(after.path).name)".ellipsized(to: 120),
      facts: "\(facts(before)) · \(facts(after))",
      figures: [
        .init("lean, before", bytes(before)), .init("lean, after", bytes(after), tone: .lean),
        .init("differences", "\(CountText(count))", tone: count > 0 ? .slow : .plain),
      ],
      outcome: isSame ? "They are the same." : "\(CountText(count, "difference")).",
      sections: (isSame ? [] : [.changes(comparison)]) + [.run(timing)])
  }
}

extension PageSection {
  /// How the report was made.
  fileprivate static func run(_ timing: AnalysisReport.Timing) -> PageSection {
    let threads = CountText(timing.threadCount, "thread")
    return PageSection(
      "This run", items: ["\(SecondsText(timing.wallSeconds)), \(threads)", "diet \(dietVersion)"])
  }

  private static let changeLimit = 1000

  /// What one table has otherwise than another.
  fileprivate static func changes(_ comparison: TableComparison) -> PageSection {
    let more = comparison.differences.count - changeLimit
    let table = PageTable(
      "Differences", [.text("column"), .text("what"), .text("before"), .text("after")],
      rows: comparison.differences.prefix(changeLimit).map { difference in
        [
          .text(difference.column ?? "(table)"), .text(difference.kind.rawValue),
          .text(difference.text(difference.before)),
          .text(difference.text(difference.after)),
        ]
      }, rest: more > 0 ? "and \(CountText(more)) more: --format json has all" : nil,
      isStacked: true)
    return PageSection("Differences", tables: [table])
  }
}
