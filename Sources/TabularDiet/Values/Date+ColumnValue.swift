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
    let value = rows.integer(at: row)
    guard let unit = rows.type.unit else {
      return Date(timeIntervalSince1970: Double(value) * 86_400)
    }
    return Date(units: value, unit)
  }

  public static func _append(_ rows: ElementRows, _ range: Range<Int>, to values: inout [Date?]) {
    for row in range { values.append(rows.isNull(row) ? nil : _value(rows, row)) }
  }

  /// Instants in UTC: microseconds, or nanoseconds where a date would not come back from these.
  public static func _column(_ name: String, of values: [Date?]) throws(FrameError) -> Column {
    let isCoarse = values.allSatisfy { date in
      guard let date, let units = date.units(.microsecond) else { return true }
      return Date(units: units, .microsecond) == date
    }
    let unit = isCoarse ? TimeUnit.microsecond : .nanosecond
    var units: [Int64?] = []
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
      guard Date(units: value, unit) == date else {
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
  private init(units: Int128, _ unit: TimeUnit) {
    let perSecond = Int128(unit.perSecond)
    var (seconds, rest) = units.quotientAndRemainder(dividingBy: perSecond)
    if rest < 0 { (seconds, rest) = (seconds - 1, rest + perSecond) }
    self.init(
      timeIntervalSinceReferenceDate: Double(seconds - Self.epoch) + Double(rest)
        / Double(unit.perSecond))
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
  /// The instant, to the nearest nanosecond: beside timestamps, and beside dates, which are midnights of UTC. One that no
  /// calendar has is no value.
  public var expression: ColumnExpression {
    units(.nanosecond).map(ColumnExpression.init(nanosecondsSince1970:)) ?? .null
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
    for row in range { values.append(rows.isNull(row) ? nil : _value(rows, row)) }
  }

  /// Decimals of as many places as the value with most.
  public static func _column(_ name: String, of values: [Decimal?]) throws(FrameError) -> Column {
    let scale = values.reduce(0) { max($0, $1.map { $0.isNaN ? 0 : -$0.exponent } ?? 0) }
    guard scale <= 18 else {
      throw FrameError(
        .argumentOutOfRange, column: name, "a decimal has at most 18 places, not \(scale)")
    }
    var units: [Int64?] = []
    for (row, value) in values.enumerated() {
      guard let value else {
        units.append(nil)
        continue
      }
      let digits = value * Decimal(sign: .plus, exponent: scale, significand: 1)
      guard !value.isNaN else {
        throw FrameError(
          .unfitValue, column: name, row: row,
          "the number in row \(row + 1) is NaN, which no decimal is; a value that is missing is nil"
        )
      }
      guard let unit = Int64("\(digits)") else {
        throw FrameError(
          .argumentOutOfRange, column: name, row: row,
          "the number in row \(row + 1), \(value), has more than 18 digits at \(scale) places")
      }
      units.append(unit)
    }
    return try Column(name, integers: units, type: .decimal(scale: scale))
  }
}
