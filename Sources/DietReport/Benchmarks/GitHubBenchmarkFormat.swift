import Wording

/// What `benchmark-action/github-action-benchmark` reads as `customSmallerIsBetter`: an array of
/// `name`, `unit`, `value` and `extra` (its `src/extract.ts`). Nanoseconds and bytes of the lean side.
struct GitHubBenchmarkFormat: BenchmarkFormat {
  let name = "github-benchmark"

  func text(of report: BenchmarkReport, usesColor: Bool) -> String {
    func entry(
      _ name: String, _ unit: String, _ value: Double, range: String? = nil, _ extra: String
    ) -> JSONText {
      var members: [(key: String, value: JSONText)] = [
        ("name", .string("\(file): \(name)")), ("unit", .string(unit)), ("value", .float(value)),
      ]
      if let range { members.append(("range", .string(range))) }
      return .object(members + [("extra", .string(extra))])
    }
    let file = FileTitle(report.path).name
    let entries = report.results.flatMap { result in
      let speedup = result.speedup
      return [
        entry(
          result.name, "ns/row", result.leanNanosecondsPerRow,
          range: result.leanLeastNanosecondsPerRow.map { "at least \(NanosecondsText($0))" },
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
