/// Room that integers are given beyond their own values, so that what is computed of them fits the
/// type that they are handed over in.
public struct IntegerRoom: Hashable, Sendable {
  /// How many times the extremes a type has to hold.
  public var margin: Margin
  /// The narrowest type that may be: 8, 16, 32 or 64 bits.
  public var minimumBits: Int
  /// Whether 32 bits have to hold the sum of all rows, since the engine adds them up in 32 bits, as
  /// polars does.
  public var holdsSums: Bool

  /// The widths that there are.
  public static let widths = [8, 16, 32, 64]

  /// As narrow as the values are.
  public static let none = IntegerRoom()

  /// Room for `margin` times the values, in at least `minimumBits`, and for sums where they are
  /// asked for. Bits between two widths are those of the wider, and more than 64 are 64.
  public init(margin: Margin = .none, minimumBits: Int = 8, holdsSums: Bool = false) {
    self.margin = margin
    self.minimumBits = Self.widths.first { $0 >= minimumBits } ?? 64
    self.holdsSums = holdsSums
  }

  /// The room that `engine` needs: with that for sums where it adds up 32 bits in 32 bits.
  package func read(by engine: TargetEngine) -> IntegerRoom {
    var room = self
    room.holdsSums = engine == .polars
    return room
  }

  /// The bits of the narrowest type that gives values within `range` their room; 64 where none does,
  /// since there is no wider one.
  ///
  /// - Parameter valueCount: How many there are to add up.
  package func bits(
    for range: ClosedRange<Int128>, valueCount: Int = 1, isSigned: Bool
  ) -> Int {
    let wanted = margin.times(range)
    let count = Int128(max(valueCount, 1))
    let sums =
      min(
        range.lowerBound, range.lowerBound * count)...max(
        range.upperBound, range.upperBound * count)
    return Self.widths.first {
      let held = Int128.range(bits: $0, isSigned: isSigned)
      return $0 >= minimumBits && held.contains(wanted)
        && !(holdsSums && $0 == 32 && !held.contains(sums))
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
