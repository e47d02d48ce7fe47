import Columnar
import Wording

/// pandas 3: `read_csv` with a type for each column, and a step more for what it cannot be told.
struct PandasLoader: Loader {
  let name = "pandas"

  func obstacles(in table: LoaderTable) -> [String] {
    table.obstacles + PandasReading(table).obstacles
  }

  func code(for table: LoaderTable) -> String {
    let reading = PandasReading(table)
    var code = CodeText()
    code.head(table, reading.facts + reading.limits, mark: "#")
    reading.addImports(to: &code)
    reading.addArguments(to: &code)
    code.line()
    if table.files.count == 1 {
      code.line("frame = pd.read_csv(\(PythonLiteral(table.files[0])), **READING)")
    } else {
      code.list("FILES = [", table.files.map { "\(PythonLiteral($0))" }, "]")
      code.line(
        "frame = pd.concat([pd.read_csv(file, **READING) for file in FILES], ignore_index=True)")
    }
    for step in reading.steps { code.line(step) }
    return code.text
  }
}

/// What pandas is told, which Dask hands on to it.
struct PandasReading {
  let table: LoaderTable

  init(_ table: LoaderTable) { self.table = table }

  /// The reader has one decimal sign for all columns.
  var obstacles: [String] {
    let fractions = table.columns.filter {
      switch $0.profile.type {
      case .decimal, .float: true
      default: false
      }
    }
    let commas = fractions.count { $0.spelling == .decimalComma }
    return commas == 0 || commas == fractions.count
      ? [] : ["some columns have a decimal comma and others a point"]
  }

  var facts: [String] {
    let (before, after) = table.bytes(before: PandasBaseline(), after: LeanPandas(), for: .pandas)
    return ["In pandas: \(ByteText(before)) by default, about \(ByteText(after)) so."]
  }

  /// What pandas cannot tell apart or hold.
  var limits: [String] {
    var limits: [String] = []
    let mixed = table.columns.filter { $0.hasEmptyStrings && $0.hasEmptyFields }
    if !mixed.isEmpty {
      limits.append(
        "pandas reads \"\" as missing, as it does nothing at all: \(Self.names(mixed)).")
    }
    let nans = table.columns.filter { ($0.profile.floats?.nanCount ?? 0) > 0 && $0.hasNulls }
    if !nans.isEmpty {
      limits.append("pandas has NaN for missing, too: \(Self.names(nans)).")
    }
    if table.files.contains(where: { $0.hasSuffix(".zst") }) {
      limits.append("Reading .zst needs the package zstandard.")
    }
    return limits + table.wrapping(in: .pandas, for: .pandas)
  }

  static func names(_ columns: [LoaderColumn]) -> String {
    let shown = columns.prefix(3).map { $0.profile.name.onOneLine.ellipsized(to: 24) }
    return shown.joined(separator: ", ")
      + (columns.count > 3 ? " and \(columns.count - 3) more" : "")
  }

  func addImports(to code: inout CodeText) {
    code.line("import pandas as pd")
    if needsArrow { code.line("import pyarrow as pa") }
    if !steps.contains(where: { $0.contains("as_arrow(") }) { return code.line() }
    code.line()
    code.line()
    code.line("def as_arrow(text, kind):")
    code.line(
      "    \"\"\"Text as values of a type of Arrow's, which pandas holds as they are.\"\"\"")
    code.line("    values = pa.array(text, pa.string(), from_pandas=True).cast(kind)")
    code.line("    return pd.Series(pd.array(values, dtype=pd.ArrowDtype(kind)), index=text.index)")
    code.line()
    code.line()
  }

  private var needsArrow: Bool {
    (dtypes.map(\.kind) + steps).contains { $0.contains("pa.") || $0.contains("as_arrow(") }
  }

  func addArguments(to code: inout CodeText) {
    code.line("READING = dict(")
    if table.delimiter != "," {
      code.line("    sep=\(PythonLiteral(table.delimiter)),")
    }
    if let quote = table.quote {
      if quote != "\"" { code.line("    quotechar=\(PythonLiteral(quote)),") }
    } else {
      code.line("    quoting=3,  # no quotes")
    }
    if table.preambleLineCount > 0 {
      code.line("    skiprows=\(table.preambleLineCount),")
    }
    code.line("    header=\(table.hasHeader ? "0" : "None"),")
    code.list(
      "    names=[", table.columns.map { "\(PythonLiteral($0.profile.name))" }, "    ],",
      indent: "        ")
    code.list(
      "    dtype={", dtypes.map { "\(PythonLiteral($0.column.profile.name)): \($0.kind)" },
      "    },",
      indent: "        ")
    code.line("    keep_default_na=False,  # pandas would read the text \"NA\" as missing")
    let words = table.columns.compactMap { column -> String? in
      let words = nullWords(column)
      if words.isEmpty { return nil }
      let list = words.map { "\(PythonLiteral($0))" }.joined(separator: ", ")
      return "\(PythonLiteral(column.profile.name)): [\(list)]"
    }
    code.list("    na_values={", words, "    },", indent: "        ")
    if table.columns.contains(where: { $0.spelling == .decimalComma }) {
      code.line("    decimal=\",\",")
    }
    code.line("    float_precision=\"round_trip\",  # the default is off by a bit now and then")
    // In a single column a blank line is a null.
    code.line("    skip_blank_lines=\(table.columns.count == 1 ? "False" : "True"),")
    code.line(")")
  }

