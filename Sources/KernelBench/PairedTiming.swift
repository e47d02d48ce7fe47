/// Times two ways to the same answer in pairs, one right after the other, so that whatever else the
/// machine does falls on both.
struct PairedTiming {
  /// Time of `wide` / time of `lean`: the median of the pairs.
  let ratio: Double
  let low: Double
  let high: Double
  /// Seconds of one run: the medians.
  let wide: Double
  let lean: Double

  /// Runs `wide` and `lean` `pairCount` times each, taking turns at being first. Each run repeats
  /// its work until it takes about `length`.
  init(
    pairCount: Int, length: Duration, clock: KernelClock, wide: () -> Void, lean: () -> Void
  ) {
    let wideRepeats = Self.repeats(filling: length, clock, wide)
    let leanRepeats = Self.repeats(filling: length, clock, lean)
    var pairs: [(wide: Double, lean: Double)] = []
    for pair in 0..<pairCount {
      let first = pair % 2 == 0 ? nil : clock.time(of: leanRepeats, lean)
      let wideTime = clock.time(of: wideRepeats, wide)
      pairs.append((wideTime, first ?? clock.time(of: leanRepeats, lean)))
    }
    self.init(pairs: pairs)
  }

  /// The median, and the second from either end: between these the true median lies with 96 %
  /// confidence for nine pairs, whatever the distribution (1 − 2 · (1 + 9) / 2^9).
  init(pairs: [(wide: Double, lean: Double)]) {
    let ratios = pairs.map { $0.wide / $0.lean }.sorted()
    let outer = ratios.count > 3 ? 1 : 0
    ratio = Self.median(ratios)
    low = ratios[outer]
    high = ratios[ratios.count - 1 - outer]
    wide = Self.median(pairs.map(\.wide).sorted())
    lean = Self.median(pairs.map(\.lean).sorted())
  }

  private static func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// How often `work` is to be repeated to take about `length`; warms up on the way.
  private static func repeats(
    filling length: Duration, _ clock: KernelClock, _ work: () -> Void
  ) -> Int {
    var repeats = 1
    while true {
      let seconds = clock.time(of: repeats, work) * Double(repeats)
      let target = length / .seconds(1)
      if seconds >= target / 4 { return max(1, Int(Double(repeats) * target / seconds)) }
      repeats *= 4
    }
  }
}
