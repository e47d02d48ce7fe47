/// What a value is asked: `column.count(where: .less(than: 100))`.
///
/// Null rows satisfy no condition but `isNull`; NaN satisfies none but `notEqual` and `isNotNull`. Text
/// compares by its bytes.
public enum Condition: Hashable, Sendable {
  /// It equals the value.
  case equal(to: Scalar)
  /// It has a value, and another one.
  case notEqual(to: Scalar)
  /// It is less than the value.
  case less(than: Scalar)
  /// It is no greater than the value.
  case atMost(Scalar)
  /// It is greater than the value.
  case greater(than: Scalar)
  /// It is no less than the value.
  case atLeast(Scalar)
  /// From the first to the second, both included.
  case between(Scalar, Scalar)
  /// It equals one of the values.
  case isIn([Scalar])
  /// Of text: it begins so.
  case hasPrefix(String)
  /// There is no value.
  case isNull
  /// There is a value.
  case isNotNull

  /// One of each kind, around `a` and `b`: what law tests and benchmarks go through.
  package static func all(_ a: Scalar, _ b: Scalar) -> [Condition] {
    var conditions: [Condition] = [
      .equal(to: a), .notEqual(to: a), .less(than: a), .atMost(a), .greater(than: a), .atLeast(a),
      .between(a, b), .isIn([a, b]), .isNull, .isNotNull,
    ]
    if case .text(let bytes) = a {
      conditions.append(.hasPrefix(String(decoding: bytes.prefix(1), as: UTF8.self)))
    }
    return conditions
  }

  /// The name that reports carry.
  package var name: String {
    switch self {
    case .equal: "equal"
    case .notEqual: "not_equal"
    case .less: "less"
    case .atMost: "at_most"
    case .greater: "greater"
    case .atLeast: "at_least"
    case .between: "between"
    case .isIn: "is_in"
    case .hasPrefix: "has_prefix"
    case .isNull: "is_null"
    case .isNotNull: "is_not_null"
    }
  }
}
