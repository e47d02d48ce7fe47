/// A factor of at least 1, exact to a thousandth: `2x`, `1.5x`.
public struct Margin: Hashable, Sendable, LosslessStringConvertible {
  private let thousandths: Int

  /// No room beyond the values themselves.
  public static let none = Margin(thousandths: 1000)

  private static let limit = 1_000_000

  private init(thousandths: Int) { self.thousandths = thousandths }

  /// - Parameter text: A number from 1 to 1,000,000 of at most three decimals, with or without `x`
  ///   behind it.
  public init?(_ text: String) {
    let number = text.hasSuffix("x") ? text.dropLast() : text[...]
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let whole = Int(parts[0]), (1...Self.limit).contains(whole)
    else { return nil }
    var decimals = parts.count == 2 ? String(parts[1]) : ""
    while decimals.hasSuffix("0") { decimals.removeLast() }
    guard decimals.count <= 3 else { return nil }
    let thousandths = whole * 1000 + (Int((decimals + "000").prefix(3)) ?? 0)
    guard thousandths <= Self.limit * 1000 else { return nil }
    self.init(thousandths: thousandths)
  }

  public var description: String {
    let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1000)
    if rest == 0 { return "\(whole)x" }
    var decimals = String(String(1000 + rest).dropFirst())
    while decimals.hasSuffix("0") { decimals.removeLast() }
    return "\(whole).\(decimals)x"
  }

  /// The range that reaches as many times as far from zero; a fraction counts as a whole.
  func times(_ range: ClosedRange<Int128>) -> ClosedRange<Int128> {
    func times(_ value: Int128) -> Int128 {
      let product = value * Int128(thousandths)
      return (product + (value < 0 ? -999 : 999)) / 1000
    }
    return min(
      range.lowerBound, times(range.lowerBound))...max(
        range.upperBound, times(range.upperBound))
  }
}
