/// Bencher Metric Format (bencher.dev/docs/reference/bencher-metric-format): for each benchmark its
/// measures. `latency` is in nanoseconds, here a row; `speedup` has its interval.
struct BencherFormat: BenchmarkFormat {
  let name = "bencher"

  func text(of report: BenchmarkReport, usesColor: Bool) -> String {
    JSONText.object(
      report.results.map { result in
        (
          result.name,
          .object([
            ("latency", .object([("value", .float(result.leanNanosecondsPerRow))])),
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
