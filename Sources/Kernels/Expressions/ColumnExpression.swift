import Columnar

/// A computation over the columns of a table, a row at a time, from text or from Swift operators.
///
///     try frame.evaluate("price * (1 - discount) > 900 and carrier == 'UA'")
///     try frame.evaluate(col("price") * (1 - col("discount")) > 900 && col("carrier") == "UA")
///
/// Both are the same tree, checked against the table before it runs.
public struct ColumnExpression: Sendable {
  indirect enum Node: Sendable {
    case column(String)
    /// `digits` / 10^`scale`, exact.
    case number(digits: Int128, scale: Int)
    /// The same of more digits than are computed with: compared as it is, and else the nearest binary64.
    case longNumber(digits: Int128, scale: Int, nearest: Double)
    case float(Double)
    case text([UInt8])
    case truth(Bool)
    /// Units of a date, a time, a span of time or a timestamp.
    case moment(Int128, LogicalType)
    case null
    case negated(ColumnExpression)
    case arithmetic(Arithmetic, ColumnExpression, ColumnExpression)
    case comparison(Comparing, ColumnExpression, ColumnExpression)
    case and(ColumnExpression, ColumnExpression)
    case or(ColumnExpression, ColumnExpression)
    case not(ColumnExpression)
    case isNull(ColumnExpression)
    case isTrue(ColumnExpression)
    case isIn(ColumnExpression, [ColumnExpression])
    case like(ColumnExpression, pattern: [UInt8], escape: [UInt8]?)
    case cast(ColumnExpression, LogicalType)
    case call(Function, [ColumnExpression])
  }

  enum Arithmetic: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case power = "**"
  }

  enum Comparing: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="

    /// The same question with the sides exchanged.
    var mirrored: Comparing {
      switch self {
      case .equal, .notEqual: self
      case .less: .greater
      case .atMost: .atLeast
      case .greater: .less
      case .atLeast: .atMost
      }
    }
  }

  /// Functions by the names that they have in text.
  enum Function: String, Sendable, CaseIterable {
    case abs, sqrt, exp, log, floor, ceil, round, sin, cos, tan
    case pow, min, max
    /// `where(condition, a, b)`.
    case choose = "where"
    case startsWith = "starts_with"
    case lower, upper, length
    /// Texts one behind the other; nulls are left out.
    case concat
    case isNull = "is_null"
    /// The first value that is not null.
    case coalesce
    /// The day of a moment.
    case date
    case year, quarter, month, day, weekday, hour, minute, second
    case dayOfYear = "day_of_year"

    var argumentCounts: ClosedRange<Int> {
      switch self {
      case .choose: 3...3
      case .pow, .min, .max, .startsWith: 2...2
      case .round: 1...2
      case .coalesce: 2...ColumnExpression.depthLimit
      case .concat: 1...ColumnExpression.depthLimit
      default: 1...1
      }
    }
  }

  let node: Node
  /// How many levels of parts it has: deeper ones would take more stack than a thread has.
  let depth: Int
  /// Where it stands in the text that it was read from, in bytes.
  let place: Range<Int>?

  init(_ node: Node, at place: Range<Int>? = nil) {
    self.place = place
    let depth = 1 + (node.parts.map(\.depth).max() ?? 0)
    // What is too deep is an error wherever it is used. It is let go of here, a level at a time: a longer
    // chain would take more stack than there is when it is released.
    self.node = depth > Self.depthLimit ? .null : node
    self.depth = min(depth, Self.depthLimit + 1)
  }
}

extension ColumnExpression {
  /// As deep as any thread computes.
  static let depthLimit = 250

  static let tooDeep =
    "there are more than \(depthLimit) levels of parts; compute some as columns first"
}

extension ColumnExpression.Node {
  fileprivate var parts: [ColumnExpression] {
    switch self {
    case .column, .number, .longNumber, .float, .text, .truth, .moment, .null: []
    case .negated(let a), .not(let a), .isNull(let a), .isTrue(let a), .like(let a, _, _),
      .cast(let a, _):
      [a]
    case .arithmetic(_, let a, let b), .comparison(_, let a, let b), .and(let a, let b),
      .or(let a, let b):
      [a, b]
    case .isIn(let a, let members): [a] + members
    case .call(_, let arguments): arguments
    }
  }
}

/// The values of a column, for use in expressions.
public func col(_ name: String) -> ColumnExpression { ColumnExpression(.column(name)) }

extension ColumnExpression: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
  public init(integerLiteral value: Int64) { self.init(.number(digits: Int128(value), scale: 0)) }

  /// The decimal that was written, where it has few digits: 0.1 is a tenth, exactly.
  public init(floatLiteral value: Double) {
    let written = try? ExpressionLexer.number(value.description)
    self.init(written ?? .float(value))
  }

  public init(stringLiteral value: String) { self.init(.text(Array(value.utf8))) }
  public init(booleanLiteral value: Bool) { self.init(.truth(value)) }
}