  /// Empty fields are named, too: no word is missing by itself here.
  private func nullWords(_ column: LoaderColumn) -> [String] {
    let isEmptyNull =
      column.hasEmptyFields || column.hasQuotedNulls || (!column.isText && column.hasNulls)
    let hasNaN = (column.profile.floats?.nanCount ?? 0) > 0
    return (isEmptyNull ? [""] : []) + column.nullWords + (hasNaN ? Self.nanWords : [])
  }

  /// The reader knows NaN as a missing value alone.
  private static let nanWords = [
    "nan", "NaN", "NAN", "Nan", "-nan", "-NaN", "-NAN", "+nan", "+NaN", "+NAN",
  ]

  /// The type that `read_csv` is told for each column.
  private var dtypes: [(column: LoaderColumn, kind: String)] {
    table.columns.map { ($0, dtype($0)) }
  }

  private func dtype(_ column: LoaderColumn) -> String {
    let typing = column.typing(for: .pandas)
    if column.isText { return isCategory(column) ? "\"category\"" : "\"str\"" }
    switch typing.type {
    // Steps make these of text.
    case .null, .timestamp, .duration, .decimal, .utf8: return "\"str\""
    case .boolean:
      if column.spelling != .plain { return "\"str\"" }
      return column.hasNulls ? "\"bool[pyarrow]\"" : "\"bool\""
    case .integer(let bits, let isSigned):
      if column.hasNulls, !isSigned, bits == 64 { return "\"str\"" }
      return "\"\(typing.type)\(column.hasNulls ? "[pyarrow]" : "")\""
    case .float(let bits): return "\"float\(bits)\""
    case .date: return column.spelling == .plain ? "\"date32[pyarrow]\"" : "\"str\""
    // Nanoseconds would be lost on the way.
    case .time(.nanosecond): return "\"str\""
    case .time: return "pd.ArrowDtype(\(arrow(typing.type)))"
    }
  }

  /// Whether the reader may make categories: of text that all could be numbers it makes numbers.
  private func isCategory(_ column: LoaderColumn) -> Bool {
    column.typing(for: .pandas).dictionary != nil && column.profile.source.shapes.contains(.text)
  }

  /// Statements that make the lean types of what was read.
  var steps: [String] {
    table.columns.flatMap { column -> [String] in
      let typing = column.typing(for: .pandas)
      let place = "frame[\(PythonLiteral(column.profile.name))]"
      var steps: [String] = []
      switch typing.type {
      case .null:
        steps.append("\(place) = pd.Series(None, index=frame.index, dtype=\"null[pyarrow]\")")
      case .timestamp(let unit, let zone):
        let instant =
          "pd.to_datetime(\(place), format=\"ISO8601\"\(zone == nil ? "" : ", utc=True"))"
        steps.append("\(place) = \(instant).dt.as_unit(\"\(unit.rawValue)\")")
      case .duration(let unit):
        steps.append(
          "\(place) = pd.to_timedelta(\(place)).dt.as_unit(\"\(unit.rawValue)\")")
      case .decimal,
        .integer(bits: 64, isSigned: false) where typing.type.isDecimal || column.hasNulls:
        steps.append("\(place) = as_arrow(\(place), \(arrow(typing.type)))")
      case .time(.nanosecond):
        let instant = "as_arrow(\"1970-01-01 \" + \(place), pa.timestamp(\"ns\"))"
        steps.append("\(place) = \(instant).astype(pd.ArrowDtype(\(arrow(typing.type))))")
      case .boolean:
        if case .boolean(let yes, let no) = column.spelling {
          let words = "{\(PythonLiteral(yes)): True, \(PythonLiteral(no)): False}"
          let kind = column.hasNulls ? "bool[pyarrow]" : "bool"
          steps.append("\(place) = \(place).map(\(words)).astype(\"\(kind)\")")
        }
      case .date:
        if case .date(let format) = column.spelling {
          steps.append(
            "\(place) = pd.to_datetime(\(place), format=\(PythonLiteral(format))).astype(\"date32[pyarrow]\")"
          )
        }
      default: break
      }
      if typing.dictionary != nil, !column.isText || !isCategory(column) {
        steps.append("\(place) = \(place).astype(\"category\")")
      }
      return steps
    }
  }

  private func arrow(_ type: ArrowType) -> String {
    switch type {
    case .decimal(let precision, let scale): "pa.decimal128(\(precision), \(scale))"
    case .time(let unit): "pa.time\(unit <= .millisecond ? 32 : 64)(\"\(unit.rawValue)\")"
    default: "pa.\(type)()"
    }
  }
}

extension ArrowType {
  var isDecimal: Bool { if case .decimal = self { true } else { false } }
}
