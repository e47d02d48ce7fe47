import Platform
import Wording

extension PagePicture {
  /// A ratio with its interval.
  package struct Interval {
    package var name: String
    package var ratio: Double
    package var low: Double
    package var high: Double
    package var path: String

    package init(_ name: String, _ speedup: AnalysisReport.Speedup) {
      self.name = name
      (ratio, low, high) = (speedup.ratio, speedup.low, speedup.high)
      path = speedup.path.rawValue
    }

    /// Whether the whole interval is below 1; whether 1 is within it, so that nobody knows.
    var isSlower: Bool { high < 1 }
    var isOpen: Bool { low <= 1 && high >= 1 }

    /// Grey where it cannot be told.
    fileprivate var tone: PageTone { isSlower ? .slow : isOpen ? .before : .lean }

    var text: String { "\(RatioText(ratio)) (\(RatioText(low).number)–\(RatioText(high).number))" }
  }

  /// Ratios on a logarithmic axis, which has 1 on it: what lies left of that is slower.
  package static func intervals(_ intervals: [Interval]) -> PagePicture {
    let axis = LogarithmicAxis(intervals.flatMap { [$0.low, $0.ratio, $0.high] })
    let grid = Mark.gridLines(
      axis.ticks.map { axis.place(of: $0) }, one: axis.place(of: 1), height: 20)
    let labels = Panel(
      "", hint: "how many times as fast, logarithmic", height: 18,
      marks: [grid]
        + axis.ticks.map {
          .label(.tick, x: axis.place(of: $0), y: 12, dx: 0, LogarithmicAxis.text($0))
        })
    let panels = intervals.map { interval in
      let tone = interval.tone
      return Panel(
        interval.name, value: interval.text,
        hint: interval.path, height: 20,
        isSlow: interval.isSlower,
        marks: [
          .grid,
          .line(
            tone, x: axis.place(of: interval.low), y: 10, x2: axis.place(of: interval.high), y2: 10),
          .dot(tone, x: axis.place(of: interval.ratio), y: 10),
        ])
    }
    return PagePicture(
      .scale,
      legend: [(.lean, "lean is faster")]
        + (intervals.contains(where: \.isOpen) ? [(.before, "1× is within the interval")] : [])
        + (intervals.contains(where: \.isSlower) ? [(.slow, "lean is slower")] : []),
      panels: [labels] + panels)
  }

  /// The same as a table.
  package static func table(of intervals: [Interval], title: String, rest: String?) -> PageTable {
    PageTable(
      title, [.text("measured"), .number("ratio"), .number("95 % interval"), .text("read")],
      rows: intervals.map {
        [
          .text($0.name), .number("\(RatioText($0.ratio))"),
          .number("\(RatioText($0.low).number)–\(RatioText($0.high).number)"), .text($0.path),
        ]
      }, rest: rest)
  }
}

/// Where ratios lie, in percent of the width, by their logarithm.
struct LogarithmicAxis {
  /// Powers of ten, with 2 and 5 between them where they are few; 1 is one of them.
  let ticks: [Double]
  private let low: Double
  private let high: Double

  /// - Parameter values: What is to be on it; what is neither finite nor above 0 lies at its ends.
  init(_ values: [Double]) {
    let values = values.filter { $0 > 0 && $0.isFinite }.map { min(max($0, 1e-9), 1e9) }
    low = log10(min(values.min() ?? 1, 0.9)) - 0.04
    high = log10(max(values.max() ?? 1, 1.2)) + 0.04
    let powers = Int(low.rounded(.down))...Int(high.rounded(.up))
    let steps: [Double] = high - low < 2.2 ? [1, 2, 5] : [1]
    let (low, high) = (low, high)
    ticks = powers.flatMap { power in
      steps.map { step in
        // Powers below zero as quotients: 0.1 is to be 0.1.
        let ten = pow(10, Double(abs(power)))
        return power < 0 ? step / ten : step * ten
      }
    }.filter { (low...high).contains(log10($0)) }
  }

  func place(of value: Double) -> Double {
    guard value > 0 else { return 0 }
    let place = 100 * (log10(value) - low) / (high - low)
    return min(max(place, 0), 100)
  }

  /// `0.1×`, `10×`, `1,000×`.
  static func text(_ tick: Double) -> String {
    if tick >= 1 { return "\(CountText(Int(tick)))×" }
    var decimals = 1
    while decimals < 9, tick * pow(10, Double(decimals)) < 0.999 { decimals += 1 }
    return "\(FixedText(tick, decimals: decimals))×"
  }
}
