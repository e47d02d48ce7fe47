import Columnar
import Contracts
import Wording

extension CheckReport {
  /// The report for a terminal, at most 80 columns wide: what fails, then what is told.
  package func table(usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    let rows = rowCount.map { "\(CountText($0, "row")) × " } ?? ""
    let facts = " · \(rows)\(CountText(columnCount, "column"))"
    var text = ""
    for line in FileTitle(path).text(facts: GateResult.more(moreFileCount) + facts).lines(
      of: reportWidth)
      + verdict.lines(of: reportWidth)
    {
      text += ink.paint(line, .bold) + "\n"
    }
    for level in [FindingLevel.deny, .warn] {
      let told = findings(level)
      let groups = Self.folded(told)
      for group in groups.prefix(Self.limit) { text += "\n" + lines(group, level, ink) }
      let rest = groups.dropFirst(Self.limit).reduce(0) { $0 + $1.count }
      if rest > 0 { text += "\nand \(CountText(rest)) more: --format json shows all\n" }
    }
    var paragraphs = LabelledLines(ink: ink)
    if !unchecked.isEmpty {
      let shown = unchecked.prefix(12).map(\.sentence)
      let more = unchecked.count > 12 ? ["and \(CountText(unchecked.count - 12)) more"] : []
      paragraphs.add(
        "unchecked",
        (shown + more).flatMap { $0.lines(of: LabelledLines.textWidth) })
    }
    let allowed = findings(.allow)
    if !allowed.isEmpty {
      paragraphs.add("allowed", Self.names(allowed).lines(of: LabelledLines.textWidth))
    }
    paragraphs.add(notes: notes)
    if let accepted {
      let title =
        accepted.differences.isEmpty
        ? "The lock was written anew, and says the same." : "The lock was written anew:"
      text += "\n" + ink.paint(title, .bold) + "\n"
      if !accepted.differences.isEmpty { text += accepted.table(ink: ink) }
    }
    return paragraphs.text.isEmpty ? text : text + "\n" + paragraphs.text
  }

  private static let limit = 40

  var verdict: String {
    let contract = FileTitle(contractPath).name.ellipsized(to: 40)
    let (denied, warned) = (findings(.deny).count, findings(.warn).count)
    let warnings = warned > 0 ? "\(CountText(warned, "warning"))" : ""
    if denied == 0 {
      return "It is as \(contract) says\(warnings.isEmpty ? "" : ", with \(warnings)")."
    }
    return
      "It is not as \(contract) says: \(CountText(denied, "finding"))\(warnings.isEmpty ? "" : " and \(warnings)")."
  }

  /// So many findings of one code are one entry.
  private static let foldedCount = 6
  /// Of so many columns the names are told.
  private static let namedCount = 3

  /// The findings in their order; those of one code and class that are many stand together, where the first is.
  private static func folded(_ findings: [Finding]) -> [[Finding]] {
    struct Kind: Hashable { var code: FindingCode, findingClass: FindingClass }
    func kind(_ finding: Finding) -> Kind {
      Kind(code: finding.code, findingClass: finding.findingClass)
    }
    let counts = Dictionary(grouping: findings, by: kind)
    var groups: [[Finding]] = []
    var isTold: Set<Kind> = []
    for finding in findings {
      let alike = counts[kind(finding)] ?? []
      if alike.count < foldedCount {
        groups.append([finding])
      } else if isTold.insert(kind(finding)).inserted {
        groups.append(alike)
      }
    }
    return groups
  }

  private func lines(_ group: [Finding], _ level: FindingLevel, _ ink: Ink) -> String {
    guard let first = group.first else { return "" }
    let isFolded = group.count > 1
    let width = isFolded ? 24 : 40
    let columns = Self.names(of: group) { "`\($0.onOneLine.ellipsized(to: width))`" }
    let title = first.code.rawValue + (columns.isEmpty ? "" : " ")
    let color: Ink.Color = level == .deny ? .red : .yellow
    // The columns of a folded entry take more than a line.
    let words = "\(title)\(columns) (\(first.findingClass.rawValue))"
    var lines = isFolded ? words.lines(of: reportWidth) : [words]
    let painted = isFolded ? first.code.rawValue : title + columns
    lines[0] = ink.paint(painted, color) + lines[0].dropFirst(painted.count)
    let isAlike = group.allSatisfy { $0.message == first.message }
    let sentence =
      isFolded
      ? isAlike ? "\(first.message): --format json has each" : "first: \(first.sentence)"
      : first.sentence
    lines += sentence.onOneLine.lines(of: reportWidth - 2).map { "  \($0)" }
    return lines.map { $0 + "\n" }.joined()
  }

  /// `a, b, c and 37 more`, each once; empty where there are no columns.
  private static func names(
    of findings: [Finding], _ spelled: (String) -> String
  ) -> String {
    var names: [String] = []
    for case let name? in findings.map(\.column) where !names.contains(name) { names.append(name) }
    let shown = names.prefix(names.count >= foldedCount ? namedCount : names.count).map(spelled)
    let more = names.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(CountText(more)) more" : "")
  }

  /// The codes of findings, each once, with its columns.
  private static func names(_ findings: [Finding]) -> String {
    var codes: [FindingCode] = []
    for finding in findings where !codes.contains(finding.code) { codes.append(finding.code) }
    return codes.map { code in
      let columns = names(of: findings.filter { $0.code == code }) {
        $0.onOneLine.ellipsized(to: 24)
      }
      return columns.isEmpty ? code.rawValue : "\(code.rawValue) of \(columns)"
    }.joined(separator: "; ")
  }
}
