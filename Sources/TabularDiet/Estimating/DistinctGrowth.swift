import DietReport

/// How many different values a column has, of which samples are known.
///
/// Two halves of the samples are caught one after the other, as animals are counted: what both have tells how many there
/// are, if values come anywhere. The most are as many as there would be if every further half brought as many new values
/// as the second did beside the first: later ones bring fewer.
struct DistinctGrowth: Sendable {
  private(set) var figure: EstimateReport.Figure

  /// How many different values two halves of the samples have.
  struct Halves: Sendable {
    var first: Int
    var second: Int

    /// How many of so many values both have.
    func common(of seen: Int) -> Double { Double(max(0, first + second - seen)) }

    var product: Double { Double(first) * Double(second) }
    var mean: Double { Double(first + second) / 2 }
  }

  /// - Parameters:
  ///   - seen: Those of all samples.
  ///   - alternate: Those of every other sample, and of the rest.
  ///   - contiguous: Those of the first half of the samples, and of the rest.
  ///   - growth: How many times the rows of the samples the table has; 1 or more.
  init(seen: Int, alternate: Halves, contiguous: Halves, growth: Double) {
    let common = alternate.common(of: seen)
    let newOnes = 2 * (growth - 1) * max(0, Double(seen) - alternate.mean)
    let most = Double(seen) + newOnes
    let likely = common > 0 ? alternate.product / common : .infinity
    // Values that neighbours share and distant samples do not say nothing of how many there are.
    let isSpread = common < 4 || contiguous.common(of: seen) > 0.4 * common
    // What chance leaves of it, and half of that: a file may have everything twice.
    let least = alternate.product / (common + 3 * common.squareRoot() + 3) / 2
    let low = isSpread ? min(least, most / 2) : 0
    func rounded(_ value: Double) -> Int { Int(min(max(value, Double(seen)), 0x1p60).rounded()) }
    figure = EstimateReport.Figure(
      low: rounded(low), estimate: rounded(min(likely, most)),
      // Chance, and a value that no sample has, which there may always be.
      high: rounded(most * 1.1 + 3 * newOnes.squareRoot() + 1))
  }
}
