/// Whom a file is written for. What that engine cannot hold is stored as the nearest type that holds
/// every value exactly.
public enum TargetEngine: String, Hashable, Sendable, Codable, CaseIterable {
  /// Anyone: the narrowest types, and the hints that pandas and polars need to keep them.
  case any
  /// pandas, through pyarrow.
  case pandas
  /// polars.
  case polars
  /// DuckDB.
  case duckdb
  /// Apache Spark.
  case spark
}

extension TargetEngine {
  /// The engine as readers know it.
  package var label: String {
    switch self {
    case .any: "any engine"
    case .duckdb: "DuckDB"
    case .spark: "Spark"
    case .pandas, .polars: rawValue
    }
  }
}
