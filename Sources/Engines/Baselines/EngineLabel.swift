import Wording

/// An engine as people call it: `pandas 3`, `pandas nullable`, `polars`.
package struct EngineLabel: CustomStringConvertible {
  package let description: String

  package init(_ name: String) {
    description =
      switch name {
      case "pandas": "pandas 3"
      case "arrow": "Arrow"
      case "duckdb": "DuckDB"
      default: String(name.map { $0 == "-" ? " " : $0 }).onOneLine
      }
  }
}
