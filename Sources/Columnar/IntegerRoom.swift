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
