/// The binary64 nearest to `mantissa` times a power of ten, ties to even; `nil` where 128 bits of the
/// power do not tell, and where it is 0 or infinite.
///
/// The way of Eisel and Lemire (https://arxiv.org/abs/2101.11408): one product of 64 and 128 bits, of
/// which the first 54 are nearly always settled. In the form that cuts powers off, never rounds them
/// up, so that the product is the exact one or less than `mantissa` units too small
/// (https://nigeltao.github.io/blog/2020/eisel-lemire.html).
func nearestDouble(to mantissa: UInt64, timesTenToThe exponent: Int) -> Double? {
  if mantissa == 0 { return 0 }
  guard PowersOfTen.range.contains(exponent) else { return nil }
  let power = PowersOfTen.leadingBits[exponent &- PowersOfTen.range.lowerBound]
  let shift = mantissa.leadingZeroBitCount
  let factor = mantissa << UInt64(shift)

  var (high, low) = power.high.multipliedFullWidth(by: factor)
  // The bits below the 54th are ones, and what was left out of the power may carry into them.
  if high & 0x1FF == 0x1FF, low &+ factor < factor {
    let rest = power.low.multipliedFullWidth(by: factor)
    let (sum, carries) = low.addingReportingOverflow(rest.high)
    if carries { high &+= 1 }
    if high & 0x1FF == 0x1FF, sum == .max, rest.low &+ factor < factor { return nil }
    low = sum
  }
  let topBit = high >> 63
  // log2(10) is 217706 / 65536, near enough for these exponents.
  var biased = (217_706 &* exponent) >> 16 &+ 64 &+ 1023 &- shift &- Int(1 ^ topBit)
  if biased <= 0 { return subnormal(high, droppedBitCount: Int(topBit) &+ 10 &- biased) }
  var significand = high >> (topBit &+ 9)
  // Half way between two: the lower one has to be even to be the one.
  if low == 0, high & 0x1FF == 0, significand & 3 == 1 { return nil }
  significand = (significand &+ significand & 1) >> 1
  if significand >> 53 > 0 {
    significand >>= 1
    biased &+= 1
  }
  guard biased < 0x7FF else { return nil }
  return Double(
    bitPattern: UInt64(biased) << 52 | significand & 0x000F_FFFF_FFFF_FFFF)
}

/// The same where fewer than 53 bits are left: `product` without its last bits, of which the next
/// higher one is to be rounded away. What was left out of the product may add 1 to it.
private func subnormal(_ product: UInt64, droppedBitCount: Int) -> Double? {
  guard droppedBitCount < 63 else { return nil }
  let mask: UInt64 = 1 << UInt64(droppedBitCount) &- 1
  let dropped = product & mask
  if dropped == 0 || dropped == mask { return nil }
  let significand = product >> UInt64(droppedBitCount)
  // Where all 52 bits carry, these are the bits of the smallest normal number.
  return Double(bitPattern: (significand &+ significand & 1) >> 1)
}

/// The first 128 bits of powers of ten, the highest of them set; what follows is cut off.
enum PowersOfTen {
  /// Below, all that 64 bits times the power can give is 0; above, infinite.
  static let range = -343...308

  static let leadingBits: [(high: UInt64, low: UInt64)] = {
    // Powers of ten have the bits of powers of five. Those are exact here, and so are, cut off at
    // the last of the bits that are kept, the quotients of a power of two by them.
    var power = [UInt64](repeating: 0, count: 12)
    power[0] = 1
    var quotient = [UInt64](repeating: 0, count: 16)
    quotient[15] = 1
    var above: [(high: UInt64, low: UInt64)] = []
    var below: [(high: UInt64, low: UInt64)] = []
    for _ in 0...range.upperBound {
      above.append(leadingBits(of: power))
      multiplyByFive(&power)
    }
    for _ in 1 ... -range.lowerBound {
      divideByFive(&quotient)
      below.append(leadingBits(of: quotient))
    }
    return below.reversed() + above
  }()

  /// - Parameter number: the lowest 64 bits first.
  private static func multiplyByFive(_ number: inout [UInt64]) {
    var carry: UInt64 = 0
    for index in number.indices {
      let product = number[index].multipliedFullWidth(by: 5)
      let (sum, overflows) = product.low.addingReportingOverflow(carry)
      number[index] = sum
      carry = product.high + (overflows ? 1 : 0)
    }
  }

  private static func divideByFive(_ number: inout [UInt64]) {
    var remainder: UInt64 = 0
    for index in number.indices.reversed() {
      let division = (5 as UInt64).dividingFullWidth((remainder, number[index]))
      number[index] = division.quotient
      remainder = division.remainder
    }
  }

  private static func leadingBits(of number: [UInt64]) -> (high: UInt64, low: UInt64) {
    guard let top = number.lastIndex(where: { $0 != 0 }) else { return (0, 0) }
    func word(_ index: Int) -> UInt64 { index < 0 ? 0 : number[index] }
    let shift = UInt64(word(top).leadingZeroBitCount)
    // Smart shifts: by 64 nothing is left.
    return (
      word(top) << shift | word(top - 1) >> (64 - shift),
      word(top - 1) << shift | word(top - 2) >> (64 - shift)
    )
  }
}
