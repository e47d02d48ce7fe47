/// The line through two pairs of integers: `run · (b − b0) = rise · (a − a0)`.
struct ValueLine {
  let a0: Int128
  let b0: Int128
  /// Without a common factor; `run` is above 0, `rise` is not 0.
  let rise: Int128
  let run: Int128

  /// `nil` where the line is level or upright.
  init?(_ first: (Int128, Int128), _ second: (Int128, Int128)) {
    (a0, b0) = first
    let (run, rise) = (second.0 - a0, second.1 - b0)
    guard run != 0, rise != 0 else { return nil }
    let divisor = Int128(greatestCommonDivisor(run.magnitude, rise.magnitude))
    self.run = run > 0 ? run / divisor : -run / divisor
    self.rise = run > 0 ? rise / divisor : -rise / divisor
  }

  func contains(_ a: Int128, _ b: Int128) -> Bool {
    let (left, isLeftTooLarge) = run.multipliedReportingOverflow(by: b - b0)
    let (right, isRightTooLarge) = rise.multipliedReportingOverflow(by: a - a0)
    if !isLeftTooLarge, !isRightTooLarge { return left == right }
    // Without a common factor, `run` divides what its product with `rise` is compared with.
    let (steps, rest) = (a - a0).quotientAndRemainder(dividingBy: run)
    let (expected, isTooLarge) = rise.multipliedReportingOverflow(by: steps)
    return rest == 0 && !isTooLarge && expected == b - b0
  }
}

/// The largest number that divides both; the other one where one is 0.
func greatestCommonDivisor<Number: FixedWidthInteger & UnsignedInteger>(
  _ a: Number, _ b: Number
) -> Number {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a
}
