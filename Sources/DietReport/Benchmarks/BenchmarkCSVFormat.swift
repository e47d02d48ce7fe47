/// One row per measurement, for spreadsheets and shell scripts.
struct BenchmarkCSVFormat: BenchmarkFormat {
  let name = "csv"

  func text(of report: BenchmarkReport, usesColor: Bool) -> String {
    var text = CSVText.line([
      "column", "kernel", "wide", "lean", "wide_ns_per_row", "lean_ns_per_row", "ratio", "low",
      "high", "path", "bytes_wide", "bytes_lean", "rows", "bandwidth_share", "verdict",
    ])
    for result in report.results {
      let finding = report.comparison?.findings.first {
        $0.column == result.column && $0.kernel == result.kernel
      }
      text += CSVText.line([
        result.column, result.kernel, result.wide, result.lean,
        "\(result.wideNanosecondsPerRow)", "\(result.leanNanosecondsPerRow)", "\(result.ratio)",
        "\(result.speedup.low)", "\(result.speedup.high)", result.speedup.path.rawValue,
        "\(result.wideByteCount)", "\(result.leanByteCount)", "\(result.rowCount)",
        "\(result.bandwidthShare(report.machine))", finding?.verdict.rawValue ?? "",
      ])
    }
    return text
  }
}
