import Columnar
import Wording

/// Properties of a model of dbt, with an enforced contract and tests: a file of YAML for the folder of models.
struct DBTExport: SchemaExport {
  let name = "dbt"

  func text(of contract: TableContract, loadingCode: String?) throws -> String {
    let model = JSONText.object([
      ("name", .string(contract.table)),
      ("config", .object([("contract", .object([("enforced", .bool(true))]))])),
      ("columns", .array(contract.exportedColumns.map(column))),
    ])
    return try YAMLDocument.text(
      of: .object([("version", .integer(2)), ("models", .array([model]))]))
  }

  private func column(_ column: ExportedColumn) -> JSONText {
    var members: [(key: String, value: JSONText)] = [
      ("name", .string(column.terms.name)), ("data_type", .string(Self.type(of: column))),
    ]
    if !SQLName.isPlain(column.terms.name) { members.insert(("quote", .bool(true)), at: 1) }
    if column.terms.isRequired {
      members.append(("constraints", .array([.object([("type", .string("not_null"))])])))
    }
    var tests: [JSONText] = []
    if column.terms.isRequired { tests.append(.string("not_null")) }
    if column.terms.isUnique { tests.append(.string("unique")) }
    if let words = column.words {
      tests.append(
        .object([
          ("accepted_values", .object([("arguments", .object([("values", .strings(words))]))]))
        ]))
    }
    if !tests.isEmpty { members.append(("data_tests", .array(tests))) }
    return .object(members)
  }

  /// Types that PostgreSQL, DuckDB, Snowflake and BigQuery understand, or nearly.
  private static func type(of column: ExportedColumn) -> String {
    switch column.type {
    case .null, .string, .ipv4: "varchar"
    case .boolean: "boolean"
    case .integer:
      switch column.terms.format?.range {
      case let range? where range.upperBound <= 32_767: "smallint"
      case let range? where range.upperBound <= 2_147_483_647: "integer"
      case let range? where range.upperBound <= Int128(Int64.max): "bigint"
      default: "numeric(38, 0)"
      }
    case .decimal(let scale): "numeric(\(max(18, scale + 9)), \(scale))"
    case .float: "double precision"
    case .date: "date"
    case .time: "time"
    case .duration: "interval"
    case .timestamp(_, let zone): zone == nil ? "timestamp" : "timestamp with time zone"
    case .uuid: "uuid"
    }
  }
}
