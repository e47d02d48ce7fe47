import Wording

/// Bencher Metric Format (bencher.dev/docs/reference/bencher-metric-format): for each benchmark its
/// measures. `latency` is in nanoseconds, here a row; `speedup` has its interval.
struct BencherFormat: BenchmarkFormat {
  let name = "bencher"

  func text(of report: BenchmarkReport, usesColor: Bool) -> String {
    let file = FileTitle(report.path).name
    return JSONText.object(
      report.results.map { result in
        var latency: [(key: String, value: JSONText)] = [
          ("value", .float(result.leanNanosecondsPerRow))
        ]
        if let least = result.leanLeastNanosecondsPerRow {
          latency.append(("lower_value", .float(least)))
        }
        return (
          "\(file): \(result.name)",
          .object([
            ("latency", .object(latency)),
            (
              "speedup",
              .object([
                ("value", .float(result.ratio)), ("lower_value", .float(result.speedup.low)),
                ("upper_value", .float(result.speedup.high)),
              ])
            ),
            (
              "bytes-per-row",
              .object([("value", .float(result.bytesPerRow(result.leanByteCount)))])
            ),
          ])
        )
      }
    ).document
  }
}
