/// How texts are written that differ in one number alone: what stands before it, behind it and at its point is
/// the same in all of them.
///
/// `INV-000042` is `INV-` and a number of 6 digits; `$12.50` is `$` and the number 1250, of which 2 digits stand
/// behind a point. The same text is never two numbers, nor the same number two texts.
public struct NumberedText: Hashable, Sendable, Codable {
  /// What stands before the number.
  public var prefix: String
  /// What stands behind it.
  public var suffix: String
  /// How many digits stand before the point, zeros in front; `nil` for as few as there are, without zeros.
  public var digits: Int?
  /// What stands between these and those behind it; empty where there are none.
  public var point: String
  /// How many digits stand behind the point.
  public var decimals: Int

  /// The most digits that a number has: all such numbers fit 64 bits.
  package static let digitLimit = 18

  /// Texts of that form. A form that no text has is refused where it is used.
  public init(
    prefix: String = "", digits: Int? = nil, point: String = "", decimals: Int = 0,
    suffix: String = ""
  ) {
    (self.prefix, self.suffix, self.point) = (prefix, suffix, point)
    (self.digits, self.decimals) = (digits, decimals)
  }

  /// Whether there are such texts.
  package var isSound: Bool {
    let range = 1...Self.digitLimit
    guard range.contains(digits ?? 1), (0..<Self.digitLimit).contains(decimals) else {
      return false
    }
    return range.contains((digits ?? 1) + decimals) && (decimals > 0 || point.isEmpty)
  }

  /// Whether texts are in the order of their numbers, byte by byte.
  package var isOrdered: Bool { digits != nil }

  /// What all numbers are less than, where texts have one length.
  package var numberLimit: Int64? { digits.map { Self.power($0 + decimals) } }

  static func power(_ exponent: Int) -> Int64 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
