import Columnar
import Engines
import Wording

/// The report as a piece of HTML, to be shown in a notebook: no script, nothing fetched, and colours
/// that do on a light page as on a dark one.
struct HTMLFragment: ReportFormat {
  let name = "html"
  /// As many columns are seen at once; the others are folded away.
  private static let limit = 40

  func text(of report: AnalysisReport, usesColor: Bool) -> String {
    let headline = Headline(report)
    var html = "<div class=\"memory-diet\">\n\(Self.style)"
    html += "<p><strong>\(escaped(headline.title()))</strong><br>\(escaped(headline.outcome))</p>\n"
    let columns = report.columnsBySaving
    if !columns.isEmpty {
      html += bars(report.memory) + table(columns.prefix(Self.limit))
    }
    if columns.count > Self.limit {
      let rest = columns.dropFirst(Self.limit)
      html += "<details><summary>\(CountText(rest.count)) more columns</summary>\n"
      html += table(rest) + "</details>\n"
    }
    if let budget = report.budget { html += section(BudgetText(budget)) }
    html += list(FidelityMark.legends(report.columns) + ReportNotes(report).sentences)
    return html + "</div>\n"
  }

  /// What each engine takes, and the lean table, against the largest of them.
  private func bars(_ memory: AnalysisReport.Memory) -> String {
    let engines = memory.engines.map { (EngineLabel($0.name).description, $0.byteCount, "") }
    let rows = engines + [("lean", memory.after, " class=\"lean\"")]
    let largest = Double(max(1, rows.map(\.1).max() ?? 1))
    let lines = rows.map { label, byteCount, style in
      let share = (Double(byteCount) / largest * 1000).rounded() / 10
      return "<tr><th>\(escaped(label))</th><td class=\"number\">\(ByteText(byteCount))</td>"
        + "<td class=\"bar\"><div\(style) style=\"width:\(share)%\"></div></td></tr>\n"
    }
    return "<table>\n\(lines.joined())</table>\n"
  }

  private func table(_ columns: ArraySlice<AnalysisReport.Column>) -> String {
    let heads = ["column", "type", "before", "after", "layout", "distinct", "null", "why"]
    let numbers: Set = ["before", "after", "distinct", "null"]
    var html = "<table>\n<thead><tr>"
    for head in heads {
      html += numbers.contains(head) ? "<th class=\"number\">\(head)</th>" : "<th>\(head)</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for column in columns {
      let distinct = column.distinctCount.map {
        (column.isDistinctExact ? CountText($0) : CountText(about: $0)).description
      }
      let layout = "\(column.beforeType) → \(column.layout)\(FidelityMark.mark(column.fidelity))"
      let cells = [
        "<th>\(escaped(column.label.ellipsized(to: 80)))</th>",
        "<td>\(escaped("\(column.logicalType)"))</td>",
        number("\(ByteText(column.before))"), number("\(ByteText(column.after.total))"),
        "<td>\(escaped(layout))</td>", number(distinct ?? ""),
        number("\(CountText(column.nullCount))"), "<td>\(escaped(column.reason))</td>",
      ]
      html += "<tr>\(cells.joined())</tr>\n"
    }
    return html + "</tbody>\n</table>\n"
  }

  /// What each engine takes beside the budget, and what it would take to fit.
  private func section(_ text: BudgetText) -> String {
    let budget = text.budget
    var html = "<table>\n<thead><tr><th>in \(ByteText(budget.byteCount))</th>"
    html +=
      "<th class=\"number\">held</th><th class=\"number\">peak, about</th><th></th></tr></thead>\n<tbody>\n"
    for engine in budget.engines {
      html += "<tr><th>\(escaped(BudgetText.label(engine)))</th>"
      html += number("\(ByteText(engine.bytes.held))") + number("\(ByteText(engine.bytes.peak))")
      html += "<td>\(escaped(text.answer(engine)))</td></tr>\n"
    }
    html += "</tbody>\n</table>\n<p>\(escaped(text.outcome))</p>\n"
    let changes = budget.changes.prefix(Self.limit).map {
      "\($0.label.ellipsized(to: 80)): \(text.change($0))"
    }
    return html + list(changes + text.more) + list(text.caveats + text.lossy)
  }

  private func number(_ text: String) -> String { "<td class=\"number\">\(escaped(text))</td>" }

  private func list(_ items: [String]) -> String {
    if items.isEmpty { return "" }
    return "<ul>\n" + items.map { "<li>\(escaped($0))</li>\n" }.joined() + "</ul>\n"
  }

  /// `text` on one line, with everything in it taken literally.
  private func escaped(_ text: String) -> String {
    var html = ""
    for scalar in text.onOneLine.unicodeScalars {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      default: html.unicodeScalars.append(scalar)
      }
    }
    return html
  }

  private static let style = """
    <style>
    .memory-diet table { border-collapse: collapse; margin: 0.5em 0; }
    .memory-diet th, .memory-diet td { padding: 0.15em 0.6em; text-align: left; border: 0; }
    .memory-diet thead th { border-bottom: 1px solid currentColor; }
    .memory-diet .number { text-align: right; white-space: nowrap; }
    .memory-diet .bar { width: 20em; }
    .memory-diet .bar div { height: 0.8em; background: #8a8f98; }
    .memory-diet .bar .lean { background: #2a9d5c; }
    </style>

    """
}
