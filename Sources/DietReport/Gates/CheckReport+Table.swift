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
      for finding in told.prefix(Self.limit) { text += "\n" + lines(finding, level, ink) }
      if told.count > Self.limit {
        text += "\nand \(CountText(told.count - Self.limit)) more: --format json shows all\n"
      }
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
      let names = allowed.prefix(6).map {
        "\($0.code.rawValue)\($0.column.map { " of \($0.onOneLine.ellipsized(to: 24))" } ?? "")"
      }
      let more = allowed.count > 6 ? " and \(CountText(allowed.count - 6)) more" : ""
      paragraphs.add(
        "allowed",
        "\(names.joined(separator: ", "))\(more)".lines(of: LabelledLines.textWidth))
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

  private func lines(_ finding: Finding, _ level: FindingLevel, _ ink: Ink) -> String {
    let column = finding.column.map { " `\($0.onOneLine.ellipsized(to: 40))`" } ?? ""
    let title = "\(finding.code.rawValue)\(column)"
    let color: Ink.Color = level == .deny ? .red : .yellow
    var text = "\(ink.paint(title, color)) (\(finding.findingClass.rawValue))\n"
    for line in finding.sentence.onOneLine.lines(of: reportWidth - 2) { text += "  \(line)\n" }
    return text
  }
}
