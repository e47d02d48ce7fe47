/// One answer for each group: of a column, by a reduction.
public struct Aggregation: Hashable, Sendable {
  /// What is asked of a group's values.
  public enum Kind: Hashable, Sendable {
    /// Its rows, with or without a value.
    case size
    /// Its values.
    case count
    /// The sum, in the column's type; of booleans how many are true.
    case sum
    /// The mean, a float.
    case mean
    /// The least value.
    case minimum
    /// The greatest value.
    case maximum
    /// The variance, divided by the number of values less `ddof`.
    case variance(ddof: Int)
    /// The root of the variance.
    case standardDeviation(ddof: Int)
    /// The quantile of a fraction from 0 to 1, with linear interpolation.
    case quantile(Double)
    /// How many different values there are.
    case distinctCount
    /// Its first and its last value.
    case first
    /// Its last value.
    case last
    /// Whether a boolean is true.
    case any
    /// Whether no boolean is false.
    case all
    /// Pearson's correlation with another column, of the rows in which both have a value.
    case correlation(with: String)
  }

  /// What is asked.
  public let kind: Kind
  /// The column that is asked; empty for sizes.
  public let column: String
  /// The name of the column of answers.
  public var name: String
  /// NaN among floats makes a group's sum, mean, variance and quantiles NaN unless it is skipped.
  /// The least and the greatest leave it out.
  public var nan: NaNPolicy = .propagate

  /// What is asked of the column, under the name `column_kind` where no other is given.
  public init(_ kind: Kind, _ column: String, named name: String? = nil) {
    self.kind = kind
    self.column = column
    self.name = name ?? (column.isEmpty ? kind.name : "\(column)_\(kind.name)")
  }

  /// How many rows each group has.
  public static let size = Aggregation(.size, "")
  /// How many values each group has.
  public static func count(_ column: String) -> Aggregation { Aggregation(.count, column) }
  /// The sum of each group, in the column's type.
  public static func sum(_ column: String) -> Aggregation { Aggregation(.sum, column) }
  /// The mean of each group, a float.
  public static func mean(_ column: String) -> Aggregation { Aggregation(.mean, column) }
  /// The least value of each group.
  public static func minimum(_ column: String) -> Aggregation { Aggregation(.minimum, column) }
  /// The greatest value of each group.
  public static func maximum(_ column: String) -> Aggregation { Aggregation(.maximum, column) }
  /// The variance of each group; 1 `ddof` for a sample, 0 for a population.
  public static func variance(_ column: String, ddof: Int = 1) -> Aggregation {
    Aggregation(.variance(ddof: ddof), column)
  }
  /// The standard deviation of each group.
  public static func standardDeviation(_ column: String, ddof: Int = 1) -> Aggregation {
    Aggregation(.standardDeviation(ddof: ddof), column)
  }
  /// The median of each group, a float.
  public static func median(_ column: String) -> Aggregation {
    Aggregation(.quantile(0.5), column, named: "\(column)_median")
  }
  /// The quantile of each group for a fraction from 0 to 1, a float.
  public static func quantile(_ column: String, _ fraction: Double) -> Aggregation {
    Aggregation(.quantile(fraction), column)
  }
  /// How many different values each group has.
  public static func distinctCount(_ column: String) -> Aggregation {
    Aggregation(.distinctCount, column)
  }
  /// The first value of each group.
  public static func first(_ column: String) -> Aggregation { Aggregation(.first, column) }
  /// The last value of each group.
  public static func last(_ column: String) -> Aggregation { Aggregation(.last, column) }
  /// Whether any boolean of a group is true.
  public static func any(_ column: String) -> Aggregation { Aggregation(.any, column) }
  /// Whether no boolean of a group is false.
  public static func all(_ column: String) -> Aggregation { Aggregation(.all, column) }

  /// Pearson's correlation of two columns within each group, from -1 to 1, of the rows in which both have a
  /// value; its square is the share of the variance that a straight line explains. Null with fewer than two
  /// such rows, NaN where either column does not vary.
  public static func correlation(_ column: String, _ other: String) -> Aggregation {
    Aggregation(.correlation(with: other), column, named: "\(column)_\(other)_corr")
  }

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
    case .correlation(let other): "corr_\(other)"
    }
  }

  /// What errors call it.
  var words: String {
    switch self {
    case .quantile(0.5): "median"
    case .quantile: "quantile"
    case .correlation: "correlation"
    default: name
    }
  }

  /// One of each: what law tests and benchmarks go through.
  package static let everyKind: [Aggregation.Kind] = [
    .size, .count, .sum, .mean, .minimum, .maximum, .variance(ddof: 1), .standardDeviation(ddof: 0),
    .quantile(0.5), .distinctCount, .first, .last, .any, .all,
  ]
}
