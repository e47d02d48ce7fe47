import Columnar
import Wording

/// The columns of a report as a table in text, those that save most at the top.
struct ColumnTable {
  /// As many columns get a line of their own; the rest share one.
  static let limit = 40

  private let shown: [AnalysisReport.Column]
  private let rest: [AnalysisReport.Column]
  private let rowCount: Int
  private let unit: ByteUnit

  init(_ report: AnalysisReport) {
    let columns = report.columnsBySaving
    shown = Array(columns.prefix(Self.limit))
    rest = Array(columns.dropFirst(Self.limit))
    rowCount = report.input.rowCount
    unit = ByteUnit(forColumnUpTo: shown.flatMap { [$0.before, $0.after.total] }.max() ?? 0)
  }

  func text(ink: Ink) -> String {
    guard !shown.isEmpty else { return "" }
    var table = TextTable(columns: [
      names, types, before, after, layouts(isShort: false), distinct,
    ])
    if shown.contains(where: { $0.nullCount > 0 }) { table.columns.append(nulls) }
    if shown.contains(where: { !$0.speedups.isEmpty }) { table.columns.append(speeds) }
    // One long name would take all others far from their figures.
    _ = table.columns[0].narrow(to: 60, excess: .max)
    // What gives way where the table is too wide: first the spelling of layouts, then names.
    if table.width > ReportWidth.ofTables { table.columns[4] = layouts(isShort: true) }
    var excess = table.width - ReportWidth.ofTables
    for (index, width) in [(0, 14), (4, 12), (0, 10), (1, 9), (4, 6), (0, 6), (1, 4)] {
      excess = table.columns[index].narrow(to: width, excess: excess)
    }
    let text = table.text(ink: ink)
    return rest.isEmpty ? text : text + restLine
  }

  // MARK: - The cells

  private typealias Cell = TextColumn.Cell

  private var names: TextColumn {
    TextColumn("column", cells: shown.map { Cell($0.label) })
  }

  private var types: TextColumn {
    let cells = shown.map { column in
      if case .timestamp = column.logicalType { return Cell(column.logicalType.name) }
      return Cell("\(column.logicalType)")
    }
    return TextColumn("type", cells: cells)
  }

  private var before: TextColumn {
    TextColumn(
      "before", isNumeric: true, ruleLabel: unit.symbol,
      cells: shown.map { Cell(unit.text($0.before)) })
  }

  private var after: TextColumn {
    let cells = shown.map { column in
      Cell(
        (column.isForetold ? "≈ " : "") + unit.text(column.after.total),
        color: column.savedByteCount > 0 ? .green : .plain)
    }
    return TextColumn("after", isNumeric: true, gap: 1, cells: cells)
  }

  private func layouts(isShort: Bool) -> TextColumn {
    let cells = shown.map { column in
      var layout = column.layout.onOneLine
      if layout.hasPrefix("dictionary<") { layout = "dict" + layout.dropFirst(10) }
      if isShort {
        for (word, letter) in [("uint", "u"), ("radix", "r")] {
          if let sign = layout.firstRange(of: word) { layout.replaceSubrange(sign, with: letter) }
        }
      }
      return Cell(layout + FidelityMark.mark(column.fidelity))
    }
    return TextColumn("layout", cells: cells)
  }

  private var distinct: TextColumn {
    let cells = shown.map { column in
      guard let count = column.distinctCount else { return Cell("") }
      if !column.isDistinctExact { return Cell(CountText(about: count).description) }
      let isUnique = count > 1 && count == rowCount - column.nullCount
      return Cell(isUnique ? "unique" : CountText(count).description)
    }
    return TextColumn("distinct", isNumeric: true, cells: cells)
  }

  private var nulls: TextColumn {
    let cells = shown.map { column in
      Cell(
        column.nullCount > 0
          ? ShareText(column.nullCount, of: rowCount, space: "").description : "")
    }
    return TextColumn("null", isNumeric: true, cells: cells)
  }

  private var speeds: TextColumn {
    let cells = shown.map { column in
      let ratios = column.speedups.map(\.ratio)
      guard let worst = ratios.min(), let best = ratios.max() else { return Cell("") }
      return Cell(RatioText.range(worst, best), color: worst < 1 ? .yellow : .plain)
    }
    return TextColumn("speed", isNumeric: true, cells: cells)
  }

  private var restLine: String {
    let bytes = "\(ByteText(rest.before)) → \(ByteText(rest.after))"
    return "and \(CountText(rest.count)) more: \(bytes), --format json shows all\n"
  }
}

extension String {
  /// The name of a column on one line; in quotes where it would not be seen.
  var columnLabel: String {
    unicodeScalars.allSatisfy { $0.properties.isWhitespace } && onOneLine == self
      ? "\"\(self)\"" : onOneLine
  }
}

extension AnalysisReport.Column {
  /// The name on one line; in quotes where it would not be seen.
  var label: String { name.columnLabel }
}

extension AnalysisReport {
  /// The columns that save most first; the order of the file where they save the same.
  var columnsBySaving: [Column] {
    columns.enumerated().sorted { a, b in
      let (saved, other) = (a.element.savedByteCount, b.element.savedByteCount)
      return saved == other ? a.offset < b.offset : saved > other
    }.map(\.element)
  }
}

extension [AnalysisReport.Column] {
  fileprivate var before: Int { reduce(0) { $0 + $1.before } }
  fileprivate var after: Int { reduce(0) { $0 + $1.after.total } }
}
