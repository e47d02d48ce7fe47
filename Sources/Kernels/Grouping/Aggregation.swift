/// One answer for each group: of a column, by a reduction.
public struct Aggregation: Hashable, Sendable {
  /// What is asked of a group's values.
  public enum Kind: Hashable, Sendable {
    /// Its rows, with or without a value.
    case size
    /// Its values.
    case count
    case sum
    case mean
    case minimum
    case maximum
    case variance(ddof: Int)
    case standardDeviation(ddof: Int)
    case quantile(Double)
    case distinctCount
    /// Its first and its last value.
    case first
    case last
    case any
    case all
  }

  public let kind: Kind
  public let column: String
  /// The name of the column of answers.
  public var name: String
  /// NaN among floats makes a group's sum, mean, variance and quantiles NaN unless it is skipped.
  /// The least and the greatest leave it out.
  public var nan: NaNPolicy = .propagate

  public init(_ kind: Kind, _ column: String, named name: String? = nil) {
    self.kind = kind
    self.column = column
    self.name = name ?? (column.isEmpty ? kind.name : "\(column)_\(kind.name)")
  }

  public static let size = Aggregation(.size, "")
  public static func count(_ column: String) -> Aggregation { Aggregation(.count, column) }
  public static func sum(_ column: String) -> Aggregation { Aggregation(.sum, column) }
  public static func mean(_ column: String) -> Aggregation { Aggregation(.mean, column) }
  public static func minimum(_ column: String) -> Aggregation { Aggregation(.minimum, column) }
  public static func maximum(_ column: String) -> Aggregation { Aggregation(.maximum, column) }
  public static func variance(_ column: String, ddof: Int = 1) -> Aggregation {
    Aggregation(.variance(ddof: ddof), column)
  }
  public static func standardDeviation(_ column: String, ddof: Int = 1) -> Aggregation {
    Aggregation(.standardDeviation(ddof: ddof), column)
  }
  public static func median(_ column: String) -> Aggregation {
    Aggregation(.quantile(0.5), column, named: "\(column)_median")
  }
  public static func quantile(_ column: String, _ fraction: Double) -> Aggregation {
    Aggregation(.quantile(fraction), column)
  }
  public static func distinctCount(_ column: String) -> Aggregation {
    Aggregation(.distinctCount, column)
  }
  public static func first(_ column: String) -> Aggregation { Aggregation(.first, column) }
  public static func last(_ column: String) -> Aggregation { Aggregation(.last, column) }
  public static func any(_ column: String) -> Aggregation { Aggregation(.any, column) }
  public static func all(_ column: String) -> Aggregation { Aggregation(.all, column) }

  /// The same answers under another name.
  public func named(_ name: String) -> Aggregation {
    var copy = self
    copy.name = name
    return copy
  }

  /// The same with NaN left out.
  public var skippingNaN: Aggregation {
    var copy = self
    copy.nan = .skip
    return copy
  }
}

extension Aggregation.Kind {
  /// The name that reports and columns carry.
  public var name: String {
    switch self {
    case .size: "size"
    case .count: "count"
    case .sum: "sum"
    case .mean: "mean"
    case .minimum: "min"
    case .maximum: "max"
    case .variance: "var"
    case .standardDeviation: "std"
    case .quantile(let fraction): "quantile_\(fraction)"
    case .distinctCount: "nunique"
    case .first: "first"
    case .last: "last"
    case .any: "any"
    case .all: "all"
    }
  }

  /// One of each: what law tests and benchmarks go through.
  package static let everyKind: [Aggregation.Kind] = [
    .size, .count, .sum, .mean, .minimum, .maximum, .variance(ddof: 1), .standardDeviation(ddof: 0),
    .quantile(0.5), .distinctCount, .first, .last, .any, .all,
  ]
}
