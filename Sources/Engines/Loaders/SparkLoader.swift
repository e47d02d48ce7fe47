import Columnar

/// Spark 4: a schema for the reader, and a projection for what it cannot be told.
struct SparkLoader: Loader {
  let name = "spark"

  func obstacles(in table: LoaderTable) -> [String] {
    table.obstacles
      + (table.preambleLineCount > 0 ? ["Spark cannot leave out lines before a table"] : [])
  }

  func code(for table: LoaderTable) -> String {
    var code = CodeText()
    var facts = ["Spark holds 8 bytes a value in a row, and narrow columns in its cache."]
    let kinds = table.columns.map { $0.typing(for: .spark) }
    if zip(table.columns, kinds).contains(where: { $0.profile.type.isTime && $1.type != .null }) {
      facts.append("Spark has no times of day: they are numbers of their unit since midnight.")
    }
    if table.columns.contains(where: { $0.profile.type.isInNanoseconds }) {
      facts.append("Spark has no nanoseconds: such instants stay text.")
    }
    if kinds.contains(where: { $0.note != nil && $0.type.isDecimal }) {
      facts.append("Spark has no integers without a sign: DECIMAL(20, 0) holds those of 64 bits.")
    }
    code.head(table, facts, mark: "#")
    code.line("from pyspark.sql import SparkSession")
    code.line()
    code.line(
      "spark = SparkSession.builder.config(\"spark.sql.session.timeZone\", \"UTC\").getOrCreate()")
    code.list("FILES = [", table.files.map { "\(PythonLiteral($0))" }, "]")
    code.line("SCHEMA = \"\"\"")
    for (index, column) in table.columns.enumerated() {
      let comma = index + 1 < table.columns.count ? "," : ""
      code.line("    c\(index + 1) \(isRead(column) ? type(column) : "STRING")\(comma)")
    }
    code.line("\"\"\"")
    code.line("frame = (")
    code.line("    spark.read.schema(SCHEMA)")
    code.line("    .csv(")
    code.line("        FILES,")
    code.line("        header=\(table.hasHeader ? "True" : "False"),")
    code.line("        sep=\(PythonLiteral(table.delimiter)),")
    code.line("        quote=\(PythonLiteral(table.quote ?? "")),")
    code.line("        escape=\(PythonLiteral(table.quote ?? "\\")),")
    code.line("        multiLine=True,")
    code.line("        nullValue=\"\\u0001\",  # an empty field; \"\" in quotes is text")
    code.line("        emptyValue=\"\",")
    code.line("        ignoreLeadingWhiteSpace=False,")
    code.line("        ignoreTrailingWhiteSpace=False,")
    code.line("        maxCharsPerColumn=-1,")
    code.line("        mode=\"FAILFAST\",")
    code.line("    )")
    let names = DuckDBLoader.names(table)
    let items = table.columns.enumerated().map { index, column in
      let target = SQLQuoted(names[index], by: "`").description
      return "\(PythonLiteral("\(expression(column, "c\(index + 1)")) AS \(target)"))"
    }
    code.list("    .selectExpr(", items, "    )", indent: "        ")
    code.line(")")
    return code.text
  }

  private func type(_ column: LoaderColumn) -> String {
    switch column.typing(for: .spark).type {
    case .null: return "VOID"
    case .boolean: return "BOOLEAN"
    case .duration: return "BIGINT"
    case .integer(let bits, _):
      if column.profile.type.isInNanoseconds { return "STRING" }
      return [8: "TINYINT", 16: "SMALLINT", 32: "INT"][bits] ?? "BIGINT"
    case .float(let bits): return bits == 32 ? "FLOAT" : "DOUBLE"
    case .decimal(let precision, let scale): return "DECIMAL(\(precision), \(scale))"
    case .date: return "DATE"
    case .timestamp(_, let zone): return zone == nil ? "TIMESTAMP_NTZ" : "TIMESTAMP"
    case .time, .utf8: return "STRING"
    }
  }

  /// Whether the reader makes the type itself.
  private func isRead(_ column: LoaderColumn) -> Bool {
    switch column.profile.type {
    case .string, .uuid, .ipv4: true
    // Its reader has words of its own for NaN and infinity, and patterns for instants.
    case .float, .time, .duration, .timestamp, .null: false
    default: column.isDirect
    }
  }

  private func expression(_ column: LoaderColumn, _ name: String) -> String {
    if column.typing(for: .spark).type == .null { return "NULL" }
    let words = column.nullWords + (column.hasQuotedNulls ? [""] : [])
    let list = words.map(Self.literal).joined(separator: ", ")
    let value = words.isEmpty ? name : "CASE WHEN \(name) IN (\(list)) THEN NULL ELSE \(name) END"
    if isRead(column) { return value }
    if case .time(let unit) = column.profile.type {
      let hours = "CAST(substring(\(value), 1, 2) AS DECIMAL(20, 9)) * 3600"
      let minutes = "CAST(substring(\(value), 4, 2) AS DECIMAL(20, 9)) * 60"
      let seconds = "CAST(substring(\(value), 7) AS DECIMAL(20, 9))"
      return "CAST((\(hours) + \(minutes) + \(seconds)) * \(unit.perSecond) AS \(type(column)))"
    }
    if case .duration(let unit) = column.profile.type {
      let bare = "replace(\(value), '-', '')"
      func part(_ number: Int) -> String {
        "CAST(split_part(\(bare), ':', \(number)) AS DECIMAL(24, 9))"
      }
      let seconds = "\(part(1)) * 3600 + \(part(2)) * 60 + \(part(3))"
      return "CAST((\(seconds)) * IF(\(value) LIKE '-%', -1, 1) * \(unit.perSecond) AS BIGINT)"
    }
    if type(column) == "STRING" { return value }
    switch column.spelling {
    case .plain: return "CAST(\(value) AS \(type(column)))"
    case .decimalComma: return "CAST(replace(\(value), ',', '.') AS \(type(column)))"
    case .span: return value
    case .wholeDecimals: return "CAST(CAST(\(value) AS DECIMAL(20, 1)) AS \(type(column)))"
    case .loose: return "CAST(trim(\(value)) AS \(type(column)))"
    case .date(let format): return "to_date(\(value), \(Self.literal(Self.pattern(format))))"
    case .boolean(let yes, _): return "(\(value)) = \(Self.literal(yes))"
    }
  }

  /// `%d.%m.%Y` in Spark's letters.
  private static func pattern(_ format: String) -> String {
    var pattern = ""
    var isLetter = false
    for character in format {
      if isLetter {
        pattern += ["d": "dd", "m": "MM", "Y": "yyyy"][character] ?? "'\(character)'"
        isLetter = false
      } else if character == "%" {
        isLetter = true
      } else {
        pattern.append(character)
      }
    }
    return pattern
  }

  /// Text as Spark's SQL has it, where a backslash is an escape.
  private static func literal(_ text: String) -> String {
    let escaped = text.unicodeScalars.reduce(into: "") { result, scalar in
      if scalar == "\\" || scalar == "'" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return "'\(escaped)'"
  }
}

extension LogicalType {
  fileprivate var isTime: Bool { if case .time = self { true } else { false } }
  fileprivate var isInNanoseconds: Bool {
    if case .timestamp(.nanosecond, _) = self { true } else { false }
  }
}
