import Columnar
import Wording

/// Metadata of CSV on the Web (https://www.w3.org/TR/tabular-metadata/), to be saved beside the file as
/// `flights.csv-metadata.json`.
struct CSVWExport: SchemaExport {
  let name = "csvw"

  func text(of contract: TableContract, loadingCode: String?) throws -> String {
    let files = contract.facts?.sources.map(\.name) ?? []
    let schema = schema(of: contract)
    var members: [(key: String, value: JSONText)] = [
      ("@context", .string("http://www.w3.org/ns/csvw"))
    ]
    if let dialect = contract.facts?.dialect {
      guard dialect.delimiter.count < 2 else { throw LongDelimiterError(dialect.delimiter, name) }
      if let remark = Self.remark(dialect) { members.append(("rdfs:comment", .string(remark))) }
      members.append(("dialect", Self.json(dialect)))
    }
    if files.count == 1 {
      members += [("url", .string(files[0])), ("tableSchema", schema)]
    } else {
      let tables = files.map { JSONText.object([("url", .string($0)), ("tableSchema", schema)]) }
      members.append(("tables", .array(tables)))
    }
    return JSONText.object(members).document
  }

  private static func remark(_ dialect: DialectFacts) -> String? {
    var more: [String] = []
    if let escape = dialect.spelling.escape, escape != "\\" {
      more.append("`\(escape)` takes the meaning from quotes and delimiters")
    }
    return dialect.spelling.remark(more, skipsNames: dialect.spelling.hasMadeNames)
  }

  private static func json(_ dialect: DialectFacts) -> JSONText {
    let spelling = dialect.spelling
    let readsHeader = dialect.hasHeader && !spelling.hasMadeNames
    var members: [(key: String, value: JSONText)] = [
      ("encoding", .string(dialect.encoding.lowercased())), ("header", .bool(readsHeader)),
      ("quoteChar", .optional(dialect.quote)),
    ]
    if !dialect.delimiter.isEmpty { members.append(("delimiter", .string(dialect.delimiter))) }
    let skipped =
      dialect.hasHeader && !readsHeader ? spelling.headerLines.upperBound : spelling.linesAbove
    if skipped > 0 { members.append(("skipRows", .integer(skipped))) }
    if let comment = spelling.comment { members.append(("commentPrefix", .string(comment))) }
    if spelling.escape != nil { members.append(("doubleQuote", .bool(false))) }
    if spelling.skipsInitialSpace { members.append(("skipInitialSpace", .bool(true))) }
    if spelling.trimsFields { members.append(("trim", .bool(true))) }
    if spelling.hasBlankLines { members.append(("skipBlankRows", .bool(true))) }
    return .object(members)
  }

  private func schema(of contract: TableContract) -> JSONText {
    let columns = contract.exportedColumns
    var members: [(key: String, value: JSONText)] = [
      ("columns", .array(columns.enumerated().map { json($0.element, number: $0.offset + 1) }))
    ]
    // There is one key only.
    if let key = columns.firstIndex(where: { $0.terms.isUnique && $0.terms.isRequired }) {
      members.append(("primaryKey", .strings(["c\(key + 1)"])))
    }
    return .object(members)
  }

  private func json(_ column: ExportedColumn, number: Int) -> JSONText {
    var members: [(key: String, value: JSONText)] = [
      // Names may not have all characters; titles may.
      ("name", .string("c\(number)")), ("titles", .string(column.terms.name)),
      ("datatype", .object(Self.datatype(of: column))),
    ]
    // An empty text in quotes is a value for us, and none here.
    if column.terms.isRequired, column.type != .string || column.facts?.lengths?.lowerBound != 0 {
      members.append(("required", .bool(true)))
    }
    if column.type != .string { members.append(("null", .strings(ExportedColumn.nullWords))) }
    return .object(members)
  }

  private static func datatype(of column: ExportedColumn) -> [(key: String, value: JSONText)] {
    func base(_ name: String) -> (key: String, value: JSONText) { ("base", .string(name)) }
    let numbers = column.numbers
    switch column.type {
    // Units are no part of numbers there, and `inf` is spelled otherwise.
    case .integer where numbers.hasUnits, .decimal where numbers.hasUnits: return [base("string")]
    case .float where numbers.hasUnits || numbers.hasInfinity: return [base("string")]
    case .integer:
      guard let range = column.integers else { return [base("integer")] + format(of: column) }
      return [base("integer")] + format(of: column) + [
        ("minimum", .integer(range.low)), ("maximum", .integer(range.high)),
      ]
    case .decimal: return [base("decimal")] + format(of: column)
    // Only decimals are read with other marks than a point by all tools.
    case .float where numbers.decimalMark != nil || numbers.groupMark != nil:
      return [base("decimal")] + format(of: column)
    case .float: return [base("double")]
    case .date where column.facts?.dateFormat == nil: return [base("date")]
    case .time: return [base("time")]
    case .boolean:
      return [base("string"), anyOf(ExportedColumn.truths + ExportedColumn.falsehoods)]
    case .string: return [base("string")] + (column.words.map { [anyOf($0)] } ?? [])
    // How timestamps are written has to be said, and locks do not know it.
    case .null, .date, .duration, .timestamp, .uuid, .ipv4: return [base("string")]
    }
  }

  /// The marks of numbers, or the places of decimals: tools disagree on patterns with other marks.
  private static func format(of column: ExportedColumn) -> [(key: String, value: JSONText)] {
    var marks: [(key: String, value: JSONText)] = []
    if let mark = column.numbers.decimalMark { marks.append(("decimalChar", .string(mark))) }
    if let mark = column.numbers.groupMark { marks.append(("groupChar", .string(mark))) }
    if !marks.isEmpty { return [("format", .object(marks))] }
    guard case .decimal(let places) = column.type, places > 0 else { return [] }
    return [("format", .string("#0." + String(repeating: "#", count: Int(places))))]
  }

  /// A pattern of just these words.
  private static func anyOf(_ words: [String]) -> (key: String, value: JSONText) {
    let special = Set("\\.[]{}()*+?^$|/-".unicodeScalars)
    let patterns = words.map { word in
      word.unicodeScalars.reduce(into: "") { pattern, scalar in
        if special.contains(scalar) { pattern += "\\" }
        pattern.unicodeScalars.append(scalar)
      }
    }
    return ("format", .string("^(\(patterns.joined(separator: "|")))$"))
  }
}
