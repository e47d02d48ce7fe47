import Columnar
import Wording

/// The benchmark as a page.
struct BenchmarkHTMLFormat: BenchmarkFormat {
  let name = "html"
  /// As many measurements and columns are listed.
  private static let limits = (speedups: 96, bars: 40, rows: 400)

  func text(of report: BenchmarkReport, usesColor: Bool) -> String {
    let summary = BenchmarkSummary(report)
    let measured = CountText(report.results.count, "measurement")
    let rows =
      report.measuredRowCount < report.rowCount
      ? "the first \(CountText(report.measuredRowCount)) of \(CountText(report.rowCount, "row"))"
      : "\(CountText(report.rowCount, "row"))"
    return HTMLPage(
      "diet bench", title: FileTitle(report.path).name.ellipsized(to: 120),
      facts: "\(rows) · \(measured)",
      figures: figures(report), outcome: summary.outcome,
      sections: gateSections(summary) + resultSections(report) + columnSections(report)
        + lastSections(report, summary)
    ).text
  }

  private func figures(_ report: BenchmarkReport) -> [HTMLPage.Figure] {
    let ratios = report.results.map(\.ratio).sorted()
    guard !ratios.isEmpty else { return [] }
    let slower = report.results.count { $0.speedup.high < 1 }
    var figures: [HTMLPage.Figure] = [
      .init("speed-up in the middle", "\(RatioText(ratios[ratios.count / 2]))", tone: .lean),
      .init("slower", "\(CountText(slower))", tone: slower > 0 ? .slow : .plain),
    ]
    if report.comparison != nil {
      let count = BenchmarkSummary(report).regressions.count
      figures.append(.init("regressed", "\(CountText(count))", tone: count > 0 ? .slow : .plain))
    }
    return figures
  }

  private func gateSections(_ summary: BenchmarkSummary) -> [PageSection] {
    guard let comparison = summary.comparison else { return [] }
    let first = AnalysisPage.first
    return [PageSection("Against the baseline", lead: comparison)]
      + [
        .list("Regressed", first(summary.regressions)),
        .list("Changed, let through by the gate", first(summary.passed)),
        .list("Too noisy to tell", first(summary.noisy)),
      ].compactMap(\.self)
  }

  private func resultSections(_ report: BenchmarkReport) -> [PageSection] {
    if report.results.isEmpty { return [] }
    let intervals = report.results.sorted { $0.ratio < $1.ratio }.map {
      PagePicture.Interval("\($0.column.columnLabel.ellipsized(to: 40)): \($0.kernel)", $0.speedup)
    }
    let more = report.results.count - Self.limits.rows
    let table = PageTable(
      "Measurements",
      [
        .text("column"), .text("kernel"), .text("wide → lean"), .number("wide, ns/row"),
        .number("lean, ns/row"), .number("ratio"), .number("between"), .number("bytes/row"),
        .text("read"), .number("of memory’s bandwidth"),
      ],
      rows: report.results.prefix(Self.limits.rows).map { Self.row($0, report.machine) },
      rest: more > 0 ? "and \(CountText(more)) more: --format json has all" : nil)
    let speeds = PageSection.speeds(intervals, limit: Self.limits.speedups)
    return [speeds, PageSection("Measurements", tables: [table])].compactMap(\.self)
  }

  private static func row(
    _ result: BenchmarkReport.Result, _ machine: BenchmarkReport.Machine
  ) -> [PageTable.Cell] {
    let bytes = [result.wideByteCount, result.leanByteCount].map {
      FixedText(result.bytesPerRow($0), decimals: 1).description
    }
    return [
      .text(result.column.columnLabel), .text(result.kernel),
      .text("\(result.wide) → \(result.lean)".ellipsized(to: 120)),
      .number("\(NanosecondsText(result.wideNanosecondsPerRow))"),
      .number("\(NanosecondsText(result.leanNanosecondsPerRow))"),
      .number("\(RatioText(result.ratio))"), .number(result.speedup.interval),
      .number(bytes.joined(separator: " → ")), .text(result.speedup.path.rawValue),
      .number("\(FixedText(100 * result.bandwidthShare(machine), decimals: 0)) %"),
    ]
  }

  private func columnSections(_ report: BenchmarkReport) -> [PageSection] {
    let columns = report.columns.map { column in
      (column, column.bytes.byRow + column.bytes.dictionary)
    }.sorted { $0.1 > $1.1 }
    guard !columns.isEmpty else { return [] }
    let pairs = columns.prefix(Self.limits.bars).map { column, byteCount in
      PagePicture.Pair(column.name.columnLabel.ellipsized(to: 60), before: nil, after: byteCount)
    }
    let more = columns.count - Self.limits.rows
    let table = PageTable(
      "Lean bytes by column, as a table",
      [
        .text("column"), .text("type"), .text("layout"), .number("values"), .number("validity"),
        .number("offsets"), .number("dictionary"), .text("why"),
      ],
      rows: columns.prefix(Self.limits.rows).map { column, _ in
        let bytes = column.bytes
        return [
          .text(column.name.columnLabel), .text(column.type), .text(column.layout),
          .number("\(ByteText(bytes.values))"), .number("\(ByteText(bytes.validity))"),
          .number("\(ByteText(bytes.offsets))"), .number("\(ByteText(bytes.dictionary))"),
          .text(column.reason.onOneLine.ellipsized(to: 160)),
        ]
      }, rest: more > 0 ? "and \(CountText(more)) more: --format json has all" : nil)
    var picture = PagePicture.pairs(pairs, before: "", after: "lean")
    picture.legend.removeFirst()
    let left = columns.count - pairs.count
    return [
      PageSection(
        "Lean bytes by column",
        lead: left > 0 ? "The largest; \(CountText(left)) more are smaller." : nil,
        picture: picture, tables: [table])
    ]
  }

  private func lastSections(
    _ report: BenchmarkReport, _ summary: BenchmarkSummary
  ) -> [PageSection] {
    let rows =
      [("file", report.path)]
      + summary.machine.enumerated().map { index, words in
        (index == 0 ? "processor" : "", words)
      } + [("diet", report.machine.version)]
    let table = PageTable(
      "This run", [.text("what"), .text("is")],
      rows: rows.map { [.text($0.0), .text($0.1.onOneLine.ellipsized(to: 400))] })
    return [.list("Worth knowing", AnalysisPage.first(report.notes.map(\.description)))]
      .compactMap(\.self)
      + [PageSection("This run", tables: [table], code: .command(report.command))]
  }
}
