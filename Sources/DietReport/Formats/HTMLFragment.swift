import Columnar
import Engines
import Wording

/// The upper part of the page with the first rows, to be shown in a notebook.
struct HTMLFragment: ReportFormat {
  let name = "html"

  func text(of report: AnalysisReport, usesColor: Bool) -> String {
    let analysis = AnalysisPage(report)
    var page = analysis.page
    page.sections = analysis.upperSections
    if let rows = report.extras.firstRows { page.sections.append(Self.section(rows)) }
    page.sections += analysis.relationSections + analysis.budgetSections + analysis.noteSections
    return page.fragment
  }

  private static func section(_ rows: FirstRows) -> PageSection {
    let (count, columns) = (rows.cells.count, rows.names.count)
    let table = PageTable(
      "First rows",
      [.text("row")]
        + zip(rows.names, rows.areNumbers).map { name, isNumber in
          let label = name.columnLabel.ellipsized(to: 40)
          return isNumber ? .number(label) : .text(label)
        },
      rows: rows.cells.enumerated().map { index, cells in
        [.text("\(CountText(index + 1))")]
          + zip(cells, rows.areNumbers).map { text, isNumber in
            let shown = text.map { $0.isEmpty ? "\"\"" : $0.onOneLine.ellipsized(to: 60) } ?? "null"
            return isNumber ? .number(shown) : .text(shown)
          }
      },
      rest: columns < rows.columnCount
        ? "and \(CountText(rows.columnCount - columns, "column")) more" : nil)
    let lead =
      count < rows.rowCount
      ? "\(CountText(count)) of \(CountText(rows.rowCount, "row"))."
      : "\(CountText(count, "row"))."
    return PageSection("First rows", lead: count == 0 ? "There are none." : lead, tables: [table])
  }
}
