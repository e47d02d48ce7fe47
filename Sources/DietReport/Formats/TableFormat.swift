import Columnar
import Engines
import Wording

/// The report for a terminal: a headline, the columns, what is worth knowing, and what to type next.
/// No line is wider than 80 columns, whatever the names.
///
///     flights.csv · 336,776 rows × 19 columns · 31.1 MB of text
///     62.7 MB in pandas 3 → 9.8 MB lean (15.6 %), every value the same
struct TableFormat: ReportFormat {
  let name = "table"

  func text(of report: AnalysisReport, usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    let headline = Headline(report)
    var text = ""
    for line in headline.title(width: reportWidth).lines(of: reportWidth)
      + headline.outcome.lines(of: reportWidth)
    {
      text += ink.paint(line, .bold) + "\n"
    }
    let table = ColumnTable(report).text(ink: ink)
    if !table.isEmpty { text += "\n" + table }
    if let budget = report.budget { text += "\n" + BudgetTable(budget).text(ink: ink) }
    return text + "\n" + paragraphs(report, ink: ink)
  }

  private func paragraphs(_ report: AnalysisReport, ink: Ink) -> String {
    let width = LabelledLines.textWidth
    var paragraphs = LabelledLines(ink: ink)
    paragraphs.add("marks", FidelityMark.legends(report.columns).flatMap { $0.lines(of: width) })
    paragraphs.add("in memory", engines(report).lines(of: width, separator: " · "))
    paragraphs.add("as .arrow", handedOver(report).lines(of: width, separator: " · "))
    paragraphs.add("this run", run(report).lines(of: width, separator: " · "))
    let follows = report.columns.compactMap { column in
      column.follows.map { "\(column.name.columnLabel) from \($0)" }
    }
    paragraphs.add("follows", Self.first(8, of: follows).flatMap { $0.lines(of: width) })
    let speed = SpeedSummary(report)
    let slower = Self.first(5, of: speed.slower(nameWidth: 24))
    paragraphs.add("slower", slower.flatMap { $0.lines(of: width) }, color: .yellow)
    paragraphs.add("faster", Self.first(12, of: speed.faster))
    paragraphs.add("costs", report.memory.policyTimes.map(\.line))
    paragraphs.add(notes: Self.first(12, of: ReportNotes(report).sentences))
    if let command = report.nextCommand {
      paragraphs.add("next", command.lines(of: width))
    }
    return paragraphs.text
  }

  /// What the table takes in each engine, and lean.
  private func engines(_ report: AnalysisReport) -> [String] {
    guard !report.columns.isEmpty else { return [] }
    return report.memory.engines.map { "\(ByteText($0.byteCount)) \(EngineLabel($0.name))" }
      + ["\(ByteText(report.memory.after, isForetold: report.memory.isForetold)) lean"]
      + report.memory.otherPolicies.map {
        "\(ByteText($0.byteCount, isForetold: $0.isForetold)) \($0.policy)"
      }
  }

  /// What the lean table takes in each engine that reads it.
  private func handedOver(_ report: AnalysisReport) -> [String] {
    report.memory.handedOver.map { "\(ByteText($0.byteCount)) in \(EngineLabel($0.name))" }
  }

  private func run(_ report: AnalysisReport) -> [String] {
    [
      "\(ByteText(report.memory.peak)) at its peak", "\(SecondsText(report.timing.wallSeconds))",
      "\(CountText(report.timing.threadCount, "thread"))",
    ]
  }

  private static func first(_ limit: Int, of lines: [String]) -> [String] {
    guard lines.count > limit else { return lines }
    let more = CountText(lines.count - limit)
    return lines.prefix(limit) + ["… and \(more) more: --format json shows all"]
  }
}