extension ColumnExpression {
  /// The sum, exact for integers and decimals; of two texts one behind the other; the date so many days
  /// later; the time or timestamp a span of time later.
  public static func + (a: Self, b: Self) -> Self { Self(.arithmetic(.add, a, b)) }
  /// The difference, exact for integers and decimals; of two dates in days; of two times or timestamps a
  /// span of time; the date so many days earlier, the time or timestamp a span of time earlier.
  public static func - (a: Self, b: Self) -> Self { Self(.arithmetic(.subtract, a, b)) }
  /// The product; exact for integers and decimals, and for whole multiples of a span of time.
  public static func * (a: Self, b: Self) -> Self { Self(.arithmetic(.multiply, a, b)) }
  /// The quotient, a float.
  public static func / (a: Self, b: Self) -> Self { Self(.arithmetic(.divide, a, b)) }
  /// The remainder with the sign of the divisor; null where that is 0.
  public static func % (a: Self, b: Self) -> Self { Self(.arithmetic(.remainder, a, b)) }
  /// The negative.
  public static prefix func - (a: Self) -> Self { Self(.negated(a)) }
  public static func == (a: Self, b: Self) -> Self { Self(.comparison(.equal, a, b)) }
  /// Whether both differ.
  public static func != (a: Self, b: Self) -> Self { Self(.comparison(.notEqual, a, b)) }
  public static func < (a: Self, b: Self) -> Self { Self(.comparison(.less, a, b)) }
  /// Whether the first is no greater.
  public static func <= (a: Self, b: Self) -> Self { Self(.comparison(.atMost, a, b)) }
  /// Whether the first is greater.
  public static func > (a: Self, b: Self) -> Self { Self(.comparison(.greater, a, b)) }
  /// Whether the first is no less.
  public static func >= (a: Self, b: Self) -> Self { Self(.comparison(.atLeast, a, b)) }
  /// Whether both are true; false where one is, even beside a null.
  public static func && (a: Self, b: Self) -> Self { Self(.and(a, b)) }
  /// Whether one is true, even beside a null.
  public static func || (a: Self, b: Self) -> Self { Self(.or(a, b)) }
  /// Whether it is false.
  public static prefix func ! (a: Self) -> Self { Self(.not(a)) }

  /// Whether there is no value; never null.
  public var isNull: Self { Self(.isNull(self)) }
  /// The value without its sign.
  public var absolute: Self { call(.abs) }
  /// The square root, a float; NaN below 0.
  public var squareRoot: Self { call(.sqrt) }
  /// *e* to this power, a float.
  public var exponential: Self { call(.exp) }
  /// The natural logarithm, a float.
  public var logarithm: Self { call(.log) }
  /// The greatest whole number that is no greater.
  public var floor: Self { call(.floor) }
  /// The least whole number that is no less.
  public var ceiling: Self { call(.ceil) }
  /// To the nearest whole number, halves to the even one.
  public var rounded: Self { call(.round) }
  /// To the nearest number of so many decimal places, halves to the even one: of decimals exact, of floats as near as
  /// binary comes. A number below 0 rounds to tens, hundreds and so on.
  public func rounded(toPlaces places: Int) -> Self {
    Self(.call(.round, [self, Self(.number(digits: Int128(places), scale: 0))]))
  }
  /// The sine of an angle in radians, a float.
  public var sine: Self { call(.sin) }
  /// The cosine of an angle in radians, a float.
  public var cosine: Self { call(.cos) }
  /// The tangent of an angle in radians, a float.
  public var tangent: Self { call(.tan) }
  /// The day of a timestamp, in UTC where it has a zone.
  public var date: Self { call(.date) }
  /// The year of a date or timestamp.
  public var year: Self { call(.year) }
  /// The quarter of a date or timestamp, from 1.
  public var quarter: Self { call(.quarter) }
  /// The month of a date or timestamp, from 1.
  public var month: Self { call(.month) }
  /// The day of the month, from 1.
  public var day: Self { call(.day) }
  /// The day of the year, from 1.
  public var dayOfYear: Self { call(.dayOfYear) }
  /// 0 on Monday to 6 on Sunday.
  public var weekday: Self { call(.weekday) }
  /// The hour of a time or timestamp, 0 to 23.
  public var hour: Self { call(.hour) }
  /// The minute of a time or timestamp.
  public var minute: Self { call(.minute) }
  /// The whole second of a time or timestamp.
  public var second: Self { call(.second) }
  /// This to the power of `exponent`: exact for whole constants, else a float.
  public func raised(to exponent: Self) -> Self { Self(.arithmetic(.power, self, exponent)) }
  /// Whether it equals one of the members.
  public func isIn(_ members: [Self]) -> Self { Self(.isIn(self, members)) }
  /// `yes` where the condition is true, `no` where it is false or null: SQL's `case when … then … else … end`.
  public static func when(_ condition: Self, then yes: Self, otherwise no: Self) -> Self {
    Self(.call(.choose, [condition, yes, no]))
  }

  /// The lesser of both.
  public static func lesser(_ a: Self, _ b: Self) -> Self { Self(.call(.min, [a, b])) }
  /// The greater of both.
  public static func greater(_ a: Self, _ b: Self) -> Self { Self(.call(.max, [a, b])) }

  private func call(_ function: Function) -> Self { Self(.call(function, [self])) }
}
