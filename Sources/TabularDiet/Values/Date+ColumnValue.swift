public import Columnar
public import FoundationEssentials
public import Kernels

/// Moments, of days and timestamps. A reading of a clock without a zone is taken for UTC.
extension Date: ColumnValue {
  public static func _holdsAll(_ rows: ElementRows) -> Bool {
    switch rows.type {
    case .date, .timestamp: true
    default: false
    }
  }

  public static func _value(_ rows: ElementRows, _ row: Int) -> Date {
    date(Int64(truncatingIfNeeded: rows.integer(at: row)), rows.type.unit)
  }

  public static func _append(_ rows: ElementRows, _ range: Range<Int>, to values: inout [Date?]) {
    let unit = rows.type.unit
    rows.forEachInteger(range) { units in values.append(units.map { date($0, unit) }) }
  }

  /// Units since the start of 1970, days where there is no unit.
  private static func date(_ units: Int64, _ unit: TimeUnit?) -> Date {
    guard let unit else { return Date(timeIntervalSince1970: Double(units) * 86_400) }
    return Date(units: units, unit)
  }

  /// Instants in UTC: microseconds, or nanoseconds where a date would not come back from these.
  public static func _column(_ name: String, of values: [Date?]) throws(FrameError) -> Column {
    let isCoarse = values.allSatisfy { date in
      guard let date, let units = date.units(.microsecond).flatMap({ Int64(exactly: $0) }) else {
        return true
      }
      return Date(units: units, .microsecond) == date
    }
    let unit = isCoarse ? TimeUnit.microsecond : .nanosecond
    var units: [Int64?] = []
    units.reserveCapacity(values.count)
    for (row, date) in values.enumerated() {
      guard let date else {
        units.append(nil)
        continue
      }
      guard let value = date.units(unit), let stored = Int64(exactly: value) else {
        throw FrameError(
          .argumentOutOfRange, column: name, row: row,
          "the date in row \(row + 1) is not within \(isCoarse ? "292,000" : "292") years of 1970"
            + (isCoarse ? "" : ", where others ask for nanoseconds"))
      }
      guard Date(units: stored, unit) == date else {
        throw FrameError(
          .unfitValue, column: name, row: row,
          "the date in row \(row + 1) tells less than a nanosecond; round it first")
      }
      units.append(stored)
    }
    return try Column(name, integers: units, type: .timestamp(unit: unit, zone: "UTC"))
  }

  private static var epoch: Int128 { Int128(Date.timeIntervalBetween1970AndReferenceDate) }

  /// The instant that lies so many units after the start of 1970.
  private init(units: Int64, _ unit: TimeUnit) {
    let perSecond = Int64(unit.perSecond)
    // Rounded once where the number is exact; apart where it is not, the fraction is far below what a date tells.
    let (own, overflow) = units.subtractingReportingOverflow(Int64(Self.epoch) * perSecond)
    if !overflow, own.magnitude < 1 << 53 {
      self.init(timeIntervalSinceReferenceDate: Double(own) / Double(perSecond))
      return
    }
    var (seconds, rest) = units.quotientAndRemainder(dividingBy: perSecond)
    if rest < 0 { (seconds, rest) = (seconds - 1, rest + perSecond) }
    self.init(
      timeIntervalSinceReferenceDate: Double(seconds) - Double(Self.epoch) + Double(rest)
        / Double(perSecond))
  }

  /// The nearest number of units after the start of 1970; `nil` where there is none.
  fileprivate func units(_ unit: TimeUnit) -> Int128? {
    // Seconds and their fraction apart: each is exact.
    let whole = timeIntervalSinceReferenceDate.rounded(.down)
    guard let seconds = Int64(exactly: whole) else { return nil }
    let rest = (timeIntervalSinceReferenceDate - whole) * Double(unit.perSecond)
    return (Int128(seconds) + Self.epoch) * Int128(unit.perSecond) + Int128(rest.rounded())
  }
}

extension Date: ExpressionValue {
  /// The instant, to the nearest nanosecond: beside timestamps, and beside dates, which are midnights of UTC. One beyond 2^63
  /// seconds is later or earlier than all; NaN is no value.
  public var expression: ColumnExpression {
    if let units = units(.nanosecond) { return ColumnExpression(nanosecondsSince1970: units) }
    let interval = timeIntervalSinceReferenceDate
    if interval.isNaN { return .null }
    let end = interval < 0 ? Int128(Int64.min) : Int128(Int64.max)
    return ColumnExpression(nanosecondsSince1970: end * 1_000_000_000)
  }
}

