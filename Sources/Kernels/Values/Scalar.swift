public import Columnar

/// One value apart from its column, with the unit that it is counted in.
///
/// Literals are booleans, integers, floats and texts: `.greater(than: 12)`. Beside a decimal, an
/// integer is that number: 12 is 12.00.
public enum Scalar: Hashable, Sendable {
  /// True or false.
  case boolean(Bool)
  /// A whole number.
  case integer(Int128)
  /// `unscaled` / 10^`scale`, exactly: 12.30 is 1230 at scale 2.
  case decimal(unscaled: Int128, scale: Int)
  /// Binary64.
  case float(Double)
  /// Days since 1970-01-01.
  case date(days: Int128)
  /// Units since midnight.
  case time(Int128, unit: TimeUnit)
  /// Units of a span of time.
  case duration(Int128, unit: TimeUnit)
  /// Units since the start of 1970-01-01: of an instant, in UTC, where there is a zone, and of a
  /// calendar and clock where not.
  case timestamp(Int128, unit: TimeUnit, zone: String?)
  /// The bytes of a text, as it would be written out.
  case text([UInt8])
}

extension Scalar: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
  public init(integerLiteral value: Int64) { self = .integer(Int128(value)) }
  public init(floatLiteral value: Double) { self = .float(value) }
  public init(stringLiteral value: String) { self = .text(Array(value.utf8)) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension Scalar {
  /// The number as binary64, the nearest where it lies between two, ties to even: of numbers, and of durations
  /// in seconds, as means are. `nil` of anything else.
  public var doubleValue: Double? {
    switch self {
    case .float(let number): number
    case .integer(let number): Double(number)
    case .duration(let number, let unit): Double(number) / Double(unit.perSecond)
    // The C library rounds a decimal's digits correctly, which a division of two rounded numbers does not.
    case .decimal: Double(description)
    case .boolean, .date, .time, .timestamp, .text: nil
    }
  }

  /// The number, if it is whole and `Int` holds it: 3 of 3.00, too. Otherwise `nil`.
  public var intValue: Int? {
    switch self {
    case .integer(let number): Int(exactly: number)
    case .float(let number): Int(exactly: number)
    case .decimal: place(in: .integer).flatMap { $0.isExact ? Int(exactly: $0.floor) : nil }
    case .boolean, .date, .time, .duration, .timestamp, .text: nil
    }
  }

  /// The truth value; `nil` of anything else.
  public var boolValue: Bool? {
    guard case .boolean(let isTrue) = self else { return nil }
    return isTrue
  }

  /// The text, with U+FFFD where it is not UTF-8; `nil` of anything else.
  public var stringValue: String? {
    guard case .text(let bytes) = self else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Scalar {
  /// What a value that is stored in a column of `type` means.
  package init(_ stored: StoredValue, of type: LogicalType) {
    switch (stored, type) {
    case (.float(let number), _): self = .float(number)
    case (.text(let bytes), _): self = .text(bytes)
    case (.integer(let value), .boolean): self = .boolean(value != 0)
    case (.integer(let value), .decimal(let scale)): self = .decimal(unscaled: value, scale: scale)
    case (.integer(let value), .date): self = .date(days: value)
    case (.integer(let value), .time(let unit)): self = .time(value, unit: unit)
    case (.integer(let value), .duration(let unit)): self = .duration(value, unit: unit)
    case (.integer(let value), .timestamp(let unit, let zone)):
      self = .timestamp(value, unit: unit, zone: zone)
    case (.integer(let value), .null), (.integer(let value), .integer),
      (.integer(let value), .float), (.integer(let value), .uuid), (.integer(let value), .ipv4),
      (.integer(let value), .string):
      self = .integer(value)
    }
  }
}

extension LogicalType {
  /// The type of a sum: true values are counted; other amounts keep their unit.
  var sumType: LogicalType {
    switch self {
    case .boolean, .null: .integer
    default: self
    }
  }
}
