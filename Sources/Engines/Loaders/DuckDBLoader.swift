import Columnar
import Wording

/// DuckDB 2: SQL that makes a table, its categories as enums.
struct DuckDBLoader: Loader {
  let name = "duckdb"

  func obstacles(in table: LoaderTable) -> [String] {
    table.obstacles + (table.blankLines.areAbove ? ["a blank line stands above the header"] : [])
  }

  func code(for table: LoaderTable) -> String {
    var code = CodeText()
    let names = Self.names(table)
    let bytes = table.columns.reduce(0) { $0 + self.bytes($1) }
    var facts = ["In DuckDB's memory: \(ByteText(bytes)), and the unused ends of its blocks."]
    if names != table.columns.map(\.profile.name) {
      facts.append(
        "DuckDB takes names for the same that differ in case: the later ones end in _2, _3.")
    }
    code.head(table, facts, mark: "--")
    let target = SQLQuoted.name(table.name)
    if table.columns.contains(where: { $0.profile.type.zone != nil }) {
      code.line("SET TimeZone = 'UTC';")
    }
    code.line("CREATE TABLE \(target) AS")
    code.line("SELECT")
    for (index, column) in table.columns.enumerated() {
      let comma = index + 1 < table.columns.count ? "," : ""
      code.line(
        "    \(expression(column, "c\(index + 1)")) AS \(SQLQuoted.name(names[index]))\(comma)")
    }
    code.line("FROM read_csv(")
    code.line("    [\(table.files.map(SQLQuoted.text).joined(separator: ", "))],")
    code.line("    auto_detect = false,")
    code.line("    parallel = false, -- else rows change places")
    code.line("    header = \(table.hasHeader),")
    if table.preambleLineCount > 0 {
      code.line("    skip = \(table.preambleLineCount),")
    }
    code.line("    delim = \(SQLQuoted.text(table.delimiter)),")
    code.line("    quote = \(SQLQuoted.text(table.quote ?? "")),")
    code.line("    escape = \(SQLQuoted.text(table.quote ?? "")),")
    code.line("    nullstr = '',")
    code.line("    allow_quoted_nulls = false,")
    code.line("    columns = {")
    for (index, column) in table.columns.enumerated() {
      let comma = index + 1 < table.columns.count ? "," : ""
      code.line("        'c\(index + 1)': '\(isRead(column) ? type(column) : "VARCHAR")'\(comma)")
    }
    code.line("    }")
    code.line(");")
    for (index, column) in table.columns.enumerated() where isEnum(column) {
      let name = SQLQuoted.name(names[index])
      let kind = SQLQuoted.name("\(table.name).\(names[index])")
      code.line("CREATE TYPE \(kind) AS ENUM (")
      code.line("    SELECT DISTINCT \(name) FROM \(target) WHERE \(name) IS NOT NULL ORDER BY 1")
      code.line(");")
      code.line("ALTER TABLE \(target) ALTER \(name) TYPE \(kind);")
    }
    return code.text
  }

  /// The columns' names, none of which differs from another in case alone.
  static func names(_ table: LoaderTable) -> [String] {
    var taken = Set<String>()
    let given = Set(table.columns.map { $0.profile.name.lowercased() })
    return table.columns.map { column in
      var name = column.profile.name
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        repeat {
          name = "\(column.profile.name)_\(number)"
          number += 1
        } while given.contains(name.lowercased())
      }
      return name
    }
  }

  private func isEnum(_ column: LoaderColumn) -> Bool {
    column.isText && column.profile.valueCount > 0 && column.typing(for: .duckdb).dictionary != nil
  }

  private func bytes(_ column: LoaderColumn) -> Int {
    let handed = column.handed(to: .duckdb)
    guard isEnum(column), let count = handed.typing.dictionary?.count else {
      return LeanDuckDB().bytes(of: handed)
    }
    let width = count < 1 << 8 ? 1 : count < 1 << 16 ? 2 : 4
    return handed.rowCount * width + (handed.rowCount + 7) / 8 + handed.dictionaryByteCount
  }

  private func type(_ column: LoaderColumn) -> String {
    LeanDuckDB().typeName(of: column.handed(to: .duckdb))
  }

  /// Whether the reader makes the type itself.
  private func isRead(_ column: LoaderColumn) -> Bool {
    if column.isText { return true }
    return column.isDirect && column.profile.type != .null
  }

  private func expression(_ column: LoaderColumn, _ name: String) -> String {
    if column.typing(for: .duckdb).type == .null { return "NULL" }
    let words = column.nullWords + (column.hasQuotedNulls ? [""] : [])
    let list = words.map(SQLQuoted.text).joined(separator: ", ")
    let value = words.isEmpty ? name : "CASE WHEN \(name) IN (\(list)) THEN NULL ELSE \(name) END"
    if column.isText || isRead(column) { return value }
    switch column.spelling {
    case .plain: return "CAST(\(value) AS \(type(column)))"
    case .decimalComma: return "CAST(replace(\(value), ',', '.') AS \(type(column)))"
    case .span: return "CAST(\(value) AS INTERVAL)"
    case .wholeDecimals: return "CAST(CAST(\(value) AS DECIMAL(20, 1)) AS \(type(column)))"
    case .loose: return "CAST(trim(\(value), ' ' || chr(9)) AS \(type(column)))"
    case .date(let format): return "CAST(strptime(\(value), \(SQLQuoted.text(format))) AS DATE)"
    case .boolean(let yes, _): return "(\(value)) = \(SQLQuoted.text(yes))"
    }
  }
}
