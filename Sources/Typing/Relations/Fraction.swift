/// A rational number in lowest terms, its denominator above 0. Operations are `nil` where 127 bits do
/// not hold what comes of them.
struct Fraction: Hashable, CustomStringConvertible, ExpressibleByIntegerLiteral {
  let numerator: Int128
  let denominator: Int128

  init(_ numerator: Int128, _ denominator: Int128 = 1) {
    let divisor = greatestCommonDivisor(numerator, denominator)
    self.numerator = denominator < 0 ? -numerator / divisor : numerator / divisor
    self.denominator = abs(denominator) / divisor
  }

  init(integerLiteral value: Int64) { self.init(Int128(value)) }

  var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
  var magnitude: Fraction { Fraction(abs(numerator), denominator) }

  func times(_ other: Fraction) -> Fraction? {
    // What can be left out is, before anything can become too large.
    let (a, b) = (Fraction(numerator, other.denominator), Fraction(other.numerator, denominator))
    let (top, isTopTooLarge) = a.numerator.multipliedReportingOverflow(by: b.numerator)
    let (bottom, isBottomTooLarge) = a.denominator.multipliedReportingOverflow(by: b.denominator)
    return isTopTooLarge || isBottomTooLarge ? nil : Fraction(top, bottom)
  }

  func over(_ other: Fraction) -> Fraction? {
    times(Fraction(other.denominator, other.numerator))
  }

  func minus(_ other: Fraction) -> Fraction? {
    let (left, isLeftTooLarge) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (right, isRightTooLarge) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (top, isTopTooLarge) = left.subtractingReportingOverflow(right)
    let (bottom, isBottomTooLarge) = denominator.multipliedReportingOverflow(by: other.denominator)
    if isLeftTooLarge || isRightTooLarge || isTopTooLarge || isBottomTooLarge { return nil }
    return Fraction(top, bottom)
  }

  /// Written out with at most six digits behind the point; `nil` where it cannot be.
  var decimalText: String? {
    var digits = 0
    while digits <= 6, Int128(powersOfTen[digits]) % denominator != 0 { digits += 1 }
    guard digits <= 6, numerator.magnitude < UInt128(1) << 96 else { return nil }
    let scaled = numerator * (Int128(powersOfTen[digits]) / denominator)
    let sign = scaled < 0 ? "-" : ""
    guard digits > 0 else { return "\(scaled)" }
    let text = String(scaled.magnitude)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
  }

  /// Seconds, as something to add: `+ 3 days`, `- 90 s`.
  var durationWords: String {
    let sign = numerator < 0 ? "-" : "+"
    if denominator == 1, numerator % 86_400 == 0 {
      let days = magnitude.numerator / 86_400
      return "\(sign) \(days) \(days == 1 ? "day" : "days")"
    }
    return "\(sign) \(magnitude.decimalText ?? magnitude.description) s"
  }
}

private func greatestCommonDivisor(_ a: Int128, _ b: Int128) -> Int128 {
  Int128(greatestCommonDivisor(a.magnitude, b.magnitude))
}
