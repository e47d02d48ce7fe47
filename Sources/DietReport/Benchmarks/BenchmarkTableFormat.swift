import Wording

/// The benchmark for a terminal, at most 80 columns wide: slowdowns at the top.
struct BenchmarkTableFormat: BenchmarkFormat {
  let name = "table"
  /// As many measurements get a line.
  private static let limit = 200
  /// As many of those that say nothing.
  private static let noisyLimit = 3

  func text(of report: BenchmarkReport, usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    let summary = BenchmarkSummary(report)
    var text = ink.paint(summary.title(width: reportWidth), .bold) + "\n"
    for line in summary.outcome.lines(of: reportWidth) { text += ink.paint(line, .bold) + "\n" }
    if !report.results.isEmpty { text += "\n" + table(report, ink) }
    let width = LabelledLines.textWidth
    var paragraphs = LabelledLines(ink: ink)
    paragraphs.add("machine", summary.machine.lines(of: width, separator: " · "))
    if let comparison = summary.comparison {
      paragraphs.add("baseline", comparison.lines(of: width))
    }
    for sentence in summary.regressions {
      paragraphs.add("regressed", sentence.lines(of: width), color: .yellow)
    }
    for sentence in summary.passed { paragraphs.add("passed", sentence.lines(of: width)) }
    let noisy = summary.noisy
    for sentence in noisy.prefix(Self.noisyLimit) {
      paragraphs.add("noisy", sentence.lines(of: width))
    }
    if noisy.count > Self.noisyLimit {
      let more = CountText(noisy.count - Self.noisyLimit)
      paragraphs.add(
        "", "and \(more) more, too noisy to tell: --format json names them".lines(of: width))
    }
    paragraphs.add(notes: report.notes)
    return text + "\n" + paragraphs.text
  }

  private func table(_ report: BenchmarkReport, _ ink: Ink) -> String {
    let shown = report.results.prefix(Self.limit)
    typealias Cell = TextColumn.Cell
    func cells(_ text: (BenchmarkReport.Result) -> String) -> [Cell] {
      shown.map { Cell(text($0), color: $0.isSlowdown ? .yellow : .plain) }
    }
    func bytes(_ result: BenchmarkReport.Result, _ count: Int) -> String {
      let bytes = result.bytesPerRow(count)
      return FixedText(bytes, decimals: bytes < 99.95 ? 1 : 0).description
    }
    var table = TextTable(columns: [
      TextColumn("column", cells: cells { $0.column.onOneLine }),
      TextColumn("kernel", gap: 1, cells: cells { $0.kernel.onOneLine }),
      TextColumn(
        "wide", isNumeric: true, gap: 1, ruleLabel: "ns/row", minimumWidth: 5,
        cells: cells { "\(NanosecondsText($0.wideNanosecondsPerRow))" }),
      TextColumn(
        "lean", isNumeric: true, gap: 1, minimumWidth: 5,
        cells: cells { "\(NanosecondsText($0.leanNanosecondsPerRow))" }),
      TextColumn("ratio", isNumeric: true, gap: 1, cells: cells { "\(RatioText($0.ratio))" }),
      TextColumn("between", isNumeric: true, gap: 1, cells: cells { $0.speedup.interval }),
      TextColumn(
        "wide", isNumeric: true, gap: 1, ruleLabel: "B/row",
        cells: cells { bytes($0, $0.wideByteCount) }),
      TextColumn("lean", isNumeric: true, gap: 1, cells: cells { bytes($0, $0.leanByteCount) }),
      TextColumn("path", gap: 1, cells: cells { $0.speedup.path.rawValue }),
      TextColumn(
        "RAM", isNumeric: true, gap: 1,
        cells: cells { "\(FixedText(100 * $0.bandwidthShare(report.machine), decimals: 0))%" }),
    ])
    var excess = table.width - ReportWidth.ofTables
    for (index, width) in [(0, 12), (1, 12), (0, 8), (1, 8), (0, 4), (1, 4)] {
      excess = table.columns[index].narrow(to: width, excess: excess)
    }
    let rest = report.results.count - shown.count
    return table.text(ink: ink)
      + (rest > 0 ? "and \(CountText(rest)) more: --format json shows all\n" : "")
  }
}
