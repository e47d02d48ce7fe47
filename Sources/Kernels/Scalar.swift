/// One value of a column, apart from it.
///
/// Integers are in the column's own unit: a decimal's digits (12.30 is 1230 at scale 2), days of a
/// date, units of a time or a timestamp, 0 and 1 for booleans.
public enum Scalar: Hashable, Sendable {
  case integer(Int128)
  case float(Double)
  /// The bytes of a text, as it would be written out.
  case text([UInt8])
}

extension Scalar: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
  public init(integerLiteral value: Int64) { self = .integer(Int128(value)) }
  public init(floatLiteral value: Double) { self = .float(value) }
  public init(stringLiteral value: String) { self = .text(Array(value.utf8)) }
  public init(booleanLiteral value: Bool) { self = .integer(value ? 1 : 0) }
}

extension Scalar: CustomStringConvertible {
  public var description: String {
    switch self {
    case .integer(let value): value.description
    case .float(let value): value.description
    case .text(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }
}
