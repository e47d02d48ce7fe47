import Columnar

/// A table definition in standard SQL, for any database.
struct SQLLoader: Loader {
  let name = "sql"

  /// A definition reads nothing.
  func obstacles(in table: LoaderTable) -> [String] { [] }

  func code(for table: LoaderTable) -> String {
    var code = CodeText()
    code.head(
      table,
      ["Standard SQL: it has no integers below 16 bits, and none without a sign."], mark: "--")
    code.line("CREATE TABLE \(SQLQuoted.name(table.name)) (")
    let names = DuckDBLoader.names(table)
    for (index, column) in table.columns.enumerated() {
      let comma = index + 1 < table.columns.count ? "," : ""
      let isNull = column.hasNulls || column.profile.rowCount == 0
      code.line(
        "    \(SQLQuoted.name(names[index])) \(type(column))\(isNull ? "" : " NOT NULL")\(comma)")
    }
    code.line(");")
    return code.text
  }

  private func type(_ column: LoaderColumn) -> String {
    let range = column.profile.integers
    switch column.profile.type {
    case .null: return "VARCHAR(1)"
    case .boolean: return "BOOLEAN"
    case .integer:
      guard let range else { return "SMALLINT" }
      func fits<Value: FixedWidthInteger>(_ type: Value.Type) -> Bool {
        Value(exactly: range.minimum) != nil && Value(exactly: range.maximum) != nil
      }
      return fits(Int16.self)
        ? "SMALLINT" : fits(Int32.self) ? "INTEGER" : fits(Int64.self) ? "BIGINT" : "NUMERIC(20)"
    case .decimal(let scale):
      let largest = range.map { max($0.minimum.magnitude, $0.maximum.magnitude) } ?? 0
      return "DECIMAL(\(max(String(largest).utf8.count, scale, 1)), \(scale))"
    case .float: return "DOUBLE PRECISION"
    case .date: return "DATE"
    case .time(let unit): return "TIME(\(unit.fractionDigits))"
    case .duration: return "INTERVAL"
    case .timestamp(let unit, let zone):
      return "TIMESTAMP(\(unit.fractionDigits))\(zone == nil ? "" : " WITH TIME ZONE")"
    // Bytes are no fewer than characters.
    case .uuid, .ipv4, .string:
      return "VARCHAR(\(max(column.profile.text?.maximumLength ?? 1, 1)))"
    }
  }
}
