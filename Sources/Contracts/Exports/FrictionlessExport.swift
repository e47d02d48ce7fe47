import Columnar
import Wording

/// A Data Package of version 2, with a Table Dialect and a Table Schema: https://datapackage.org. It is meant to
/// stand beside the file.
struct FrictionlessExport: SchemaExport {
  let name = "frictionless"

  func text(of contract: TableContract, loadingCode: String?) throws -> String {
    let files = contract.facts?.sources.map(\.name) ?? []
    var resource: [(key: String, value: JSONText)] = [
      ("name", .string(Self.slug(contract.table))), ("type", .string("table")),
      ("path", files.count == 1 ? .string(files[0]) : .strings(files)),
    ]
    if let dialect = contract.facts?.dialect {
      guard dialect.delimiter.count < 2 else { throw LongDelimiterError(dialect.delimiter, name) }
      if let remark = Self.remark(dialect, contract) {
        resource.insert(("description", .string(remark)), at: 1)
      }
      resource += [
        ("format", .string("csv")), ("mediatype", .string("text/csv")),
        ("encoding", .string(dialect.encoding.lowercased())),
        ("dialect", Self.json(dialect, contract)),
      ]
    }
    resource.append(("schema", schema(of: contract)))
    return JSONText.object([
      ("$schema", .string("https://datapackage.org/profiles/2.0/datapackage.json")),
      ("name", .string(Self.slug(contract.name))), ("resources", .array([.object(resource)])),
    ]).document
  }

  /// A name of small letters, digits, `-`, `_` and `.`, as names have to be.
  private static func slug(_ name: String) -> String {
    let bytes = name.lowercased().utf8.map { byte -> UInt8 in
      let isPlain =
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x5F
      return isPlain ? byte : 0x2D
    }
    return bytes.isEmpty ? "table" : String(decoding: bytes, as: UTF8.self)
  }

  private static func remark(_ dialect: DialectFacts, _ contract: TableContract) -> String? {
    var more: [String] = []
    if dialect.spelling.trimsFields { more.append("spaces behind values are nothing") }
    if dialect.delimiter.isEmpty { more.append("each line is one field") }
    return dialect.spelling.remark(more, skipsNames: hasOtherNames(dialect, contract))
  }

  /// Labels are held against names, without spaces around them, and no two may be alike.
  private static func hasOtherNames(_ dialect: DialectFacts, _ contract: TableContract) -> Bool {
    dialect.hasHeader
      && (dialect.spelling.hasMadeNames
        || contract.columns.contains {
          $0.name.first?.isWhitespace ?? true || $0.name.last!.isWhitespace
        })
  }

  /// What is not said is guessed by frictionless-py, so that all is.
  private static func json(_ dialect: DialectFacts, _ contract: TableContract) -> JSONText {
    let spelling = dialect.spelling
    let hasOtherNames = hasOtherNames(dialect, contract)
    var members: [(key: String, value: JSONText)] = [
      ("$schema", .string("https://datapackage.org/profiles/2.0/tabledialect.json")),
      ("header", .bool(dialect.hasHeader && !hasOtherNames)),
    ]
    if hasOtherNames || !dialect.hasHeader {
      let last = dialect.hasHeader ? spelling.headerLines.upperBound : spelling.linesAbove
      if last > 0 { members.append(("commentRows", .array((1...last).map { .integer($0) }))) }
    } else if spelling.linesAbove > 0 {
      members.append(("headerRows", .array(spelling.headerLines.map { .integer($0) })))
    }
    if let comment = spelling.comment { members.append(("commentChar", .string(comment))) }
    // Without one there is what no text has: each line is one field, or quotes are text.
    members += [
      ("delimiter", .string(dialect.delimiter.isEmpty ? "\u{1F}" : dialect.delimiter)),
      ("quoteChar", .string(dialect.quote ?? "\0")),
      ("skipInitialSpace", .bool(spelling.skipsInitialSpace)),
    ]
    if let escape = spelling.escape { members.append(("escapeChar", .string(escape))) }
    if spelling.hasBlankLines { members.append(("skipBlankRows", .bool(true))) }
    return .object(members)
  }

  private func schema(of contract: TableContract) -> JSONText {
    .object([
      ("$schema", .string("https://datapackage.org/profiles/2.0/tableschema.json")),
      ("fields", .array(contract.exportedColumns.map(field))),
      ("missingValues", .strings([""])),
    ])
  }

  private func field(_ column: ExportedColumn) -> JSONText {
    let (type, format) = Self.type(of: column)
    var members: [(key: String, value: JSONText)] = [
      ("name", .string(column.terms.name)), ("type", .string(type)),
    ]
    if let format { members.append(("format", .string(format))) }
    members += Self.spelling(of: column)
    if type == "boolean" {
      members.append(("trueValues", .strings(ExportedColumn.truths)))
      members.append(("falseValues", .strings(ExportedColumn.falsehoods)))
    }
    // An empty text in quotes is a value.
    if column.type != .string {
      members.append(("missingValues", .strings(ExportedColumn.nullWords)))
    } else if column.facts?.lengths?.lowerBound == 0 {
      members.append(("missingValues", .array([])))
    }
    var constraints: [(key: String, value: JSONText)] = []
    if column.terms.isRequired { constraints.append(("required", .bool(true))) }
    if column.terms.isUnique { constraints.append(("unique", .bool(true))) }
    if let range = column.integers {
      constraints += [("minimum", .integer(range.low)), ("maximum", .integer(range.high))]
    }
    if let words = column.words { constraints.append(("enum", .strings(words))) }
    if !constraints.isEmpty { members.append(("constraints", .object(constraints))) }
    return .object(members)
  }

  private static func spelling(of column: ExportedColumn) -> [(key: String, value: JSONText)] {
    var members: [(key: String, value: JSONText)] = []
    if let mark = column.numbers.decimalMark { members.append(("decimalChar", .string(mark))) }
    if let mark = column.numbers.groupMark { members.append(("groupChar", .string(mark))) }
    if column.numbers.hasUnits { members.append(("bareNumber", .bool(false))) }
    return members
  }

  private static func type(of column: ExportedColumn) -> (String, String?) {
    switch column.type {
    case .null: ("any", nil)
    case .boolean: ("boolean", nil)
    // frictionless-py knows groups of digits in numbers alone.
    case .integer: (column.numbers.groupMark == nil ? "integer" : "number", nil)
    case .decimal, .float: ("number", nil)
    case .date: ("date", column.facts?.dateFormat)
    case .time: ("time", "any")
    case .timestamp: ("datetime", "any")
    case .uuid: ("string", "uuid")
    // Spans are clock readings here, and ISO 8601 there.
    case .duration, .ipv4, .string: ("string", nil)
    }
  }
}
