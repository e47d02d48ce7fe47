import Wording

/// The benchmark as GitHub-flavoured Markdown: for job summaries and pull requests.
struct BenchmarkMarkdownFormat: BenchmarkFormat {
  let name = "markdown"
  /// As many measurements are seen at once; the others are folded away.
  private static let limit = 40

  func text(of report: BenchmarkReport, usesColor: Bool) -> String {
    let summary = BenchmarkSummary(report)
    var text = "**\(MarkdownText.escaped(summary.title()))**\n\n"
    text += "\(MarkdownText.escaped(summary.outcome))\n"
    if let comparison = summary.comparison { text += "\n\(MarkdownText.escaped(comparison))\n" }
    text += MarkdownText.list("Regressed:", summary.regressions.map(MarkdownText.escaped))
    text += MarkdownText.list(
      "Changed, let through by the gate:", summary.passed.map(MarkdownText.escaped))
    text += MarkdownText.list("Too noisy to tell:", summary.noisy.map(MarkdownText.escaped))
    if !report.results.isEmpty {
      text += "\n" + table(report.results.prefix(Self.limit), report)
    }
    if report.results.count > Self.limit {
      let rest = report.results.dropFirst(Self.limit)
      text += "\n<details><summary>\(CountText(rest.count)) more</summary>\n\n"
      text += table(rest, report) + "\n</details>\n"
    }
    text += MarkdownText.list(
      "Worth knowing:", report.notes.map { MarkdownText.escaped($0.description) })
    let machine = summary.machine.joined(separator: " · ")
    return text + "\nMeasured on \(MarkdownText.escaped(machine)).\n"
  }

  private func table(
    _ results: ArraySlice<BenchmarkReport.Result>, _ report: BenchmarkReport
  ) -> String {
    var text = "| column | kernel | wide → lean | ns/row | ratio | between | bytes/row | path |"
    text += " of memory's bandwidth |\n|:---|:---|:---|---:|---:|---:|---:|:---|---:|\n"
    for result in results {
      let nanoseconds =
        "\(NanosecondsText(result.wideNanosecondsPerRow)) →"
        + " \(NanosecondsText(result.leanNanosecondsPerRow))"
      let (wide, lean) = (
        result.bytesPerRow(result.wideByteCount), result.bytesPerRow(result.leanByteCount)
      )
      let ratio = "\(RatioText(result.ratio))"
      let cells = [
        MarkdownText.code(result.column.ellipsized(to: 80)), MarkdownText.code(result.kernel),
        MarkdownText.escaped("\(result.wide) → \(result.lean)"),
        MarkdownText.escaped(nanoseconds),
        result.isSlowdown ? "**\(ratio)**" : MarkdownText.escaped(ratio),
        MarkdownText.escaped(result.speedup.interval),
        "\(FixedText(wide, decimals: 1)) → \(FixedText(lean, decimals: 1))",
        result.speedup.path.rawValue,
        "\(FixedText(100 * result.bandwidthShare(report.machine), decimals: 0)) %",
      ]
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    return text
  }
}
