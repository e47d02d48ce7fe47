import Wording

/// A benchmark in words, for people.
struct BenchmarkSummary {
  private let report: BenchmarkReport

  init(_ report: BenchmarkReport) { self.report = report }

  /// `flights.csv · 336,776 rows · 61 measurements`
  func title(width: Int = .max) -> String {
    let (measured, all) = (report.measuredRowCount, report.rowCount)
    let rows =
      measured < all
      ? "the first \(CountText(measured)) of \(CountText(all, "row"))" : "\(CountText(all, "row"))"
    return FileTitle(report.path).text(
      facts: " · \(rows) · \(CountText(report.results.count, "measurement"))", width: width)
  }

  /// `lean is faster in 58 of 61, 4.9× in the middle`
  var outcome: String {
    let ratios = report.results.map(\.ratio).sorted()
    guard !ratios.isEmpty else {
      return "No column is stored otherwise than in its wide form: nothing to compare."
    }
    let faster = report.results.count { !$0.isSlowdown }
    let middle = RatioText(ratios[ratios.count / 2])
    if ratios.count == 1 {
      return "Lean is \(faster == 1 ? "faster" : "not faster") in the one measurement, \(middle)."
    }
    return "Lean is faster in \(CountText(faster)) of \(CountText(ratios.count)),"
      + " \(middle) in the middle (\(RatioText.range(ratios.first!, ratios.last!)))."
  }

  /// `AMD EPYC`, `2 processors`, `one thread reads 11.2 GB/s`
  var machine: [String] {
    let machine = report.machine
    return [
      machine.processor.isEmpty ? machine.architecture : machine.processor.onOneLine,
      "\(CountText(machine.processorCount, "processor"))",
      "one thread reads \(FixedText(machine.readBandwidth / 1e9, decimals: 1)) GB/s",
    ] + (machine.load.map { ["load \(FixedText($0, decimals: 1))"] } ?? [])
  }

  /// `old.json: 3 regressions, 1 noisy, 57 as they were`
  var comparison: String? {
    guard let comparison = report.comparison else { return nil }
    func count(_ isCounted: (BenchmarkReport.Verdict) -> Bool) -> Int {
      comparison.findings.count { isCounted($0.verdict) }
    }
    let regressions =
      count(comparison.isRegression)
      + comparison.changes.count { comparison.isRegression($0.verdict) }
    let parts = [
      regressions > 0 ? "\(CountText(regressions, "regression"))" : "no regression",
      Self.part(count { $0 == .noisy }, "too noisy to tell"),
      Self.part(count { $0 == .faster }, "faster"),
      Self.part(count { $0 == .same }, "as before"),
      Self.part(count { $0 == .new }, "new"),
    ].filter { !$0.isEmpty }
    let rows =
      comparison.baselineRowCount == report.rowCount
      ? "" : " of \(CountText(comparison.baselineRowCount, "row"))"
    return "Against \(FileTitle(comparison.baselinePath).name)\(rows): "
      + parts.joined(separator: ", ") + "."
  }

  private static func part(_ count: Int, _ words: String) -> String {
    count > 0 ? "\(CountText(count)) \(words)" : ""
  }

  /// The regressions, a sentence each: column and kernel, what it was, what it is.
  var regressions: [String] {
    guard let comparison = report.comparison else { return [] }
    return comparison.changes.filter { comparison.isRegression($0.verdict) }.map(\.sentence)
      + sentences(comparison.isRegression)
  }

  /// What another gate would not have let through, likewise.
  var passed: [String] {
    guard let comparison = report.comparison else { return [] }
    func isPassed(_ verdict: BenchmarkReport.Verdict) -> Bool {
      verdict.gate != nil && !comparison.isRegression(verdict)
    }
    return comparison.changes.filter { isPassed($0.verdict) }.map(\.sentence) + sentences(isPassed)
  }

  var noisy: [String] { sentences { $0 == .noisy } }

  private func sentences(_ isMeant: (BenchmarkReport.Verdict) -> Bool) -> [String] {
    (report.comparison?.findings ?? []).filter { isMeant($0.verdict) }.map(\.sentence)
  }
}

extension BenchmarkReport {
  /// What has regressed since the baseline, a sentence each; empty where nothing has, or there is none.
  public var regressions: [String] { BenchmarkSummary(self).regressions }
}

extension BenchmarkReport.Finding {
  /// `distance: sum 2.1× (2.0–2.2), was 5.0×`
  var sentence: String {
    "\(column.onOneLine): \(kernel.onOneLine) " + change
  }

  private var change: String {
    switch verdict {
    case .moreBytes:
      let was = before.map { "; \(FixedText($0.bytesPerRow, decimals: 2)) as \($0.layout) before" }
      return "reads \(FixedText(now.bytesPerRow, decimals: 2)) bytes a row as \(now.layout)"
        + (was ?? "")
    case .moreInstructions:
      let (count, earlier) = (now.instructionsPerRow ?? 0, before?.instructionsPerRow ?? 0)
      return "takes \(FixedText(count, decimals: 2)) instructions a row,"
        + " \(FixedText(earlier, decimals: 2)) before"
    case .decoded: return "decodes \(now.layout), which it read directly before"
    case .slower where now.freeNanosecondsPerRow != nil && before?.freeNanosecondsPerRow != nil:
      let (time, earlier) = (now.freeNanosecondsPerRow ?? 0, before?.freeNanosecondsPerRow ?? 0)
      return
        "takes \(NanosecondsText(time)) ns a row on a free machine, \(NanosecondsText(earlier)) before"
    case .same, .faster, .slower, .noisy, .new, .typeChanged, .widened, .columnGone, .columnAdded:
      let was = before?.speedup.map { ", was \(RatioText($0.ratio))" } ?? ""
      return (now.speedup.map { "\(RatioText($0.ratio)) (\($0.interval))" } ?? "") + was
    }
  }
}

extension AnalysisReport.Speedup {
  /// `4.8–5.3`
  var interval: String { "\(RatioText(low).number)–\(RatioText(high).number)" }
}

/// Nanoseconds to three digits: `0.028`, `2.31`, `145`.
struct NanosecondsText: CustomStringConvertible {
  let description: String

  init(_ nanoseconds: Double) {
    let decimals =
      switch nanoseconds {
      case ..<0.9995: 3
      case ..<9.995: 2
      case ..<99.95: 1
      default: 0
      }
    description =
      nanoseconds < 0.0005 ? "<0.001" : FixedText(nanoseconds, decimals: decimals).description
  }
}
