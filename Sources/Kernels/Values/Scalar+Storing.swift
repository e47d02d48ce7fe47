import Columnar

extension Scalar {
  /// Where this lies among the stored integers of a column of `type`: the greatest that is no greater,
  /// and whether that is this very value. `nil` where the two cannot be compared.
  func place(in type: LogicalType) -> (floor: Int128, isExact: Bool)? {
    switch (self, type) {
    case (.boolean(let value), .boolean), (.boolean(let value), .null): (value ? 1 : 0, true)
    case (.integer(let value), .decimal(let scale)): value.rescaled(byPowerOfTen: scale)
    case (.integer(let value), .integer), (.integer(let value), .boolean),
      (.integer(let value), .null),
      (.integer(let value), .date), (.integer(let value), .time), (.integer(let value), .timestamp):
      (value, true)
    case (.decimal(let digits, let scale), .decimal(let own)):
      digits.rescaled(byPowerOfTen: own.subtractingSaturated(scale))
    case (.decimal(let digits, let scale), .integer), (.decimal(let digits, let scale), .null):
      digits.rescaled(byPowerOfTen: (0).subtractingSaturated(scale))
    case (.float(let number), .integer), (.float(let number), .decimal),
      (.float(let number), .null):
      Scalar.written(number)?.place(in: type)
    case (.date(let days), .date): (days, true)
    // Days are midnights, where these do not depend on a place.
    case (.date(let days), .timestamp(let unit, let zone)):
      zone == nil || zone == "UTC" ? days.rescaled(by: 86_400 * Int128(unit.perSecond), 1) : nil
    case (.timestamp(let value, let unit, let zone), .date):
      zone == nil || zone == "UTC"
        ? value.rescaled(by: 1, 86_400 * Int128(unit.perSecond)) : nil
    // A span beside a number counts as its seconds.
    case (.duration(let value, let unit), .integer), (.duration(let value, let unit), .decimal):
      Scalar.decimal(unscaled: value, scale: unit.fractionDigits).place(in: type)
    case (.integer, .duration(let unit)), (.decimal, .duration(let unit)),
      (.float, .duration(let unit)):
      place(in: .decimal(scale: unit.fractionDigits))
    case (.text(let bytes), .date): CalendarPart.written(bytes, as: type).map { ($0, true) }
    case (.text(let bytes), .time(let unit)), (.text(let bytes), .duration(let unit)),
      (.text(let bytes), .timestamp(let unit, _)):
      CalendarPart.written(bytes, as: type)?.rescaled(from: .nanosecond, to: unit)
    case (.time(let value, let unit), .time(let own)),
      (.duration(let value, let unit), .duration(let own)):
      value.rescaled(from: unit, to: own)
    case (.timestamp(let value, let unit, let zone), .timestamp(let own, let ownZone)):
      // A reading of a clock without a zone is no instant.
      (zone == nil) == (ownZone == nil) ? value.rescaled(from: unit, to: own) : nil
    case (.boolean, _), (.integer, _), (.decimal, _), (.float, _), (.date, _), (.time, _),
      (.duration, _),
      (.timestamp, _), (.text, _):
      nil
    }
  }

  /// The number that a float is written as, as a literal in an expression; past 128 bits, the end of them; `nil` for NaN.
  private static func written(_ number: Double) -> Scalar? {
    if number.isNaN { return nil }
    if let integer = Int128(exactly: number) { return .integer(integer) }
    // `0.3`, `1.5e-05`.
    let parts = number.description.split(separator: "e")
    let digits = parts.first.map { $0.filter { $0 != "." } }.flatMap { Int128($0) }
    guard let digits else { return .integer(number < 0 ? .min : .max) }
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    // Whole numbers that 128 bits do not hold.
    if exponent > 0 { return .integer(number < 0 ? .min : .max) }
    let places = parts[0].split(separator: ".").dropFirst().first?.count ?? 0
    return .decimal(unscaled: digits, scale: places - exponent)
  }

  /// This value as a column of `type` stores it; `nil` where it is none of its values.
  func stored(in type: LogicalType) -> StoredValue? {
    switch (type.domain, self) {
    case (.integer, _):
      guard let place = place(in: type), place.isExact else { return nil }
      guard type != .boolean || (0...1).contains(place.floor) else { return nil }
      return .integer(place.floor)
    case (.float, .float(let number)): return .float(number)
    case (.float, .integer(let integer)): return Double(exactly: integer).map { .float($0) }
    case (.float, .duration(let value, let unit)):
      return Scalar.decimal(unscaled: value, scale: unit.fractionDigits).stored(in: .float)
    case (.float, .decimal(let digits, let scale)) where (0...22).contains(scale):
      return .float(Double(digits) / Double(powerOfTen(scale)))
    case (.bytes, .text(let bytes)): return .text(bytes)
    case (.float, _), (.bytes, _): return nil
    }
  }
}

extension Int {
  /// The difference, or the end of the numbers that lies beyond.
  fileprivate func subtractingSaturated(_ other: Int) -> Int {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? .max : .min) : difference
  }
}

extension Int128 {
  /// Times 10^`exponent`, rounded down; past 128 bits, the end of them.
  fileprivate func rescaled(byPowerOfTen exponent: Int) -> (floor: Int128, isExact: Bool) {
    if self == 0 { return (0, true) }
    if exponent > 38 { return (self < 0 ? .min : .max, false) }
    if exponent < -38 { return (self < 0 ? -1 : 0, false) }
    return exponent < 0
      ? rescaled(by: 1, powerOfTen(-exponent)) : rescaled(by: powerOfTen(exponent), 1)
  }

  /// Times one number, divided by another and rounded down; past 128 bits, the end of them.
  fileprivate func rescaled(
    by factor: Int128, _ divisor: Int128
  ) -> (floor: Int128, isExact: Bool) {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    if overflow { return (self < 0 ? .min : .max, false) }
    return (product.flooredQuotient(divisor), product % divisor == 0)
  }

  fileprivate func rescaled(
    from unit: TimeUnit, to target: TimeUnit
  ) -> (floor: Int128, isExact: Bool) {
    let (own, wanted) = (Int128(unit.perSecond), Int128(target.perSecond))
    return wanted >= own ? rescaled(by: wanted / own, 1) : rescaled(by: 1, own / wanted)
  }
}

/// 10^`exponent`; past 128 bits, the greatest power of ten below.
func powerOfTen(_ exponent: Int) -> Int128 {
  (0..<max(0, min(exponent, 38))).reduce(1) { power, _ in power * 10 }
}
