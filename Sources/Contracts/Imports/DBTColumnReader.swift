import Columnar

/// Reads a column of dbt's properties: its type, constraints and tests.
struct DBTColumnReader {
  private(set) var terms: ColumnTerms
  private(set) var unchecked: [UncheckedTerm] = []
  private let column: DocumentReader

  init(_ name: String, _ column: DocumentReader) {
    terms = ColumnTerms(name: name)
    terms.line = column.line
    self.column = column
  }

  mutating func read() throws(ContractError) {
    if let type = column["data_type"] {
      let sql = SQLType(try type.text())
      (terms.type, terms.format, terms.maximumLength) = (sql.type, sql.format, sql.maximumLength)
      if terms.type == nil { leave("data_type \(try type.text())", "it is not checked", type) }
    }
    for constraint in try column["constraints"]?.elements() ?? [] {
      switch try constraint["type"]?.text() ?? "" {
      case "not_null": terms.isRequired = true
      case "unique": terms.isUnique = true
      case "primary_key": (terms.isRequired, terms.isUnique) = (true, true)
      case let type: leave("constraint \(type)", "it needs a database", constraint)
      }
    }
    for key in ["tests", "data_tests"] {
      for test in try column[key]?.elements() ?? [] { try read(test: test) }
    }
  }

  private mutating func read(test: DocumentReader) throws(ContractError) {
    let (name, body) = try Self.parts(of: test)
    let config = body?["config"] ?? body
    if let condition = config?["where"] {
      return leave("test \(name) with `where`", "it needs a database", condition)
    }
    if let severity = config?["severity"], try severity.text().lowercased() == "warn" {
      return leave("test \(name)", "it only warns", severity)
    }
    let arguments = body?["arguments"] ?? body
    switch name {
    case "not_null": terms.isRequired = true
    case "unique": terms.isUnique = true
    case "accepted_values":
      guard let values = arguments?["values"] else {
        throw test.error("`values` of accepted_values is missing")
      }
      terms.validValues = ValidValues(listing: try values.texts())
    case "relationships": leave("test \(name)", "it is about other tables", test)
    default: leave("test \(name)", "it is dbt's to run", test)
    }
  }

  /// The name of a test, and what stands below it: tests are a word, or a mapping with one member.
  static func parts(
    of test: DocumentReader
  ) throws(ContractError) -> (name: String, body: DocumentReader?) {
    if let word = try? test.text() { return (word, nil) }
    let members = try test.members()
    if let name = test["test_name"] { return (try name.text(), test) }
    guard let first = members.first else { throw test.mismatch("a test") }
    // `name` and `config` may stand beside the test itself.
    let own = members.first { !["name", "config", "description"].contains($0.key) } ?? first
    return (own.key, own.value.isNull ? nil : own.value)
  }

  private mutating func leave(_ term: String, _ reason: String, _ value: DocumentReader) {
    unchecked.append(
      UncheckedTerm(column: terms.name, term: term, reason: reason, line: value.line))
  }
}

/// A type as databases spell it.
///
/// `integer` has 32 bits in some and 64 or 38 digits in others: only names that say their bits bind them.
struct SQLType {
  private(set) var type: TermType?
  private(set) var format: NumberFormat?
  private(set) var maximumLength: Int?

  init(_ text: String) {
    let lower = text.lowercased()
    let name = String(lower.prefix { $0 != "(" }).trimmed
    let arguments =
      lower.split(separator: "(").dropFirst().first?.prefix { $0 != ")" }
      .split(separator: ",").compactMap { Int(String($0).trimmed) } ?? []
    switch name {
    case "int", "integer", "hugeint", "byteint", "mediumint", "int64": type = .integer
    case "tinyint": type = .integer
    case "smallint", "int2", "int16": (type, format) = (.integer, .i16)
    case "int4", "int32": (type, format) = (.integer, .i32)
    case "bigint", "int8": (type, format) = (.integer, .i64)
    case "numeric", "decimal", "number", "bignumeric", "dec", "fixed":
      if arguments.count == 2 {
        type = arguments[1] == 0 ? .integer : .exact(.decimal(scale: arguments[1]))
      } else {
        type = .number
      }
    case "float", "float4", "float8", "float64", "real", "double", "double precision":
      type = .number
    case "bool", "boolean", "bit": type = .boolean
    case "date": type = .date
    case "time", "time without time zone": type = .time
    case "uuid", "uniqueidentifier": type = .uuid
    case "varchar", "text", "string", "char", "character varying", "character", "nvarchar",
      "nchar", "bpchar":
      type = .string
      maximumLength = arguments.first
    default:
      if name.hasPrefix("timestamp") || name.hasPrefix("datetime") { type = .timestamp }
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