extension Decimal: ExpressionValue {
  /// The number, exactly up to 38 digits; NaN is a float.
  public var expression: ColumnExpression {
    let scale = isNaN ? 0 : max(0, -exponent)
    let digits = self * Decimal(sign: .plus, exponent: scale, significand: 1)
    guard !isNaN, scale <= 38, let unscaled = Int128("\(digits)") else {
      return (Double("\(self)") ?? .nan).expression
    }
    return Scalar.decimal(unscaled: unscaled, scale: scale).expression
  }
}

/// Numbers as they are written: decimals and whole numbers.
extension Decimal: ColumnValue {
  public static func _holdsAll(_ rows: ElementRows) -> Bool {
    switch rows.type {
    case .integer, .decimal: true
    default: false
    }
  }

  public static func _value(_ rows: ElementRows, _ row: Int) -> Decimal {
    let value = rows.integer(at: row)
    let digits = Decimal(UInt64(value.magnitude))
    return Decimal(
      sign: value < 0 ? .minus : .plus, exponent: -(rows.type.scale ?? 0), significand: digits)
  }

  public static func _append(
    _ rows: ElementRows, _ range: Range<Int>, to values: inout [Decimal?]
  ) {
    if rows.hasUnsignedIntegers {
      for row in range { values.append(rows.isNull(row) ? nil : _value(rows, row)) }
      return
    }
    let exponent = -(rows.type.scale ?? 0)
    rows.forEachInteger(range) { digits in
      values.append(
        digits.map {
          Decimal(
            sign: $0 < 0 ? .minus : .plus, exponent: exponent, significand: Decimal($0.magnitude))
        })
    }
  }

  /// Decimals of as many places as the value with most.
  public static func _column(_ name: String, of values: [Decimal?]) throws(FrameError) -> Column {
    let scale = values.reduce(0) { max($0, $1.map { $0.isNaN ? 0 : -$0.exponent } ?? 0) }
    guard scale <= 18 else {
      throw FrameError(
        .argumentOutOfRange, column: name, "a decimal has at most 18 places, not \(scale)")
    }
    var units: [Int64?] = []
    units.reserveCapacity(values.count)
    for (row, value) in values.enumerated() {
      guard let value else {
        units.append(nil)
        continue
      }
      guard !value.isNaN else {
        throw FrameError(
          .unfitValue, column: name, row: row,
          "the number in row \(row + 1) is NaN, which no decimal is; a value that is missing is nil"
        )
      }
      guard let unit = value.digits(atScale: scale) else {
        throw FrameError(
          .argumentOutOfRange, column: name, row: row,
          "the number in row \(row + 1), \(value), has more than 18 digits at \(scale) places")
      }
      units.append(unit)
    }
    return try Column(name, integers: units, type: .decimal(scale: scale))
  }
}

extension Decimal {
  /// The number of 10^−`scale` that this is, if 64 bits hold it. Not a NaN.
  ///
  /// - Precondition: `scale` is at least `-exponent`.
  fileprivate func digits(atScale scale: Int) -> Int64? {
    guard Self.showsItsDigits else {
      return Int64("\(self * Decimal(sign: .plus, exponent: scale, significand: 1))")
    }
    let parts = parts
    // Past 64 bits of digits there are more of them at any such scale.
    guard parts.high == 0 else { return nil }
    var digits = parts.low
    if digits == 0 { return 0 }
    for _ in 0..<max(0, scale + Int(parts.exponent)) {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      digits = product
    }
    guard isSignMinus else { return Int64(exactly: digits) }
    return Int64(exactly: 0 - Int128(digits))
  }

  /// The digits and the power of ten, as they lie in memory: the structure that `NSDecimal` has always had.
  /// Foundation gives digits only as text, at a microsecond a value.
  private var parts: (low: UInt64, high: UInt64, exponent: Int8) {
    withUnsafeBytes(of: self) { bytes in
      (
        bytes.loadUnaligned(fromByteOffset: 4, as: UInt64.self).littleEndian,
        bytes.loadUnaligned(fromByteOffset: 12, as: UInt64.self).littleEndian,
        bytes.load(as: Int8.self)
      )
    }
  }

  /// Whether this Foundation's numbers lie so: tried with numbers whose digits are known.
  private static let showsItsDigits: Bool = {
    if MemoryLayout<Decimal>.size != 20 { return false }
    let digits: [UInt64] = [1, 97, 65_537, 1 << 40 | 3, .max]
    return [-18, -2, 0, 5].allSatisfy { exponent in
      digits.allSatisfy { digits in
        let parts = Decimal(
          sign: .minus, exponent: exponent, significand: Decimal(digits)
        ).parts
        return parts.low == digits && parts.high == 0 && Int(parts.exponent) == exponent
      }
    }
  }()
}
