import Columnar

/// DuckDB 2.0: `CREATE TABLE t AS FROM …` of the file as pyarrow reads it, in memory, uncompressed:
/// what its segments hold. Their unused ends are not counted, of which `docs/hand-over.md` tells.
package struct LeanDuckDB: LeanEngine {
  package let name = "duckdb"

  package init() {}

  package func bytes(of column: HandedColumn) -> Int {
    let n = column.rowCount
    // Every column has a bitmap, nulls or not.
    let validity = bitmapByteCount(n)
    switch column.typing.type {
    case .null: return 4 * n + validity
    case .boolean: return n + validity
    case .integer, .float, .date: return column.valueByteCount(n) + validity
    case .time, .timestamp: return 8 * n + validity
    // Months, days and microseconds.
    case .duration: return 16 * n + validity
    case .decimal(let precision, _):
      return n * (precision <= 4 ? 2 : precision <= 9 ? 4 : precision <= 18 ? 8 : 16) + validity
    // 4 bytes say where the text of a row lies; dictionaries are read as text.
    case .utf8: return 4 * n + column.textByteCount + validity
    }
  }

  package func typeName(of column: HandedColumn) -> String {
    switch column.typing.type {
    case .null: return "\"NULL\""
    case .boolean: return "BOOLEAN"
    case .integer(let bits, let isSigned):
      let name = [8: "TINYINT", 16: "SMALLINT", 32: "INTEGER", 64: "BIGINT"][bits] ?? "BIGINT"
      return (isSigned ? "" : "U") + name
    case .float(let bits): return bits == 32 ? "FLOAT" : "DOUBLE"
    case .decimal(let precision, let scale): return "DECIMAL(\(precision),\(scale))"
    case .date: return "DATE"
    case .time(let unit): return unit == .nanosecond ? "TIME_NS" : "TIME"
    case .timestamp(let unit, nil):
      return unit == .microsecond
        ? "TIMESTAMP"
        : "TIMESTAMP_\(unit == .second ? "S" : unit == .millisecond ? "MS" : "NS")"
    case .timestamp(_, _?): return "TIMESTAMP WITH TIME ZONE"
    case .duration: return "INTERVAL"
    case .utf8: return "VARCHAR"
    }
  }
}
