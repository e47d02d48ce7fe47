/// Numbers below a radix, as many in a group as its bits have room for, each the digit of a number with that radix:
///
///     radix 100, bits 20      [ 7 | 42 | 99 ]  =  7 + 100 · 42 + 100² · 99
///
/// Nine numbers below 100 take 60 bits so, and 63 by themselves.
struct RadixGroups: Hashable, Sendable {
  /// One more than the greatest number.
  let radix: UInt64
  /// The bits of a group.
  let bits: Int
  /// The numbers of a group.
  let count: Int
  /// With these, a product and a shift divide any group by the radix. (Granlund, Montgomery: Division by Invariant
  /// Integers using Multiplication, PLDI 1994.)
  private let reciprocal: UInt64
  private let shift: UInt64

  /// A group has fewer bits than a word, by so many that its reciprocal is one.
  private static let greatestBits = 62
  /// What of a hundred bytes has to be saved: digits are worked out one after the other.
  private static let leastSavedPercentage = 1

  /// `nil` where a group of so many bits has no room for two numbers, or numbers of as many bits are not packed.
  init?(radix: UInt64, bits: Int) {
    guard radix > 2, PackedBlocks.holds(bits: bits), bits <= Self.greatestBits else { return nil }
    let limit = UInt64(1) << UInt64(bits)
    var (count, power) = (0, UInt64(1))
    while power <= limit / radix {
      power *= radix
      count += 1
    }
    guard count > 1 else { return nil }
    let digitBits = PackedBlocks.bits(upTo: radix - 1)
    let (high, low) = (UInt64(1) << UInt64(digitBits - 2), UInt64(0))
    (self.radix, self.bits, self.count) = (radix, bits, count)
    // 2^(62 + digitBits) / radix, rounded up: the radix has more bits than the dividend's upper word.
    reciprocal = radix.dividingFullWidth((high, low)).quotient + 1
    shift = UInt64(digitBits - 2)
  }

  /// The groups in which so many rows take the fewest bytes; `nil` where these are not some percent fewer than those
  /// of numbers by themselves.
  static func best(radix: UInt64, rowCount: Int) -> RadixGroups? {
    guard radix > 2, radix < 1 << 31 else { return nil }
    let single = PackedBlocks.byteCount(
      rowCount: rowCount, bits: PackedBlocks.bits(upTo: radix - 1))
    var best: RadixGroups?
    var power = radix
    while power <= UInt64(1) << UInt64(greatestBits) / radix {
      power *= radix
      guard let groups = RadixGroups(radix: radix, bits: PackedBlocks.bits(upTo: power - 1)) else {
        continue
      }
      let byteCount = groups.byteCount(rowCount: rowCount)
      if byteCount < best?.byteCount(rowCount: rowCount) ?? .max { best = groups }
    }
    return best.flatMap {
      let percentage = 100 - leastSavedPercentage
      return $0.byteCount(rowCount: rowCount) * 100 <= single * percentage ? $0 : nil
    }
  }

  /// The groups of so many rows.
  func groupCount(rowCount: Int) -> Int { (rowCount + count - 1) / count }

  /// The bytes of so many rows: whole blocks of groups.
  func byteCount(rowCount: Int) -> Int {
    PackedBlocks.byteCount(rowCount: groupCount(rowCount: rowCount), bits: bits)
  }

  /// The number of the group whose numbers these are; what is missing at the end is 0.
  func group(_ numbers: UnsafeBufferPointer<UInt64>) -> UInt64 {
    numbers.reversed().reduce(0) { $0 &* radix &+ $1 }
  }

  /// The number at a place of a group.
  func number(at place: Int, of group: UInt64) -> UInt64 {
    var rest = group
    for _ in 0..<place { rest = rest.multipliedFullWidth(by: reciprocal).high &>> shift }
    return rest &- rest.multipliedFullWidth(by: reciprocal).high &>> shift &* radix
  }

  /// Writes the numbers of groups, each more by `base`.
  func split(
    _ groups: UnsafePointer<Int64>, count groupCount: Int, base: Int64,
    to target: UnsafeMutablePointer<Int64>
  ) {
    var place = target
    for group in 0..<groupCount {
      var rest = UInt64(bitPattern: groups[group])
      var digit = 0
      while digit < count {
        let quotient = rest.multipliedFullWidth(by: reciprocal).high &>> shift
        place[digit] = Int64(truncatingIfNeeded: rest &- quotient &* radix) &+ base
        rest = quotient
        digit &+= 1
      }
      place += count
    }
  }
}
