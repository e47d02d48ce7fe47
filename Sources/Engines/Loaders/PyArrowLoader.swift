import Columnar
import Wording

/// pyarrow: `csv.read_csv` with a type for each column, and what it cannot be told afterwards.
struct PyArrowLoader: Loader {
  let name = "pyarrow"

  func obstacles(in table: LoaderTable) -> [String] {
    table.obstacles + (table.blankLines.areAbove ? ["a blank line stands above the header"] : [])
  }

  func code(for table: LoaderTable) -> String {
    var code = CodeText()
    let (before, after) = table.bytes(before: ArrowBaseline(), after: LeanArrow(), for: .any)
    var facts = ["In Arrow: \(ByteText(before)) by default, \(ByteText(after)) so."]
    let dictionaries = table.columns.contains { $0.typing(for: .any).dictionary != nil }
    if dictionaries {
      facts.append(
        "The reader makes dictionaries of text alone, with codes of 32 bits: they are narrowed here."
      )
    }
    code.head(table, facts, mark: "#")
    code.line("import pyarrow as pa")
    if table.columns.contains(where: { steps($0).contains { $0.contains("pc.") } }) {
      code.line("import pyarrow.compute as pc")
    }
    code.line("from pyarrow import csv")
    code.line()
    if dictionaries { addDictionary(to: &code) }
    if table.columns.contains(where: { $0.spelling == .span }) { addSpans(to: &code) }
    let names = table.columns.map { "\(PythonLiteral($0.profile.name))" }
    code.list("NAMES = [", names, "]")
    code.list("FILES = [", table.files.map { "\(PythonLiteral($0))" }, "]")
    code.line("READ = csv.ReadOptions(")
    code.line("    column_names=NAMES,")
    if table.preambleLineCount > 0 {
      code.line("    skip_rows=\(table.preambleLineCount),")
    }
    if table.hasHeader { code.line("    skip_rows_after_names=1,  # the header") }
    code.line(")")
    code.line("PARSE = csv.ParseOptions(")
    if table.delimiter != "," {
      code.line("    delimiter=\(PythonLiteral(table.delimiter)),")
    }
    if table.quote != "\"" {
      code.line("    quote_char=\(table.quote.map { "\(PythonLiteral($0))" } ?? "False"),")
    }
    code.line("    newlines_in_values=True,")
    if table.columns.count == 1 {
      code.line("    ignore_empty_lines=False,  # they are nulls of a single column")
    }
    code.line(")")
    code.line("CONVERT = csv.ConvertOptions(")
    let types = table.columns.map { "\(PythonLiteral($0.profile.name)): \(read($0))" }
    code.list("    column_types={", types, "    },", indent: "        ")
    code.line("    null_values=[\"\"],  # \"NA\" is text in a column of text")
    code.line("    strings_can_be_null=True,")
    code.line("    quoted_strings_can_be_null=False,")
    code.line(")")
    code.line()
    code.line(
      "table = pa.concat_tables(csv.read_csv(file, READ, PARSE, CONVERT) for file in FILES)")
    for (index, column) in table.columns.enumerated() {
      let steps = steps(column)
      if steps.isEmpty { continue }
      code.line("column = table.column(\(index))")
      for step in steps { code.line("column = \(step)") }
      code.line("table = table.set_column(\(index), NAMES[\(index)], column)")
    }
    return code.text
  }

  /// There is no way from text to a span of time within pyarrow.
  private func addSpans(to code: inout CodeText) {
    code.line()
    code.line("def spans(column, kind):")
    code.line("    \"\"\"Text such as 36:15:00 as spans of time.\"\"\"")
    code.line("    unit = {\"s\": 1, \"ms\": 10**3, \"us\": 10**6, \"ns\": 10**9}[kind.unit]")
    code.line()
    code.line("    def count(text):")
    code.line("        hours, minutes, seconds = text.lstrip(\"-\").split(\":\")")
    code.line("        whole, _, fraction = seconds.partition(\".\")")
    code.line("        whole = int(hours) * 3600 + int(minutes) * 60 + int(whole)")
    code.line("        units = whole * unit + int(fraction.ljust(9, \"0\")) * unit // 10**9")
    code.line("        return -units if text.startswith(\"-\") else units")
    code.line()
    code.line("    texts = column.to_pylist()")
    code.line("    counts = [None if text is None else count(text) for text in texts]")
    code.line("    return pa.chunked_array([pa.array(counts, pa.int64()).cast(kind)])")
    code.line()
    code.line()
  }

