import Columnar
import Wording

/// A JSON Schema (2020-12) of a row as an object.
struct JSONSchemaExport: SchemaExport {
  let name = "json-schema"

  func text(of contract: TableContract, loadingCode: String?) -> String {
    let columns = contract.exportedColumns
    return JSONText.object([
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("title", .string(contract.table)), ("type", .string("object")),
      ("properties", .object(columns.map { ($0.terms.name, property($0)) })),
      ("required", .strings(columns.map(\.terms.name))), ("additionalProperties", .bool(false)),
    ]).document
  }

  private func property(_ column: ExportedColumn) -> JSONText {
    let (type, format) = Self.type(of: column)
    let isRequired = column.terms.isRequired || type == "null"
    if column.numbers.hasNaN || column.numbers.hasInfinity {
      // JSON has no such numbers: `diet cat` writes words.
      let words = [JSONText.string("nan"), .string("inf"), .string("-inf")]
      return .object([
        (
          "anyOf",
          .array([
            .object([("type", .string("number"))]),
            .object([("enum", .array(words + (isRequired ? [] : [.null])))]),
          ])
        )
      ])
    }
    var members: [(key: String, value: JSONText)] = [
      ("type", isRequired ? .string(type) : .strings([type, "null"]))
    ]
    if let format { members.append(("format", .string(format))) }
    if let range = column.integers {
      members += [("minimum", .integer(range.low)), ("maximum", .integer(range.high))]
    }
    if let words = column.words {
      let values = words.map(JSONText.string) + (isRequired ? [] : [.null])
      members.append(("enum", .array(values)))
    }
    return .object(members)
  }

  private static func type(of column: ExportedColumn) -> (String, String?) {
    switch column.type {
    case .null: ("null", nil)
    case .boolean: ("boolean", nil)
    case .integer: ("integer", nil)
    case .decimal, .float: ("number", nil)
    case .date: ("string", column.facts?.dateFormat == nil ? "date" : nil)
    case .timestamp(_, let zone): ("string", zone == nil ? nil : "date-time")
    case .uuid: ("string", "uuid")
    case .ipv4: ("string", "ipv4")
    case .time, .duration, .string: ("string", nil)
    }
  }
}
