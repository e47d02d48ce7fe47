/// Times two ways to the same answer in pairs, one right after the other, so that whatever else the
/// machine does falls on both. Time is that of the thread.
struct PairedTiming {
  let ratio: Double
  let low: Double
  let high: Double

  /// Runs `wide` and `lean` `pairCount` times each, taking turns at being first. Each run repeats
  /// its work until it takes about `length`.
  init(
    pairCount: Int, length: Duration, wide: () -> Void, lean: () -> Void
  ) {
    let wideRepeats = Self.repeats(filling: length, wide)
    let leanRepeats = Self.repeats(filling: length, lean)
    var ratios: [Double] = []
    for pair in 0..<pairCount {
      let first = pair % 2 == 0 ? nil : ThreadTime.of(leanRepeats, lean)
      let wideTime = ThreadTime.of(wideRepeats, wide)
      let leanTime = first ?? ThreadTime.of(leanRepeats, lean)
      ratios.append(wideTime / leanTime)
    }
    self.init(ratios: ratios)
  }

  /// The median, and the second from either end: between these the true median lies with 96 %
  /// confidence for nine pairs, whatever the distribution (1 − 2 · (1 + 9) / 2^9).
  init(ratios: [Double]) {
    let sorted = ratios.sorted()
    let middle = sorted.count / 2
    ratio = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    let outer = sorted.count > 3 ? 1 : 0
    low = sorted[outer]
    high = sorted[sorted.count - 1 - outer]
  }

  /// How often `work` is to be repeated to take about `length`; warms up on the way.
  private static func repeats(filling length: Duration, _ work: () -> Void) -> Int {
    var repeats = 1
    while true {
      let seconds = ThreadTime.of(repeats, work) * Double(repeats)
      let target = length / .seconds(1)
      if seconds >= target / 4 { return max(1, Int(Double(repeats) * target / seconds)) }
      repeats *= 4
    }
  }
}
