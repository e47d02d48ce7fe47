import Wording

/// What `benchmark-action/github-action-benchmark` reads as `customSmallerIsBetter`: an array of
/// `name`, `unit`, `value` and `extra` (its `src/extract.ts`). Nanoseconds and bytes of the lean side.
struct GitHubBenchmarkFormat: BenchmarkFormat {
  let name = "github-benchmark"

  func text(of report: BenchmarkReport, usesColor: Bool) -> String {
    func entry(
      _ name: String, _ unit: String, _ value: Double, _ extra: String
    ) -> JSONText {
      .object([
        ("name", .string(name)), ("unit", .string(unit)), ("value", .float(value)),
        ("extra", .string(extra)),
      ])
    }
    let entries = report.results.flatMap { result in
      let speedup = result.speedup
      return [
        entry(
          result.name, "ns/row", result.leanNanosecondsPerRow,
          "\(result.wide) → \(result.lean): \(RatioText(speedup.ratio)) (\(speedup.interval)),"
            + " \(speedup.path.rawValue)"),
        entry(
          result.name + ", bytes", "B/row", result.bytesPerRow(result.leanByteCount),
          "\(FixedText(result.bytesPerRow(result.wideByteCount), decimals: 2)) wide"),
      ]
    }
    return JSONText.array(entries).document
  }
}
