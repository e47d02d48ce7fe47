import Columnar
import Wording

/// polars 2: `scan_csv` with a schema, and expressions for what its reader cannot be told.
struct PolarsLoader: Loader {
  let name = "polars"

  func obstacles(in table: LoaderTable) -> [String] {
    let hasBlankLines = table.blankLines.areAbove || table.blankLines.areWithin
    return table.obstacles + (hasBlankLines ? ["blank lines would be rows of nulls"] : [])
  }

  func code(for table: LoaderTable) -> String {
    var code = CodeText()
    let (before, after) = table.bytes(before: PolarsBaseline(), after: LeanPolars(), for: .polars)
    var facts = ["In polars: \(ByteText(before)) by default, about \(ByteText(after)) so."]
    if table.columns.contains(where: { $0.typing(for: .polars).type.isInSeconds }) {
      facts.append("polars counts times of day in nanoseconds, and instants in no seconds.")
    }
    code.head(table, facts + table.wrapping(in: .polars, for: .polars), mark: "#")
    code.line("import polars as pl")
    code.line()
    code.list(
      "SCHEMA = {",
      table.columns.map { "\(PythonLiteral($0.profile.name)): \(read($0))" }, "}")
    code.line("frame = (")
    code.line("    pl.scan_csv(")
    let files = table.files.map { "\(PythonLiteral($0))" }
    code.line("        \(files.count == 1 ? files[0] : "[\(files.joined(separator: ", "))]"),")
    code.line("        schema=SCHEMA,")
    if table.delimiter != "," {
      code.line("        separator=\(PythonLiteral(table.delimiter)),")
    }
    if table.quote != "\"" {
      let quote = table.quote.map { "\(PythonLiteral($0))" } ?? "None"
      code.line("        quote_char=\(quote),")
    }
    // Columns go by their place: the header's own names may be none, or twice the same.
    code.line("        has_header=False,")
    let skipped = table.preambleLineCount + (table.hasHeader ? 1 : 0)
    if skipped > 0 { code.line("        skip_rows=\(skipped),") }
    code.line("        glob=False,")
    code.line("    )")
    let steps = table.columns.compactMap { column in
      step(column).map { "(\($0)).alias(\(PythonLiteral(column.profile.name)))" }
    }
    if !steps.isEmpty { code.list("    .with_columns(", steps, "    )", indent: "        ") }
    code.line("    .collect()")
    code.line(")")
    return code.text
  }

  /// The type that the reader is told.
  private func read(_ column: LoaderColumn) -> String {
    step(column) == nil ? type(column) : "pl.String"
  }

  private func type(_ column: LoaderColumn) -> String {
    let typing = column.typing(for: .polars)
    // All of one table of categories: columns can be compared, joined and concatenated.
    if column.isText, typing.dictionary != nil { return "pl.Categorical" }
    switch typing.type {
    case .null: return "pl.Null"
    case .boolean: return "pl.Boolean"
    case .integer(let bits, let isSigned): return "pl.\(isSigned ? "Int" : "UInt")\(bits)"
    case .float(let bits): return "pl.Float\(bits)"
    case .decimal(let precision, let scale): return "pl.Decimal(\(precision), \(scale))"
    case .date: return "pl.Date"
    case .time: return "pl.Time"
    case .duration(let unit):
      return "pl.Duration(\"\((unit == .second ? .millisecond : unit).rawValue)\")"
    case .timestamp(let unit, let zone):
      let unit = unit == .second ? TimeUnit.millisecond : unit
      return "pl.Datetime(\"\(unit.rawValue)\"\(zone.map { ", \(PythonLiteral($0))" } ?? ""))"
    case .utf8: return "pl.String"
    }
  }

  /// An expression that makes the values of text; `nil` where the reader can do it.
  private func step(_ column: LoaderColumn) -> String? {
    let typing = column.typing(for: .polars)
    let name = PythonLiteral(column.profile.name)
    if typing.type == .null { return "pl.lit(None)" }
    let words = column.nullWords + (column.hasQuotedNulls ? [""] : [])
    let list = words.map { "\(PythonLiteral($0))" }.joined(separator: ", ")
    let text =
      words.isEmpty
      ? "pl.col(\(name))"
      : "pl.when(pl.col(\(name)).is_in([\(list)])).then(None).otherwise(pl.col(\(name)))"
    let isPlain = words.isEmpty && column.spelling == .plain
    switch typing.type {
    case .timestamp(let unit, let zone):
      let unit = unit == .second ? "ms" : unit.rawValue
      // A day alone, and minutes without seconds, are instants as well.
      let clock =
        "\(text).str.replace(\"T\", \" \")\(zone == nil ? "" : ".str.replace(\"Z$\", \"+00:00\")")"
        + ".str.replace(\"^(.{10})$\", \"${1} 00:00\")"
        + ".str.replace(\"^(.{16})($|[+-])\", \"${1}:00${2}\")"
      let format = "%Y-%m-%d %H:%M:%S%.f\(zone == nil ? "" : "%#z")"
      let zoned = zone.map { ", time_zone=\(PythonLiteral($0))" } ?? ""
      return "\(clock).str.to_datetime(\"\(format)\", time_unit=\"\(unit)\"\(zoned))"
    case .duration(let unit): return span("(\(text))", unit, type(column))
    case _ where isPlain && column.profile.source.shapes.contains(.looseFloat) == false: return nil
    case .date:
      let format = if case .date(let format) = column.spelling { format } else { "%Y-%m-%d" }
      return "\(text).str.to_date(\(PythonLiteral(format)))"
    case .time: return "\(text).str.to_time(\"%H:%M:%S%.f\")"
    case .boolean:
      if case .boolean(let yes, _) = column.spelling { return "\(text) == \(PythonLiteral(yes))" }
      return "(\(text)).str.to_lowercase() == \"true\""
    case .utf8: return words.isEmpty ? nil : "\(text).cast(\(type(column)))"
    default:
      let number: String
      switch column.spelling {
      case .decimalComma: number = "(\(text)).str.replace(\",\", \".\", literal=True)"
      case .wholeDecimals: number = "(\(text)).str.replace(r\"\\.0*$\", \"\")"
      case .loose: number = "(\(text)).str.strip_chars(\" \\t\").str.strip_prefix(\"+\")"
      default: number = "(\(text))"
      }
      return "\(number).cast(\(type(column)))"
    }
  }
}

extension PolarsLoader {
  /// `36:15:00.5`, with a minus sign or none, as a number of units that becomes a span of time.
  private func span(_ text: String, _ unit: TimeUnit, _ type: String) -> String {
    func part(_ pattern: String) -> String {
      "\(text).str.extract(r\"\(pattern)\").cast(pl.Int64)"
    }
    let seconds =
      "(\(part("(\\d+):")) * 3600 + \(part(":(\\d+):")) * 60 + \(part(":(\\d+)(?:\\.|$)")))"
    let fraction =
      "\(text).str.extract(r\"\\.(\\d+)$\").fill_null(\"0\").str.pad_end(9, \"0\").cast(pl.Int64)"
    let handed = unit == .second ? TimeUnit.millisecond : unit
    let units =
      "\(seconds) * \(handed.perSecond) + \(fraction) // \(1_000_000_000 / handed.perSecond)"
    return "((\(units)) * pl.when(\(text).str.starts_with(\"-\")).then(-1).otherwise(1))"
      + ".cast(\(type))"
  }
}

extension ArrowType {
  fileprivate var isInSeconds: Bool {
    switch self {
    case .timestamp(.second, _), .time: true
    default: false
    }
  }
}
