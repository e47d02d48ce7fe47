/// Room that integers are given beyond their own values, so that what is computed of them fits the
/// type that they are handed over in.
public struct IntegerRoom: Hashable, Sendable {
  /// How many times the extremes a type has to hold.
  public var margin: Margin
  /// The narrowest type that may be: 8, 16, 32 or 64 bits.
  public var minimumBits: Int

  /// The widths that there are.
  public static let widths = [8, 16, 32, 64]

  /// As narrow as the values are.
  public static let none = IntegerRoom()

  public init(margin: Margin = .none, minimumBits: Int = 8) {
    precondition(Self.widths.contains(minimumBits), "integers have 8, 16, 32 or 64 bits")
    self.margin = margin
    self.minimumBits = minimumBits
  }

  /// The bits of the narrowest type that gives values within `range` their room; 64 where none does,
  /// since there is no wider one.
  package func bits(for range: ClosedRange<Int128>, isSigned: Bool) -> Int {
    let wanted = margin.times(range)
    return Self.widths.first {
      $0 >= minimumBits && Int128.range(bits: $0, isSigned: isSigned).contains(wanted)
    } ?? 64
  }
}

extension Int128 {
  /// The integers of so many bits.
  package static func range(bits: Int, isSigned: Bool) -> ClosedRange<Int128> {
    let count = Int128(1) << bits
    return isSigned ? -count / 2...count / 2 - 1 : 0...count - 1
  }
}

/// A factor of at least 1, exact to a thousandth: `2x`, `1.5x`.
public struct Margin: Hashable, Sendable, LosslessStringConvertible {
  private let thousandths: Int

  public static let none = Margin(thousandths: 1000)

  private static let limit = 1_000_000

  private init(thousandths: Int) { self.thousandths = thousandths }

  /// - Parameter text: A number from 1 to 1,000,000 of at most three decimals, with or without `x`
  ///   behind it.
  public init?(_ text: String) {
    let number = text.hasSuffix("x") ? text.dropLast() : text[...]
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ part in
      !part.isEmpty && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }), let whole = Int(parts[0]), (1...Self.limit).contains(whole)
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
    return min(range.lowerBound, times(range.lowerBound))...max(
      range.upperBound, times(range.upperBound))
  }
}

extension Layout {
  /// The same layout where engines get integers in at least the bits that `room` wants of them.
  ///
  /// What is stored through a table or from a base stays as it is: it is handed over plain, and wider.
  package func withRoom(_ room: IntegerRoom, for profile: ColumnProfile) -> Layout {
    var layout = self
    layout.minimumBits = nil
    guard room != .none, profile.takesRoom, let integers = profile.integers
    else { return layout }
    let range = integers.minimum...integers.maximum
    let isUnsigned =
      (values?.first).map { $0.encoding == "integer" && $0.isUnsigned == true } ?? false
    let isSigned = profile.stored?.declared?.isUnsigned != true && !isUnsigned
    let bits = room.bits(for: range, isSigned: isSigned)
    if bits > IntegerRoom.none.bits(for: range, isSigned: isSigned) { layout.minimumBits = bits }
    return layout
  }
}

extension ColumnProfile {
  /// Whether the column is one of integers whose width is chosen by their values.
  package var takesRoom: Bool {
    type == .integer && valueCount > 0 && integers != nil && stored?.declared?.exact == nil
  }
}
