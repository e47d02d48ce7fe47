/// Times two ways to the same answer in pairs, one right after the other, so that whatever else the
/// machine does falls on both.
struct PairedTiming {
  /// What was timed side by side: seconds of one run.
  struct Pair {
    let wide: Double
    let lean: Double
  }

  /// Time of `wide` / time of `lean`: the median of the pairs.
  let ratio: Double
  let low: Double
  let high: Double
  /// Seconds of one run: the medians.
  let wide: Double
  let lean: Double
  /// The least of them: what other work on the machine disturbs the least.
  let leastWide: Double
  let leastLean: Double

  /// Runs `wide` and `lean` `count` times each, taking turns at being first. Each run repeats its work
  /// until it takes about `length`.
  static func pairs(
    _ count: Int, length: Duration, clock: KernelClock,
    wide: () -> Void, lean: () -> Void
  ) -> [Pair] {
    let wideRepeats = repeats(filling: length, clock, wide)
    let leanRepeats = repeats(filling: length, clock, lean)
    return (0..<count).map { pair in
      let first = pair % 2 == 0 ? nil : clock.time(of: leanRepeats, lean)
      let wideTime = clock.time(of: wideRepeats, wide)
      return Pair(wide: wideTime, lean: first ?? clock.time(of: leanRepeats, lean))
    }
  }

  init(
    pairCount: Int, length: Duration, clock: KernelClock, wide: () -> Void, lean: () -> Void
  ) {
    self.init(
      pairs: Self.pairs(pairCount, length: length, clock: clock, wide: wide, lean: lean))
  }

  /// The median, and the second from either end: between these the true median lies with 96 %
  /// confidence for nine pairs, whatever the distribution (1 − 2 · (1 + 9) / 2^9).
  init(pairs: [Pair]) {
    let ratios = pairs.map { $0.wide / $0.lean }.sorted()
    let outer = ratios.count > 3 ? 1 : 0
    ratio = Self.median(ratios)
    low = ratios[outer]
    high = ratios[ratios.count - 1 - outer]
    wide = Self.median(pairs.map(\.wide).sorted())
    lean = Self.median(pairs.map(\.lean).sorted())
    leastWide = pairs.map(\.wide).min() ?? wide
    leastLean = pairs.map(\.lean).min() ?? lean
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
