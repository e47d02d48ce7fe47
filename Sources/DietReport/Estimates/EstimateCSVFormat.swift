/// One row per column, as of the exact report; what is estimated has a heading that says so.
struct EstimateCSVFormat: EstimateFormat {
  let name = "csv"

  func text(of report: EstimateReport, usesColor: Bool) -> String {
    func three(_ name: String) -> [String] { ["\(name)_estimate", "\(name)_low", "\(name)_high"] }
    func cells(_ figure: EstimateReport.Figure?) -> [String] {
      figure.map { ["\($0.estimate)", "\($0.low)", "\($0.high)"] } ?? ["", "", ""]
    }
    let head =
      ["name", "logical_type_estimate", "before_type_estimate", "layout_estimate", "layout_high"]
      + three("nulls") + three("distinct") + three("bytes_before") + three("bytes_after")
      + ["bytes_before_worst_high", "bytes_after_worst_high", "doubts"]
    return CSVText.lines(
      [head]
        + report.columns.map { column in
          [
            column.name, "\(column.logicalType)", column.beforeType, column.layout,
            column.highLayout,
          ] + cells(column.nulls) + cells(column.distinct) + cells(column.before)
            + cells(column.after)
            + ["\(column.worstBefore)", "\(column.worstAfter)", column.doubtWords]
        })
  }
}
