import Columnar
import Kernels
import Options

/// A row for each group of rows, with answers.
struct Grouping: TableOperation {
  static let name = "group"
  var by: [String]
  var aggregations: [Aggregated]
  var dropsNulls: Bool?

  enum CodingKeys: String, CodingKey {
    case by, aggregations
    case dropsNulls = "drop_nulls"
  }

  func table(of tables: OperandTables) throws -> DataFrame {
    let aggregations = try aggregations.map { try $0.aggregation }
    return try tables.first.grouped(by: by, dropsNulls: dropsNulls ?? false)
      .aggregated(aggregations)
  }
}

/// What is asked of each group.
struct Aggregated: Decodable {
  var name: String
  var kind: String
  var column: String?
  /// The fraction of a quantile.
  var fraction: Double?
  var ddof: Int?
  /// The other column of a correlation.
  var other: String?
  var skipsNaN: Bool?

  enum CodingKeys: String, CodingKey {
    case name, kind, column, fraction, ddof, other
    case skipsNaN = "skip_nan"
  }

  static let kinds = [
    "size", "count", "sum", "mean", "min", "max", "var", "std", "median", "quantile", "nunique",
    "first", "last", "any", "all", "corr",
  ]

  var aggregation: Aggregation {
    get throws {
      let kind = try answerKind
      guard kind == .size || column != nil else {
        throw OptionError("\(self.kind) is asked of a column; none is named")
      }
      var aggregation = Aggregation(kind, kind == .size ? "" : column ?? "", named: name)
      if skipsNaN ?? false { aggregation.nan = .skip }
      return aggregation
    }
  }

  private var answerKind: Aggregation.Kind {
    get throws(OptionError) {
      switch kind {
      case "size": .size
      case "count": .count
      case "sum": .sum
      case "mean": .mean
      case "min": .minimum
      case "max": .maximum
      case "var": .variance(ddof: ddof ?? 1)
      case "std": .standardDeviation(ddof: ddof ?? 1)
      case "median": .quantile(0.5)
      case "quantile": .quantile(try needed(fraction, "a fraction from 0 to 1"))
      case "nunique": .distinctCount
      case "first": .first
      case "last": .last
      case "any": .any
      case "all": .all
      case "corr": .correlation(with: try needed(other, "another column"))
      default: throw OptionError(invalid: kind, expected: Self.kinds).of("aggregation")
      }
    }
  }

  private func needed<T>(_ value: T?, _ what: String) throws(OptionError) -> T {
    guard let value else { throw OptionError("\(kind) takes \(what)") }
    return value
  }
}

/// The different values of a column, in the order in which they first stand.
struct Distinct: TableOperation {
  static let name = "unique"
  var column: String

  func table(of tables: OperandTables) throws -> DataFrame {
    try DataFrame([tables.first.column(column).unique()])
  }
}

/// The different values of a column, and how many rows have each.
struct Counting: TableOperation {
  static let name = "value_counts"
  var column: String
  var dropsNulls: Bool?

  enum CodingKeys: String, CodingKey {
    case column
    case dropsNulls = "drop_nulls"
  }

  func table(of tables: OperandTables) throws -> DataFrame {
    let counts = try tables.first.column(column)
      .valueCounts(dropsNulls: dropsNulls ?? true)
    return column == "count" ? counts : try counts.renaming(["value": column])
  }
}

/// A column for each value of one.
struct Pivoting: TableOperation {
  static let name = "pivot"
  var rows: [String]
  var columns: String
  var values: Aggregated

  func table(of tables: OperandTables) throws -> DataFrame {
    try tables.first.pivoted(rows: rows, columns: columns, values: values.aggregation)
  }
}

/// Columns put one below the other.
struct Melting: TableOperation {
  static let name = "melt"
  var keep: [String]
  var variable: String
  var value: String

  func table(of tables: OperandTables) throws -> DataFrame {
    try tables.first.melted(keeping: keep, variable: variable, value: value)
  }
}
