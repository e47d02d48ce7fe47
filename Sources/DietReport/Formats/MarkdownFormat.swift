import Columnar

/// The report as GitHub-flavoured Markdown: for pull requests, job summaries and wikis.
struct MarkdownFormat: ReportFormat {
  let name = "markdown"
  /// As many columns are seen at once; the others are folded away.
  private static let limit = 40

  func text(of report: AnalysisReport, usesColor: Bool) -> String {
    let headline = Headline(report)
    var text = "**\(Self.escaped(headline.title()))**\n\n\(Self.escaped(headline.outcome))\n"
    let columns = report.columnsBySaving
    if !columns.isEmpty { text += "\n" + table(columns.prefix(Self.limit), of: report) }
    if columns.count > Self.limit {
      let rest = columns.dropFirst(Self.limit)
      text += "\n<details><summary>\(CountText(rest.count)) more columns</summary>\n\n"
      text += table(rest, of: report) + "\n</details>\n"
    }
    text += Self.list("", FidelityMark.legends(report.columns).map(Self.escaped))
    text += Self.list("Slower than before:", SpeedSummary(report).slower().map(Self.escaped))
    text += Self.list("Worth knowing:", ReportNotes(report).sentences.map(Self.escaped))
    let engines = report.memory.engines.map { "\(EngineLabel($0.name)) \(ByteText($0.byteCount))" }
    if !columns.isEmpty, !engines.isEmpty {
      text += "\nIn memory: \(Self.escaped(engines.joined(separator: " · "))).\n"
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
        Self.code(column.label.ellipsized(to: 80)), Self.escaped("\(column.logicalType)"),
        "\(ByteText(column.before))", "\(ByteText(column.after.total))",
        Self.escaped(layout + FidelityMark.mark(column.fidelity)), distinct(column),
        "\(CountText(column.nullCount))",
      ]
      if isMeasured { cells.append(speed) }
      cells.append(Self.escaped(column.reason))
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    return text
  }

  private func distinct(_ column: AnalysisReport.Column) -> String {
    guard let count = column.distinctCount else { return "" }
    return (column.isDistinctExact ? CountText(count) : CountText(about: count)).description
  }

  private static func list(_ title: String, _ items: [String]) -> String {
    guard !items.isEmpty else { return "" }
    let head = title.isEmpty ? "\n" : "\n\(title)\n\n"
    return head + items.map { "- \($0)\n" }.joined()
  }

  /// A name as code. Where it holds what code spans in tables cannot, it is escaped instead.
  private static func code(_ name: String) -> String {
    let line = name.onOneLine
    let scalars = line.unicodeScalars
    if scalars.contains("`") || scalars.contains("\\") { return escaped(line) }
    let isPadded = scalars.first == " " && scalars.last == " "
    let body = scalars.reduce(into: "") { text, scalar in
      if scalar == "|" { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
    return isPadded ? "` \(body) `" : "`\(body)`"
  }

  /// The text with everything taken literally, also within a table.
  private static func escaped(_ text: String) -> String {
    var result = ""
    let scalars = Array(text.onOneLine.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      // Within a word, `_` is no emphasis.
      case "_"
      where index > 0 && scalars[index - 1].properties.isAlphabetic
        && index + 1 < scalars.count && scalars[index + 1].properties.isAlphabetic:
        result += "_"
      case "|", "*", "_", "[", "]", "~": result += "\\" + String(scalar)
      case "\\": result += "&#92;"
      case "`": result += "&#96;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
