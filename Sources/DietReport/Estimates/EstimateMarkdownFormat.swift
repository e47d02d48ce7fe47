import Wording

/// An estimate as GitHub-flavoured Markdown.
struct EstimateMarkdownFormat: EstimateFormat {
  let name = "markdown"

  func text(of report: EstimateReport, usesColor: Bool) -> String {
    let words = EstimateWords(report)
    let title = FileTitle(report.path).name
    var text = "**\(MarkdownText.escaped("\(title) · \(words.label)"))**\n\n"
    text += MarkdownText.escaped(words.size) + "<br>\n"
    text += MarkdownText.escaped(words.outcome) + "\n"
    if !report.columns.isEmpty { text += "\n" + table(report) }
    text += MarkdownText.list("", words.meaning.map { MarkdownText.escaped($0) })
    text += MarkdownText.list("Doubts:", words.legends.map(MarkdownText.escaped))
    text += MarkdownText.list("Worth knowing:", report.notes.map { MarkdownText.escaped("\($0)") })
    text += MarkdownText.list("In memory:", words.inMemory.map(MarkdownText.escaped))
    return text
      + MarkdownText.list(
        "The lean table, read as .arrow:", words.handedOver.map(MarkdownText.escaped))
  }

  private func table(_ report: EstimateReport) -> String {
    var text =
      "| column | type, estimate | before, estimate | low | high | lean, estimate | low | high | worst | layout | doubts |\n"
      + "|:---|:---|---:|---:|---:|---:|---:|---:|---:|:---|:---|\n"
    for column in report.columnsBySize {
      let figures = [column.before, column.after].flatMap { [$0.estimate, $0.low, $0.high] }
      let cells =
        [
          MarkdownText.code(column.label.ellipsized(to: 80)),
          MarkdownText.escaped("\(column.logicalType)"),
        ] + (figures + [column.worstAfter]).map { "\(ByteText($0))" }
        + [MarkdownText.escaped(column.layouts), MarkdownText.escaped(column.doubtWords)]
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    return text
  }
}
