import Columnar
import Engines
import Wording

/// What `diet analyze` found out, section by section. What there is nothing of has no section.
struct AnalysisPage {
  /// As much of each is shown; what is more is put together, so that a browser opens the page of any table.
  struct Limits {
    let rows = 400
    let obstacles = 40
    let tiles: Int
    let bars: Int
    let histograms: Int
    let speedups: Int
    let codeByteCount: Int
    /// Whether pictures of bytes have tables of their own beside that of the columns.
    let hasTables: Bool

    init(columnCount: Int) {
      let isWide = columnCount > 40
      bars = isWide ? 16 : 30
      // Of a very wide table, the rest would be nearly all of it.
      tiles = columnCount > 200 ? 300 : 40
      histograms = isWide ? 12 : 40
      speedups = isWide ? 16 : 40
      codeByteCount = isWide ? 5_000 : 20_000
      hasTables = !isWide
    }
  }

  let limits: Limits

  let report: AnalysisReport
  let columns: [AnalysisReport.Column]
  let before: String

  init(_ report: AnalysisReport) {
    self.report = report
    columns = report.columnsBySaving
    limits = Limits(columnCount: report.columns.count)
    before = "in \(EngineLabel(report.memory.baseline))"
  }

  var page: HTMLPage {
    let headline = Headline(report)
    return HTMLPage(
      "diet analyze", title: FileTitle(report.input.path).name.ellipsized(to: 120),
      facts: headline.facts,
      figures: figures, outcome: headline.outcome,
      sections: upperSections + distributionSections + relationSections + budgetSections
        + noteSections + obstacleSections + speedSections + engineSections + lastSections)
  }

  /// Where bytes went.
  var upperSections: [PageSection] {
    columns.isEmpty ? [] : [kindSection, barSection] + treemapSections + [columnSection]
  }

  private var figures: [HTMLPage.Figure] {
    let memory = report.memory
    guard !columns.isEmpty, memory.before > 0 || memory.after > 0 else { return [] }
    let changed = columns.count { $0.fidelity > .value }
    return [
      .init(before, "\(ByteText(memory.before))"),
      .init(
        memory.before > 0 ? "lean, \(ShareText(memory.after, of: memory.before))" : "lean",
        "\(ByteText(memory.after, isForetold: memory.isForetold))", tone: .lean),
      changed == 0
        ? .init("values changed", "0")
        : .init("columns rounded", "\(CountText(changed))", tone: .slow),
    ]
  }

  private var kindSection: PageSection {
    let sum = columns.reduce(Footprint()) { $0 + $1.after }
    let parts: [(tone: PageTone, text: String, byteCount: Int)] = [
      (.lean, "values", sum.values), (.validity, "validity", sum.validity),
      (.offsets, "offsets", sum.offsets), (.dictionary, "dictionary", sum.dictionary),
      (.padding, "padding", sum.padding),
    ]
    return PageSection(
      "Bytes by kind", picture: PagePicture.stack("The lean table", parts),
      tables: [
        PageTable(
          "Bytes by kind, as a table", [.text("kind"), .number("bytes"), .number("share")],
          rows: parts.map {
            [
              .text($0.text), .number("\(CountText($0.byteCount))"),
              .number("\(ShareText($0.byteCount, of: max(1, sum.total)))"),
            ]
          })
      ])
  }

  // MARK: - Columns

  /// The first columns, and one for all others.
  private func pairs(_ columns: [AnalysisReport.Column], _ limit: Int) -> [PagePicture.Pair] {
    let shown = columns.count > limit ? columns.prefix(limit - 1) : columns[...]
    let pairs = shown.map { column in
      PagePicture.Pair(
        column.label.ellipsized(to: 60), before: column.before, after: column.after.total)
    }
    let rest = columns.dropFirst(shown.count)
    if rest.isEmpty { return pairs }
    return pairs + [
      PagePicture.Pair(
        "\(CountText(rest.count)) others", before: rest.reduce(0) { $0 + $1.before },
        after: rest.reduce(0) { $0 + $1.after.total }, isSum: true)
    ]
  }

  private var barSection: PageSection {
    let pairs = pairs(columns, limits.bars)
    return PageSection(
      "Bytes by column", lead: "The columns that save most come first.",
      picture: PagePicture.pairs(pairs, before: before, after: "lean"),
      tables: limits.hasTables
        ? [
          PagePicture.table(
            of: pairs, title: "Bytes by column, as a table", name: "column", before: before,
            after: "lean")
        ] : [])
  }

  private var treemapSections: [PageSection] {
    guard columns.count > limits.bars else { return [] }
    let largest = columns.sorted { $0.before > $1.before }
    return [
      PageSection(
        "The whole table",
        lead:
          "Each tile is a column; its area is its share of the bytes, which the table below has.",
        picture: PagePicture.treemaps(pairs(largest, limits.tiles), before: before, after: "lean"))
    ]
  }

  private var columnSection: PageSection {
    let rest = columns.dropFirst(limits.rows)
    let bytes =
      "\(ByteText(rest.reduce(0) { $0 + $1.before })) → "
      + "\(ByteText(rest.reduce(0) { $0 + $1.after.total }))"
    let unit = ByteUnit(
      forColumnUpTo: columns.reduce(0) { max($0, $1.before, $1.after.total) })
    let table = PageTable(
      "Columns",
      [
        .text("column"), .text("type"), .text("from → to"), .number("\(unit.symbol) before"),
        .number("\(unit.symbol) lean"), .number("distinct"), .number("null"), .number("headroom"),
        .text("least … greatest"),
        .text("why"),
      ],
      rows: columns.prefix(limits.rows).map { Self.row($0, unit) },
      rest: rest.isEmpty
        ? nil : "and \(CountText(rest.count)) others: \(bytes); --format csv has a row for each")
    return PageSection("Columns", tables: [table], items: FidelityMark.legends(report.columns))
  }

  /// `91 %`; neither 0 nor 100 unless it is that exactly.
  private static func share(_ part: Double) -> String {
    if part > 0, part < 0.005 { return "<1 %" }
    if part < 1, part >= 0.995 { return ">99 %" }
    return "\(FixedText(100 * part, decimals: 0)) %"
  }

  private static func row(
    _ column: AnalysisReport.Column, _ unit: ByteUnit
  ) -> [PageTable.Cell] {
    let distinct = column.distinctCount.map {
      (column.isDistinctExact ? CountText($0) : CountText(about: $0)).description
    }
    let headroom: PageTable.Cell =
      if let headroom = column.headroom {
        .gauge(
          headroom, share(headroom), hint: "\(share(headroom)) of the range free")
      } else {
        .number("")
      }
    let range = [column.minimum.text, column.maximum.text].map { $0.onOneLine.ellipsized(to: 24) }
    let values = range[0] == range[1] ? range[0] : "\(range[0]) … \(range[1])"
    return [
      .text(column.label), .text("\(column.logicalType)"),
      .text("\(column.beforeType) → \(column.layout)\(FidelityMark.mark(column.fidelity))"),
      .number(unit.text(column.before)),
      .number((column.isForetold ? "≈ " : "") + unit.text(column.after.total)),
      .number(distinct ?? ""),
      .number(column.nullCount == 0 ? "" : "\(CountText(column.nullCount))"), headroom,
      .text(values), .text(column.reason.onOneLine.ellipsized(to: 160)),
    ]
  }
}
