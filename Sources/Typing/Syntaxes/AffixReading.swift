import Columnar

/// How numbers with something beside them are read.
struct AffixReading: Hashable, Sendable {
  /// Whether another value is an error; otherwise it leaves the column as it stands, and only signs
  /// of money and percent are taken for units.
  var isStrict: Bool
  /// The unit that all must have; `nil` for that of the first.
  var unit: [UInt8]?
  /// `nil` where the values are to show it.
  var signs: AffixedNumber.Signs?

  /// What was told of the table (`options`) and of the column; `nil` where that is nothing.
  init?(_ options: TypingOptions, _ column: ColumnTyping?) {
    isStrict = column?.readsAffixedNumbers == true
    guard isStrict || options.readsAffixedNumbers else { return nil }
    unit = column?.unit.map { Array($0.utf8) }
    signs =
      switch (options.decimalSeparator, options.thousandsSeparator) {
      case (nil, nil): nil
      case (let decimal?, let thousands):
        .init(decimal: decimal, thousands: thousands ?? (decimal == 0x2C ? 0x2E : 0x2C))
      case (nil, let thousands?):
        .init(decimal: thousands == 0x2E ? 0x2C : 0x2E, thousands: thousands)
      }
  }
}
