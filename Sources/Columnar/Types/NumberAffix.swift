/// What stands beside all numbers of a column, and how they are written.
public struct NumberAffix: Hashable, Sendable {
  /// A sign of money, `%`, `kg`; empty for none.
  public var unit: String
  /// The byte between whole and fraction.
  public var decimalSeparator: UInt8

  /// The unit, empty for none, and the byte between whole and fraction.
  public init(unit: String, decimalSeparator: UInt8) {
    self.unit = unit
    self.decimalSeparator = decimalSeparator
  }
}