  private func addDictionary(to code: inout CodeText) {
    code.line()
    code.line("def coded(column, kind):")
    code.line("    \"\"\"The column as one dictionary with codes of that kind.\"\"\"")
    code.line("    values = column.combine_chunks()")
    code.line("    if not pa.types.is_dictionary(values.type):")
    code.line("        values = values.dictionary_encode()")
    code.line(
      "    return pa.DictionaryArray.from_arrays(values.indices.cast(kind), values.dictionary)")
    code.line()
    code.line()
  }

  /// The type that the reader is told.
  private func read(_ column: LoaderColumn) -> String {
    let typing = column.typing(for: .any)
    if column.isText, column.nullWords.isEmpty {
      return typing.dictionary == nil ? "pa.string()" : "pa.dictionary(pa.int32(), pa.string())"
    }
    return column.isDirect && typing.type != .null ? type(typing.type) : "pa.string()"
  }

  private func type(_ type: ArrowType) -> String {
    switch type {
    case .boolean: "pa.bool_()"
    case .float(let bits): "pa.float\(bits)()"
    case .decimal(let precision, let scale): "pa.decimal128(\(precision), \(scale))"
    case .date: "pa.date32()"
    case .time(let unit): "pa.time\(unit <= .millisecond ? 32 : 64)(\"\(unit.rawValue)\")"
    case .timestamp(let unit, let zone):
      "pa.timestamp(\"\(unit.rawValue)\"\(zone.map { ", \(PythonLiteral($0))" } ?? ""))"
    case .duration(let unit): "pa.duration(\"\(unit.rawValue)\")"
    default: "pa.\(type)()"
    }
  }

  /// Expressions over `column`, one after the other.
  private func steps(_ column: LoaderColumn) -> [String] {
    let typing = column.typing(for: .any)
    var steps: [String] = []
    let words = column.nullWords + (column.hasQuotedNulls ? [""] : [])
    if typing.type == .null { return ["pa.nulls(len(column))"] }
    if !words.isEmpty {
      let list = words.map { "\(PythonLiteral($0))" }.joined(separator: ", ")
      steps.append("pc.if_else(pc.is_in(column, pa.array([\(list)])), None, column)")
    }
    switch column.spelling {
    case .plain: break
    case .decimalComma: steps.append("pc.replace_substring(column, \",\", \".\")")
    case .span: steps.append("spans(column, \(type(typing.type)))")
    case .wholeDecimals:
      steps.append(
        "pc.replace_substring_regex(column, pattern=r\"\\.0*$\", replacement=\"\")")
    case .loose: steps.append("pc.utf8_ltrim(pc.utf8_trim(column, \" \\t\"), \"+\")")
    case .date(let format):
      steps.append(
        "pc.strptime(column, format=\(PythonLiteral(format)), unit=\"s\").cast(pa.date32())")
    case .boolean(let yes, _): steps.append("pc.equal(column, \(PythonLiteral(yes)))")
    }
    if !column.isDirect, !column.isText {
      switch (typing.type, column.spelling) {
      case (.date, .date), (.boolean, .boolean), (_, .span): break
      case (.time(let unit), _):
        // There is no way from text to a time of day but over an instant.
        let instant = "pc.binary_join_element_wise(\"1970-01-01\", column, \" \")"
        steps.append(
          "\(instant).cast(pa.timestamp(\"\(unit.rawValue)\")).cast(\(type(typing.type)))")
      default: steps.append("column.cast(\(type(typing.type)))")
      }
    }
    if let dictionary = typing.dictionary {
      steps.append("coded(column, pa.int\(dictionary.codeBits)())")
    }
    return steps
  }
}
