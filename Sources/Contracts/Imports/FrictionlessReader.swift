import Columnar
import Wording

/// Reads Data Packages, Data Resources and Table Schemas, versions 1 and 2: https://datapackage.org.
struct FrictionlessReader: ContractImport {
  static let keys = ["resources", "fields", "schema"]

  private var unchecked: [UncheckedTerm] = []
  private var reading = DialectReader()

  static func contract(
    _ root: DocumentReader, table: String?
  ) throws(ContractError) -> TableContract {
    var reader = FrictionlessReader()
    guard let resources = root["resources"] else {
      let name = try root["name"]?.text() ?? "table"
      return try reader.read(root["fields"] == nil ? root : nil, root, named: name)
    }
    var tables: [NamedTable] = []
    for resource in try resources.elements() {
      tables.append(NamedTable(try resource["name"]?.text() ?? "", resource))
    }
    let found = try resources.table(table, of: tables)
    return try reader.read(found.object, root, named: found.name)
  }

  /// - Parameter resource: `nil` where the document is a schema alone.
  private mutating func read(
    _ resource: DocumentReader?, _ root: DocumentReader, named name: String
  ) throws(ContractError) -> TableContract {
    let schema = if let resource { try Self.schema(of: resource) } else { root }
    var contract = TableContract(
      id: name, name: try root["name"]?.text() ?? name, table: name, columns: [])
    if let resource { try reading.read(resource) }
    try reading.read(missingValues: schema["missingValues"], of: nil)
    contract.columnRule = try columnRule(of: schema)
    guard let fields = schema["fields"] else {
      throw schema.error("`fields` is missing: the schema names no columns")
    }
    for field in try fields.elements() {
      let name = try field.required("name").text()
      guard !contract.columns.contains(where: { $0.name.isExactly(name) }) else {
        throw field.error("field `\(name)` comes twice; leave one out")
      }
      var reader = FrictionlessFieldReader(name, field)
      try reader.read(&reading)
      contract.columns.append(reader.terms)
      unchecked += reader.unchecked
    }
    try readKeys(of: schema, into: &contract)
    contract.reading = reading.options
    contract.unchecked = unchecked + reading.unchecked
    return contract
  }

  private static func schema(of resource: DocumentReader) throws(ContractError) -> DocumentReader {
    guard let schema = resource["schema"] else {
      throw resource.error("`schema` is missing: the resource names no columns")
    }
    if let path = try? schema.text() {
      throw schema.error("the schema is in another file: check with --lock \(path)")
    }
    return schema
  }

  /// What version 2 calls `fieldsMatch`; version 1 has no more than the usual.
  private func columnRule(of schema: DocumentReader) throws(ContractError) -> ColumnRule {
    guard let value = schema["fieldsMatch"] else { return .exact }
    // Some write a list of one word.
    let words = try value.oneOrMoreTexts()
    switch words.first {
    case "exact"?: return .exact
    case "equal"?: return .closed
    case "subset"?: return .open
    case "superset"?: return ColumnRule(needsAll: false, allowsOthers: false)
    case "partial"?: return ColumnRule(needsAll: false, allowsOthers: true)
    default: throw value.mismatch("exact, equal, subset, superset or partial")
    }
  }

  private mutating func readKeys(
    of schema: DocumentReader, into contract: inout TableContract
  ) throws(ContractError) {
    var keys: [(term: String, names: DocumentReader)] = []
    if let key = schema["primaryKey"] { keys.append(("primaryKey", key)) }
    for key in try schema["uniqueKeys"]?.elements() ?? [] { keys.append(("uniqueKeys", key)) }
    for (term, key) in keys {
      let names = try key.oneOrMoreTexts()
      for name in names {
        guard let index = contract.columns.firstIndex(where: { $0.name.isExactly(name) }) else {
          throw key.error("`\(term)` names `\(name)`, and there is no such field")
        }
        if term == "primaryKey" { contract.columns[index].isRequired = true }
        if names.count == 1 { contract.columns[index].isUnique = true }
      }
      if names.count > 1 { contract.keys.append(ColumnKey(names, line: key.line)) }
    }
    if let foreign = schema["foreignKeys"], try !foreign.elements().isEmpty {
      leave("foreignKeys", "it is about other tables", foreign)
    }
  }

  private mutating func leave(_ term: String, _ reason: String, _ value: DocumentReader) {
    unchecked.append(UncheckedTerm(column: nil, term: term, reason: reason, line: value.line))
  }
}
