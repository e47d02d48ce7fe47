import Wording

/// What was measured over all columns: the slowdowns one by one, the rest by kernel.
struct SpeedSummary {
  /// A kernel on one column, by its label.
  struct Measurement {
    var column: String
    var speedup: AnalysisReport.Speedup
  }

  /// The worst first.
  let slowdowns: [Measurement]
  /// Kernels that were faster somewhere, in the order of the report.
  let kernels: [(name: String, speedups: [AnalysisReport.Speedup])]

  init(_ report: AnalysisReport) {
    var slowdowns: [Measurement] = []
    var kernels: [(name: String, speedups: [AnalysisReport.Speedup])] = []
    var positions: [String: Int] = [:]
    for column in report.columns {
      for speedup in column.speedups {
        guard !speedup.isSlowdown else {
          slowdowns.append(Measurement(column: column.label, speedup: speedup))
          continue
        }
        let position = positions[speedup.kernel, default: kernels.count]
        if position == kernels.count { kernels.append((speedup.kernel, [])) }
        positions[speedup.kernel] = position
        kernels[position].speedups.append(speedup)
      }
    }
    self.slowdowns = slowdowns.sorted { $0.speedup.ratio < $1.speedup.ratio }
    self.kernels = kernels
  }

  /// `sum      1.4–6.2× on 14 columns, direct`
  var faster: [String] {
    let width = min(24, kernels.map { $0.name.onOneLine.displayWidth }.max() ?? 0)
    return kernels.map { kernel in
      let ratios = kernel.speedups.map(\.ratio)
      let range = RatioText.range(ratios.min()!, ratios.max()!)
      let columns = CountText(kernel.speedups.count, "column")
      let name = kernel.name.onOneLine.ellipsized(to: width).padded(to: width)
      return "\(name)  \(range) on \(columns), \(Self.paths(kernel.speedups))"
    }
  }

  /// `air_time: sum 0.87× (0.81–0.93), decoded`
  func slower(nameWidth: Int = .max) -> [String] {
    slowdowns.map { measurement in
      let speedup = measurement.speedup
      let (low, high) = (RatioText(speedup.low), RatioText(speedup.high))
      let name = measurement.column.ellipsized(to: nameWidth)
      let ratio = "\(RatioText(speedup.ratio)) (\(low.number)–\(high.number))"
      return "\(name): \(speedup.kernel.onOneLine) \(ratio), \(speedup.path.rawValue)"
    }
  }

  private static func paths(_ speedups: [AnalysisReport.Speedup]) -> String {
    let decoded = speedups.count { $0.path == .decoded }
    if decoded == 0 { return "direct" }
    if decoded == speedups.count { return "decoded" }
    return "\(decoded) of them decoded"
  }
}

extension AnalysisReport.PolicyTime {
  /// `sum  1.4× the time under fast on 11 columns (0.9–3.0×)`
  var line: String {
    let columns = CountText(columnCount, "column")
    let range = columnCount > 1 ? " (\(RatioText.range(least, greatest)))" : ""
    return "\(kernel)  \(RatioText(median)) the time under fast on \(columns)\(range)"
  }
}
