import Columnar
import Engines
import Wording

/// The report as GitHub-flavoured Markdown: for pull requests, job summaries and wikis.
struct MarkdownFormat: ReportFormat {
  let name = "markdown"
  /// As many columns are seen at once; the others are folded away.
  private static let limit = 40

  func text(of report: AnalysisReport, usesColor: Bool) -> String {
    let headline = Headline(report)
    var text =
      "**\(MarkdownText.escaped(headline.title()))**\n\n\(MarkdownText.escaped(headline.outcome))\n"
    let columns = report.columnsBySaving
    if !columns.isEmpty { text += "\n" + table(columns.prefix(Self.limit), of: report) }
    if columns.count > Self.limit {
      let rest = columns.dropFirst(Self.limit)
      text += "\n<details><summary>\(CountText(rest.count)) more columns</summary>\n\n"
      text += table(rest, of: report) + "\n</details>\n"
    }
    if let budget = report.budget { text += Self.section(BudgetText(budget)) }
    text += MarkdownText.list("", FidelityMark.legends(report.columns).map(MarkdownText.escaped))
    text += MarkdownText.list(
      "Slower than before:", SpeedSummary(report).slower().map(MarkdownText.escaped))
    text += MarkdownText.list(
      "Worth knowing:", ReportNotes(report).sentences.map(MarkdownText.escaped))
    let engines = report.memory.engines.map { "\(EngineLabel($0.name)) \(ByteText($0.byteCount))" }
    if !columns.isEmpty, !engines.isEmpty {
      text += "\nIn memory: \(MarkdownText.escaped(engines.joined(separator: " · "))).\n"
    }
    let handedOver = report.memory.handedOver.map {
      "\(EngineLabel($0.name)) \(ByteText($0.byteCount))"
    }
    if !handedOver.isEmpty {
      text +=
        "\nThe lean table, read as .arrow: "
        + "\(MarkdownText.escaped(handedOver.joined(separator: " · "))).\n"
    }
    return text
  }

  private func table(_ columns: ArraySlice<AnalysisReport.Column>, of report: AnalysisReport)
    -> String
  {
    let isMeasured = report.columns.contains { !$0.speedups.isEmpty }
    var text = "| column | type | before | after | layout | distinct | null |"
    text += isMeasured ? " speed |" : ""
    text += " why |\n|:---|:---|---:|---:|:---|---:|---:|\(isMeasured ? "---:|" : ""):---|\n"
    for column in columns {
      let ratios = column.speedups.map(\.ratio)
      let layout = "\(column.beforeType) → \(column.layout)"
      let speed = ratios.isEmpty ? "" : RatioText.range(ratios.min()!, ratios.max()!)
      var cells = [
        MarkdownText.code(column.label.ellipsized(to: 80)),
        MarkdownText.escaped("\(column.logicalType)"),
        "\(ByteText(column.before))",
        "\(ByteText(column.after.total, isForetold: column.isForetold))",
        MarkdownText.escaped(layout + FidelityMark.mark(column.fidelity)), distinct(column),
        "\(CountText(column.nullCount))",
      ]
      if isMeasured { cells.append(speed) }
      cells.append(MarkdownText.escaped(column.reason))
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    return text
  }

  /// Engines and changes as lists: they have other cells than columns.
  private static func section(_ text: BudgetText) -> String {
    let budget = text.budget
    let engines = budget.engines.map { engine in
      "\(MarkdownText.escaped(BudgetText.label(engine))): \(ByteText(engine.bytes.held, isForetold: engine.isForetold)) held, about "
        + "\(ByteText(engine.bytes.peak)) at the peak of loading: \(text.answer(engine))"
    }
    let changes = budget.changes.prefix(limit).map { change in
      "\(MarkdownText.code(change.label.ellipsized(to: 80))): "
        + MarkdownText.escaped(text.change(change))
    }
    return MarkdownText.list("In \(ByteText(budget.byteCount)) (peaks are estimates):", engines)
      + "\n\(MarkdownText.escaped(text.outcome)).\n"
      + MarkdownText.list("", changes + text.more.map(MarkdownText.escaped))
      + MarkdownText.list("", (text.caveats + text.lossy).map(MarkdownText.escaped))
  }

  private func distinct(_ column: AnalysisReport.Column) -> String {
    guard let count = column.distinctCount else { return "" }
    return (column.isDistinctExact ? CountText(count) : CountText(about: count)).description
  }
}
