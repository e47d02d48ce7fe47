import Columnar
import Wording

/// A Data Package of version 2, with a Table Dialect and a Table Schema: https://datapackage.org. It is meant to
/// stand beside the file.
struct FrictionlessExport: SchemaExport {
  let name = "frictionless"

  func text(of contract: TableContract) -> String {
    let files = contract.facts?.sources.map(\.name) ?? []
    var resource: [(key: String, value: JSONText)] = [
      ("name", .string(Self.slug(contract.table))), ("type", .string("table")),
      ("path", files.count == 1 ? .string(files[0]) : .strings(files)),
    ]
    if let dialect = contract.facts?.dialect {
      resource += [
        ("format", .string("csv")), ("mediatype", .string("text/csv")),
        ("encoding", .string(dialect.encoding.lowercased())), ("dialect", Self.json(dialect)),
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

  private static func json(_ dialect: DialectFacts) -> JSONText {
    var members: [(key: String, value: JSONText)] = [
      ("$schema", .string("https://datapackage.org/profiles/2.0/tabledialect.json")),
      ("header", .bool(dialect.hasHeader)),
    ]
    if !dialect.delimiter.isEmpty { members.append(("delimiter", .string(dialect.delimiter))) }
    if let quote = dialect.quote { members.append(("quoteChar", .string(quote))) }
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

  private static func type(of column: ExportedColumn) -> (String, String?) {
    switch column.type {
    case .null: ("any", nil)
    case .boolean: ("boolean", nil)
    case .integer: ("integer", nil)
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
