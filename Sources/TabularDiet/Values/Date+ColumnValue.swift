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
    let value = Double(rows.integer(at: row))
    guard let unit = rows.type.unit else { return Date(timeIntervalSince1970: value * 86_400) }
    return Date(timeIntervalSince1970: value / Double(unit.perSecond))
  }

  public static func _append(_ rows: ElementRows, _ range: Range<Int>, to values: inout [Date?]) {
    for row in range { values.append(rows.isNull(row) ? nil : _value(rows, row)) }
  }

  /// Instants in UTC, to the microsecond.
  public static func _column(_ name: String, of values: [Date?]) throws(FrameError) -> Column {
    var units: [Int64?] = []
    for (row, date) in values.enumerated() {
      guard let date else {
        units.append(nil)
        continue
      }
      guard let unit = Int64(exactly: (date.timeIntervalSince1970 * 1e6).rounded()) else {
        throw FrameError(
          .argumentOutOfRange, column: name, row: row,
          "the date in row \(row) is not within 292,000 years of 1970")
      }
      units.append(unit)
    }
    return try Column(
      name, integers: units, type: .timestamp(unit: .microsecond, zone: "UTC"))
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
      guard !value.isNaN, let unit = Int64("\(digits)") else {
        throw FrameError(
          .argumentOutOfRange, column: name, row: row,
          "the number in row \(row), \(value), has more than 18 digits at \(scale) places")
      }
      units.append(unit)
    }
    return try Column(name, integers: units, type: .decimal(scale: scale))
  }
}
