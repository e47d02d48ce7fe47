import Columnar
import Wording

extension EstimateReport {
  /// As many columns get a line of their own.
  static let shownColumnLimit = 40

  /// The report for a terminal, at most 80 columns wide.
  public func table(usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    let words = EstimateWords(self)
    let title = FileTitle(path).text(facts: " · \(words.label)")
    var text = ink.paint(title.ellipsized(to: reportWidth), .bold) + "\n"
    for line in words.size.lines(of: reportWidth) + words.outcome.lines(of: reportWidth) {
      text += ink.paint(line, .bold) + "\n"
    }
    if !columns.isEmpty { text += "\n" + columnTable.text(ink: ink) }
    if columns.count > Self.shownColumnLimit {
      text +=
        "and \(CountText(columns.count - Self.shownColumnLimit)) more: --format json shows all\n"
    }
    let width = LabelledLines.textWidth
    var paragraphs = LabelledLines(ink: ink)
    paragraphs.add("estimate", words.meaning.flatMap { $0.lines(of: width) }, color: .yellow)
    paragraphs.add("doubts", words.legends.flatMap { $0.lines(of: width) })
    paragraphs.add("in memory", words.inMemory.flatMap { $0.lines(of: width) })
    paragraphs.add("as .arrow", words.handedOver.flatMap { $0.lines(of: width) })
    paragraphs.add(
      "this run",
      ["\(SecondsText(timing.wallSeconds)) · \(CountText(timing.threadCount, "thread"))"])
    paragraphs.add(notes: notes)
    paragraphs.add("exactly", words.nextCommand.lines(of: width))
    return text + "\n" + paragraphs.text
  }

  private var columnTable: TextTable {
    let shown = columnsBySize.prefix(Self.shownColumnLimit)
    let unit = ByteUnit(
      forColumnUpTo: shown.flatMap { [$0.before.estimate, $0.worstAfter] }.max() ?? 0)
    func bytes(_ heading: String, _ text: (Column) -> String) -> TextColumn {
      TextColumn(heading, isNumeric: true, cells: shown.map { .init(text($0)) })
    }
    let layouts = shown.map { column in
      var layout = column.layout.onOneLine
      if layout.hasPrefix("dictionary<") { layout = "dict" + layout.dropFirst(10) }
      return layout
    }
    var table = TextTable(columns: [
      TextColumn("column", cells: shown.map { .init($0.label) }),
      TextColumn(
        "type",
        cells: shown.map { column in
          if case .timestamp = column.logicalType { return .init(column.logicalType.name) }
          return .init("\(column.logicalType)")
        }),
      bytes("before ≈") { unit.text($0.before.estimate) },
      bytes("lean ≈") { unit.text($0.after.estimate) },
      bytes("\(unit.symbol), from … to") {
        "\(unit.text($0.after.low)) … \(unit.text($0.after.high))"
      },
      bytes("worst") { unit.text($0.worstAfter) },
      TextColumn("layout", cells: layouts.map { .init($0) }),
      TextColumn("", gap: 1, cells: shown.map { .init($0.doubtMarks, color: .yellow) }),
    ])
    var excess = table.width - ReportWidth.ofTables
    for (index, width) in [(0, 14), (6, 11), (1, 9), (0, 8), (6, 5), (0, 4), (1, 4), (7, 0)] {
      excess = table.columns[index].narrow(to: width, excess: excess)
    }
    return table
  }
}
