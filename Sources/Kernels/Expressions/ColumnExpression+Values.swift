import Columnar

/// A Swift value that stands in an expression as it would as a literal: every integer type, `Double`,
/// `Float`, `Bool`, `String`, `Duration` and `Scalar`.
///
///     let limit = 60
///     try flights.filtered(where: col("dep_delay") > limit)
public protocol ExpressionValue: Sendable {
  /// The value as an expression.
  var expression: ColumnExpression { get }
}

extension FixedWidthInteger where Self: ExpressionValue {
  /// The number, exactly; past 128 bits, which no column holds, the nearest end.
  public var expression: ColumnExpression {
    ColumnExpression(.number(digits: Int128(clamping: self), scale: 0))
  }
}

extension Int: ExpressionValue {}
extension Int8: ExpressionValue {}
extension Int16: ExpressionValue {}
extension Int32: ExpressionValue {}
extension Int64: ExpressionValue {}
extension Int128: ExpressionValue {}
extension UInt: ExpressionValue {}
extension UInt8: ExpressionValue {}
extension UInt16: ExpressionValue {}
extension UInt32: ExpressionValue {}
extension UInt64: ExpressionValue {}

extension Double: ExpressionValue {
  /// The decimal that the number is written as, where it has few digits: 0.1 is a tenth, exactly.
  public var expression: ColumnExpression { ColumnExpression(floatLiteral: self) }
}

extension Float: ExpressionValue {
  /// The number as binary64.
  public var expression: ColumnExpression { ColumnExpression(floatLiteral: Double(self)) }
}

extension Bool: ExpressionValue {
  /// Whether it is true.
  public var expression: ColumnExpression { ColumnExpression(booleanLiteral: self) }
}

extension String: ExpressionValue {
  /// The text; beside dates what it says by ISO 8601.
  public var expression: ColumnExpression { ColumnExpression(stringLiteral: self) }
}

extension ColumnExpression {
  /// An instant, in nanoseconds since the start of 1970, which stands beside timestamps with a zone and without, and
  /// beside dates.
  package init(nanosecondsSince1970 nanoseconds: Int128) {
    let instant = Exact(nanoseconds: nanoseconds)
    self.init(
      .moment(
        instant.low, .timestamp(unit: TimeUnit(fractionDigits: instant.scale), zone: "UTC")))
  }
}

extension Duration: ExpressionValue {
  /// The span of time, to the nearest nanosecond, in the coarsest unit that tells it.
  public var expression: ColumnExpression {
    let (seconds, attoseconds) = components
    let rest = (Double(attoseconds) / 1e9).rounded()
    let span = Exact(nanoseconds: Int128(seconds) * 1_000_000_000 + Int128(rest))
    return ColumnExpression(
      .moment(span.low, .duration(unit: TimeUnit(fractionDigits: span.scale))))
  }
}

extension Scalar: ExpressionValue {
  /// The value, in its unit; dates and times as they are written out.
  public var expression: ColumnExpression {
    switch self {
    case .boolean(let value): ColumnExpression(booleanLiteral: value)
    case .integer(let value): value.expression
    case .decimal(let digits, let scale):
      (0...38).contains(scale)
        ? ColumnExpression(.number(digits: digits, scale: scale))
        : ColumnExpression(.float(Double(description) ?? .nan))
    case .float(let value): ColumnExpression(.float(value))
    case .text(let bytes): ColumnExpression(.text(bytes))
    case .duration(let units, let unit):
      ColumnExpression(.moment(units, .duration(unit: unit)))
    case .date, .time, .timestamp: description.expression
    }
  }
}

/// Operators with a Swift value on one side.
extension ColumnExpression {
  /// The sum with a value; of texts one behind the other.
  public static func + (a: Self, b: some ExpressionValue) -> Self { a + b.expression }
  /// The sum with a value.
  public static func + (a: some ExpressionValue, b: Self) -> Self { a.expression + b }
  /// The difference of an expression and a value.
  public static func - (a: Self, b: some ExpressionValue) -> Self { a - b.expression }
  /// The difference of an expression and a value.
  public static func - (a: some ExpressionValue, b: Self) -> Self { a.expression - b }
  /// The product with a value.
  public static func * (a: Self, b: some ExpressionValue) -> Self { a * b.expression }
  /// The product with a value.
  public static func * (a: some ExpressionValue, b: Self) -> Self { a.expression * b }
  /// The quotient, a float.
  public static func / (a: Self, b: some ExpressionValue) -> Self { a / b.expression }
  /// The quotient, a float.
  public static func / (a: some ExpressionValue, b: Self) -> Self { a.expression / b }
  /// The remainder, with the sign of the divisor.
  public static func % (a: Self, b: some ExpressionValue) -> Self { a % b.expression }
  /// Whether it equals the value.
  public static func == (a: Self, b: some ExpressionValue) -> Self { a == b.expression }
  /// Whether it has a value, and another one.
  public static func != (a: Self, b: some ExpressionValue) -> Self { a != b.expression }
  /// Whether it is less than the value.
  public static func < (a: Self, b: some ExpressionValue) -> Self { a < b.expression }
  /// Whether it is at most the value.
  public static func <= (a: Self, b: some ExpressionValue) -> Self { a <= b.expression }
  /// Whether it is greater than the value.
  public static func > (a: Self, b: some ExpressionValue) -> Self { a > b.expression }
  /// Whether it is at least the value.
  public static func >= (a: Self, b: some ExpressionValue) -> Self { a >= b.expression }

  /// Whether it equals one of the values.
  public func isIn(_ members: [some ExpressionValue]) -> Self { isIn(members.map(\.expression)) }

  /// Whether it lies from the first value to the second, both included.
  public func isBetween(_ low: Self, _ high: Self) -> Self { self >= low && self <= high }

  /// Whether it lies from the first value to the second, both included.
  public func isBetween(_ low: some ExpressionValue, _ high: some ExpressionValue) -> Self {
    isBetween(low.expression, high.expression)
  }

  /// Its value, and that of `other` where it is null.
  public func coalesced(with other: Self) -> Self {
    .when(isNull, then: other, otherwise: self)
  }

  /// Its value, and `other` where it is null.
  public func coalesced(with other: some ExpressionValue) -> Self {
    coalesced(with: other.expression)
  }
}
