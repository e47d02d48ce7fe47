import Columnar
import Kernels
import Options
import Wording

/// One answer of all values of a column.
struct Reducing: TableQuestion {
  static let names = [
    "sum", "mean", "min", "max", "var", "std", "median", "quantile", "count", "null_count",
    "nunique", "any", "all", "argmin", "argmax", "corr",
  ]
  var ask: String
  var column: String
  var fraction: Double?
  /// Which of two values a quantile is; a number between them where none is told.
  var interpolation: String?
  var ddof: Int?
  var other: String?
  var skipsNaN: Bool?

  enum CodingKeys: String, CodingKey {
    case ask, column, fraction, interpolation, ddof, other
    case skipsNaN = "skip_nan"
  }

  func answer(of tables: OperandTables) throws -> JSONText {
    let column = try tables.first.column(column)
    do {
      return try answer(of: column, in: tables.first)
    } catch let error as ReductionError where error.code == .unsupportedType {
      let type = column.type
      let isInOrder = type.domain == .integer && ["median", "quantile"].contains(ask)
      let advice = isInOrder ? "; `quantile(0.5, \"nearest\")` is one of its values" : ""
      throw OptionError("column '\(column.name)': there is no \(ask) of type \(type)\(advice)")
    }
  }

  private func answer(of column: Column, in table: DataFrame) throws -> JSONText {
    let nan: NaNPolicy = skipsNaN ?? false ? .skip : .propagate
    // NaN is neither the least nor the greatest value unless that is asked for.
    let ends: NaNPolicy = skipsNaN ?? true ? .skip : .propagate
    switch ask {
    case "sum": return try column.sum(nan: nan).answer
    case "mean": return try amount(column.mean(nan: nan), of: column)
    case "min": return try column.minimum(nan: ends)?.answer ?? Self.none
    case "max": return try column.maximum(nan: ends)?.answer ?? Self.none
    case "var": return try Self.number(column.variance(ddof: ddof ?? 1, nan: nan))
    case "std": return try amount(column.standardDeviation(ddof: ddof ?? 1, nan: nan), of: column)
    case "median": return try quantile(0.5, column, nan)
    case "quantile":
      guard let fraction else { throw OptionError("quantile takes a fraction from 0 to 1") }
      return try quantile(fraction, column, nan)
    case "count": return Scalar.integer(Int128(column.valueCount)).answer
    case "null_count": return Scalar.integer(Int128(column.nullCount)).answer
    case "nunique": return Scalar.integer(Int128(column.distinctCount())).answer
    case "any": return try Scalar.boolean(column.any()).answer
    case "all": return try Scalar.boolean(column.all()).answer
    case "argmin": return try Self.place(column.argmin(nan: ends))
    case "argmax": return try Self.place(column.argmax(nan: ends))
    case "corr": return try correlation(table)
    default: throw OptionError(invalid: ask, expected: Self.names).of("ask")
    }
  }

  private func quantile(_ fraction: Double, _ column: Column, _ nan: NaNPolicy) throws -> JSONText {
    guard let interpolation, interpolation != "linear" else {
      return try amount(column.quantile(fraction, nan: nan), of: column)
    }
    let named = QuantileInterpolation.allCases.first { "\($0)" == interpolation }
    guard let named else {
      let names = ["linear"] + QuantileInterpolation.allCases.map { "\($0)" }
      throw OptionError(invalid: interpolation, expected: names).of("interpolation")
    }
    let value = try column.quantile(fraction, interpolation: named, nan: nan)
    return value?.answer ?? Self.none
  }

  private func correlation(_ table: DataFrame) throws -> JSONText {
    guard let other else { throw OptionError("corr takes another column") }
    var aggregation = Aggregation.correlation(column, other).named("answer")
    if skipsNaN ?? false { aggregation.nan = .skip }
    let columns = try table.selecting(column == other ? [column] : [column, other])
    // All rows are one group.
    let one = Column("\u{0}one", integers: [Int64?](repeating: 1, count: table.rowCount))
    let answers = try columns.adding(one).grouped(by: one.name).aggregated(aggregation)
    return answers.columns[1].firstValue?.answer ?? Self.none
  }

  private static let none = JSONText.object([
    ("type", .string("null")), ("values", .array([.null])),
  ])

  private static func number(_ number: Double?) -> JSONText {
    number.map { Scalar.float($0).answer } ?? none
  }

  /// Amounts of durations are seconds.
  private func amount(_ number: Double?, of column: Column) -> JSONText {
    guard let number else { return Self.none }
    if case .duration = column.type {
      return .object([("type", .string("seconds")), ("values", .array([.number(number)]))])
    }
    return Scalar.float(number).answer
  }

  private static func place(_ row: Int?) -> JSONText {
    row.map { Scalar.integer(Int128($0)).answer } ?? none
  }
}
