import Columnar

/// Reads properties of models, seeds, snapshots and sources of dbt: https://docs.getdbt.com/reference/configs-and-properties.
struct DBTReader: ContractImport {
  static let keys = ["models", "seeds", "snapshots", "sources"]

  private var unchecked: [UncheckedTerm] = []

  static func contract(
    _ root: DocumentReader, table: String?
  ) throws(ContractError) -> TableContract {
    var tables: [NamedTable] = []
    for key in ["models", "seeds", "snapshots"] {
      for object in try root[key]?.elements() ?? [] {
        tables.append(NamedTable(try object["name"]?.text() ?? "", object))
      }
    }
    for source in try root["sources"]?.elements() ?? [] {
      for object in try source["tables"]?.elements() ?? [] {
        tables.append(NamedTable(try object["name"]?.text() ?? "", object))
      }
    }
    var reader = DBTReader()
    return try reader.read(try root.table(table, of: tables))
  }

  private mutating func read(_ table: NamedTable) throws(ContractError) -> TableContract {
    let object = table.object
    var contract = TableContract(
      id: table.name, name: table.name, table: table.name, columns: [])
    let enforced = object["config"]?["contract"]?["enforced"] ?? object["contract"]?["enforced"]
    if try enforced?.truth() ?? false { contract.columnRule = .closed }
    guard let columns = object["columns"] else {
      throw object.error("`columns` is missing: the properties name no columns")
    }
    for column in try columns.elements() {
      let name = try column.required("name").text()
      guard !contract.columns.contains(where: { $0.name.isExactly(name) }) else {
        throw column.error("column `\(name)` comes twice; leave one out")
      }
      var reader = DBTColumnReader(name, column)
      try reader.read()
      contract.columns.append(reader.terms)
      unchecked += reader.unchecked
    }
    try readConstraints(of: object, into: &contract)
    for key in ["tests", "data_tests"] {
      for test in try object[key]?.elements() ?? [] {
        let (name, _) = try DBTColumnReader.parts(of: test)
        leave("test \(name)", "tests of several columns are dbt's to run", test)
      }
    }
    contract.unchecked = unchecked
    return contract
  }

  private mutating func readConstraints(
    of object: DocumentReader, into contract: inout TableContract
  ) throws(ContractError) {
    for constraint in try object["constraints"]?.elements() ?? [] {
      let type = try constraint["type"]?.text() ?? ""
      let names = try constraint["columns"]?.texts() ?? []
      guard ["not_null", "unique", "primary_key"].contains(type) else {
        leave("constraint \(type)", "it needs a database", constraint)
        continue
      }
      for name in names {
        guard let index = contract.columns.firstIndex(where: { $0.name.isExactly(name) }) else {
          throw constraint.error("the constraint names `\(name)`, and there is no such column")
        }
        if type != "unique" { contract.columns[index].isRequired = true }
        if type != "not_null", names.count == 1 { contract.columns[index].isUnique = true }
      }
      if type != "not_null", names.count > 1 {
        contract.keys.append(ColumnKey(names, line: constraint.line))
      }
    }
  }

  private mutating func leave(_ term: String, _ reason: String, _ value: DocumentReader) {
    unchecked.append(UncheckedTerm(column: nil, term: term, reason: reason, line: value.line))
  }
}
