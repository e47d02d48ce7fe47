/// A straight line through points, by least squares, with what it says of places beyond them.
///
/// The interval is that of one more point, under normal errors: `y ± t·s·√(1 + 1/n + (x − x̄)²/Sxx)`.
package struct Trend: Hashable, Sendable {
  package let slope: Double
  private let meanX: Double
  private let meanY: Double
  private let count: Double
  private let spread: Double
  /// The standard deviation of points about the line.
  private let deviation: Double

  /// `nil` for fewer than three points, or where all are at one place.
  package init?(_ points: [(x: Double, y: Double)]) {
    guard points.count >= 3 else { return nil }
    count = Double(points.count)
    let (meanX, meanY) = (
      points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count
    )
    spread = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    guard spread > 0 else { return nil }
    slope = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / spread
    (self.meanX, self.meanY) = (meanX, meanY)
    let line = slope
    let squares = points.reduce(0) { sum, point in
      let error = point.y - meanY - line * (point.x - meanX)
      return sum + error * error
    }
    deviation = (squares / (count - 2)).squareRoot()
  }

  package func value(at x: Double) -> Double { meanY + slope * (x - meanX) }

  /// How far one more point at `x` may be from the line, in 95 of 100 cases.
  package func margin(at x: Double) -> Double {
    let distance = (x - meanX) * (x - meanX) / spread
    return Self.quantile95(count - 2) * deviation * (1 + 1 / count + distance).squareRoot()
  }

  /// Whether it rises so that chance would hardly do it: one time in two thousand.
  package var isRising: Bool {
    guard slope > 0 else { return false }
    let error = deviation / spread.squareRoot()
    return error == 0 || slope / error > Self.quantile9995(count - 2)
  }

  /// The first place after `x` where the line reaches `limit`, with the earliest and the latest where points may;
  /// `nil` where it does not rise, or that is farther than `farthest`.
  package func crossing(
    of limit: Double, after x: Double, farthest: Double, step: Double
  ) -> (at: Double, earliest: Double, latest: Double?)? {
    guard isRising else { return nil }
    func first(_ reaches: (Double) -> Bool) -> Double? {
      var place = x + step
      while place <= farthest {
        if reaches(place) { return place }
        place += step
      }
      return nil
    }
    guard let place = first({ value(at: $0) >= limit }) else { return nil }
    let earliest = first { value(at: $0) + margin(at: $0) >= limit } ?? place
    let latest = first { value(at: $0) - margin(at: $0) >= limit }
    return (place, earliest, latest)
  }

  /// Student's t for 97.5 % and so many degrees of freedom (Abramowitz and Stegun, 26.7.5).
  private static func quantile95(_ freedom: Double) -> Double { quantile(1.959964, freedom) }

  /// The same for 99.95 %.
  private static func quantile9995(_ freedom: Double) -> Double { quantile(3.290527, freedom) }

  /// The expansion is for some degrees of freedom; of one and two the quantiles have closed forms.
  private static func quantile(_ z: Double, _ freedom: Double) -> Double {
    let isWide = z > 3
    if freedom <= 1 { return isWide ? 636.619 : 12.7062 }
    if freedom <= 2 { return isWide ? 31.5991 : 4.30265 }
    if freedom <= 3 { return isWide ? 12.9240 : 3.18245 }
    let (z3, z5, z7) = (z * z * z, z * z * z * z * z, z * z * z * z * z * z * z)
    return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom)
      + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom * freedom * freedom)
  }
}
