import Columnar
import Yams

/// Reads contracts of the Open Data Contract Standard, version 3: locks, and what others wrote.
struct StandardContractReader: ContractImport {
  static let keys = ["kind", "apiVersion"]

  private let path: String
  private var unchecked: [UncheckedTerm] = []

  static func contract(
    _ root: DocumentReader, table: String?
  ) throws(ContractError) -> TableContract {
    var reader = StandardContractReader(path: root.path)
    return try reader.read(root, table: table)
  }

  private init(path: String) { self.path = path }

  private mutating func read(
    _ root: DocumentReader, table: String?
  ) throws(ContractError) -> TableContract {
    let members = (try? root.members()) ?? []
    guard try root["kind"]?.text() == "DataContract" else {
      throw ContractReader.unknown(root, at: root["kind"])
    }
    let version = try root["apiVersion"]?.text() ?? ""
    guard version.hasPrefix("v3.") || version.hasPrefix("3.") else {
      throw ContractError(
        path: path, line: root["apiVersion"]?.line ?? 1,
        "the contract is of version '\(version)' of the standard; versions 3 are read, such as"
          + " \(ContractDocument.apiVersion)")
    }
    let facts = try Self.custom(root)
    if let found = facts?["version"], try found.count() != ContractDocument.version {
      throw found.error(
        "the lock has version \(try found.text()), this diet reads version"
          + " \(ContractDocument.version): make it anew with `diet lock`")
    }
    let object = try schema(root, table: table)
    let name = try (object["name"] ?? object["physicalName"])?.text() ?? "table"
    var contract = TableContract(id: name, name: name, table: name, columns: [])
    if let id = try root["id"]?.text() { contract.id = id }
    if let name = try root["name"]?.text() { contract.name = name }
    if let version = try root["version"]?.text() { contract.version = version }
    if let status = try root["status"]?.text() { contract.status = status }
    try readColumns(object, facts, into: &contract)
    try readRules(of: object, into: &contract)
    for (key, value) in members where ["slaProperties", "servers"].contains(key) {
      leave(
        nil, key, key == "servers" ? "files are named on the command line" : "it is about no table",
        value)
    }
    if let value = object["relationships"] {
      leave(nil, "relationships", "it is about other tables", value)
    }
    contract.unchecked = unchecked
    return contract
  }

  /// The table that the contract, or the caller, means.
  private func schema(
    _ root: DocumentReader, table: String?
  ) throws(ContractError) -> DocumentReader {
    guard let schema = root["schema"] else {
      throw root.error("`schema` is missing: the contract names no columns")
    }
    var tables: [NamedTable] = []
    for object in try schema.elements() {
      tables.append(NamedTable(try object["name"]?.text() ?? "", object))
    }
    return try schema.table(table, of: tables).object
  }

  /// What stands under `diet` of `customProperties`.
  static func custom(_ object: DocumentReader) throws(ContractError) -> DocumentReader? {
    guard let list = object["customProperties"] else { return nil }
    for property in try list.elements() {
      if try property["property"]?.text() == ContractDocument.key { return property["value"] }
    }
    return nil
  }

  private mutating func readColumns(
    _ object: DocumentReader, _ facts: DocumentReader?, into contract: inout TableContract
  ) throws(ContractError) {
    guard let properties = object["properties"] else {
      throw object.error("`properties` is missing: the contract names no columns")
    }
    var locked: [ColumnFacts] = []
    var names: Set<String> = []
    for property in try properties.elements() {
      var column = StandardColumnReader(try property.required("name").text(), property)
      guard names.insert(column.terms.name).inserted else {
        throw property.error("column `\(column.terms.name)` comes twice; leave one out")
      }
      let own = try Self.custom(property)
      if let own {
        guard facts != nil else {
          throw own.error(
            "`customProperties` of the whole, which a lock has before its columns, are missing; make"
              + " it anew with `diet lock`")
        }
        var known = try LockedFacts(own, column.terms.name).facts
        known.plannedLayout = try property["physicalType"]?.text()
        locked.append(known)
      } else if facts != nil {
        throw property.error(
          "column `\(column.terms.name)` has no `customProperties`, as columns of a lock have: it was cut"
            + " short; make it anew with `diet lock`")
      }
      try column.read(locked: own == nil ? nil : locked.last)
      if let last = locked.indices.last, locked[last].name == column.terms.name,
        case .listed? = column.terms.validValues
      {
        locked[last].words = column.terms.validValues?.sorted
      }
      if let last = locked.indices.last, locked[last].name == column.terms.name {
        locked[last].format = column.terms.format
      }
      contract.columns.append(column.terms)
      unchecked += column.unchecked
    }
    guard let facts else { return }
    if let count = facts["columns"], try count.count() != contract.columns.count {
      throw count.error(
        "the lock says that it has \(try count.text()) columns, and it has \(contract.columns.count): it was cut"
          + " short; set this to \(contract.columns.count) if you took some out")
    }
    contract.facts = try LockedFacts.table(facts, locked)
    contract.reading = try facts["reading"]?.text()
    contract.isRedacted = try facts["redacted"]?.truth() ?? false
  }

  private mutating func readRules(
    of object: DocumentReader, into contract: inout TableContract
  ) throws(ContractError) {
    for rule in try object["quality"]?.elements() ?? [] {
      var reader = QualityRuleReader(rule)
      guard var found = try reader.read() else {
        leave(nil, reader.term, reader.reason, rule)
        continue
      }
      guard found.metric == .rowCount else {
        leave(nil, found.metric.rawValue, "it is about a column, and stands beside all", rule)
        continue
      }
      if let rows = contract.facts?.rowCount, case .atLeast(let least) = found.comparison {
        found.isObserved = least == Double(RowRule.least(of: rows))
      }
      contract.rowRules.append(found)
    }
  }

  private mutating func leave(
    _ column: String?, _ term: String, _ reason: String, _ value: DocumentReader
  ) {
    unchecked.append(UncheckedTerm(column: column, term: term, reason: reason, line: value.line))
  }
}
