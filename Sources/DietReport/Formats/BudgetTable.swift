import Columnar
import Wording

/// A budget for a terminal: the engines, then the changes, then what there is to say.
struct BudgetTable {
  private let words: BudgetText
  private var budget: AnalysisReport.Budget { words.budget }

  init(_ budget: AnalysisReport.Budget) { words = BudgetText(budget) }

  func text(ink: Ink) -> String {
    var text = engines.text(ink: ink) + "\n"
    var paragraphs = LabelledLines(ink: ink)
    paragraphs.add("to fit", words.outcome.lines(of: LabelledLines.textWidth))
    if !budget.changes.isEmpty {
      text += paragraphs.text + "\n" + changes.text(ink: ink)
      paragraphs = LabelledLines(ink: ink)
      text += words.more.map { $0 + "\n" }.joined()
    }
    for sentence in words.caveats + words.lossy {
      paragraphs.add("", sentence.lines(of: LabelledLines.textWidth))
    }
    return text + paragraphs.text
  }

  private var engines: TextTable {
    let engines = budget.engines
    return TextTable(columns: [
      TextColumn(
        "in \(ByteText(budget.byteCount))", cells: engines.map { .init(BudgetText.label($0)) }),
      TextColumn(
        "held", isNumeric: true,
        cells: engines.map {
          .init(($0.isForetold ? "≈ " : "") + "\(ByteText($0.bytes.held))")
        }),
      TextColumn(
        "peak ≈", isNumeric: true, cells: engines.map { .init("\(ByteText($0.bytes.peak))") }),
      TextColumn(
        "", cells: engines.map { .init(words.answer($0), color: $0.fits ? .green : .yellow) }),
    ])
  }

  private var changes: TextTable {
    let changes = budget.changes.prefix(BudgetText.limit)
    func bytes(_ heading: String, _ byteCount: (AnalysisReport.Budget.Change) -> Int) -> TextColumn
    {
      TextColumn(
        heading, isNumeric: true, cells: changes.map { .init("\(ByteText(byteCount($0)))") })
    }
    var table = TextTable(columns: [
      TextColumn("change", cells: changes.map { .init($0.label) }),
      TextColumn("from", cells: changes.map { .init($0.plainType.onOneLine) }),
      TextColumn("to", cells: changes.map { .init($0.leanType.onOneLine) }),
      bytes("saves", \.savedByteCount), bytes("off peak", \.savedPeakByteCount),
      bytes("held", \.total.held), bytes("peak ≈", \.total.peak),
    ])
    var excess = table.width - ReportWidth.ofTables
    for (index, width) in [(0, 14), (2, 14), (0, 10), (1, 7), (2, 8), (0, 6)] {
      excess = table.columns[index].narrow(to: width, excess: excess)
    }
    return table
  }
}
