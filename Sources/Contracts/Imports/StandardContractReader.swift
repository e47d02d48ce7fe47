import Columnar
import Wording

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
    for (key, value) in try StandardKeys.others(in: root, than: StandardKeys.contract) {
      leave(nil, key, "it is no key of the standard", value)
    }
    for (key, value) in try StandardKeys.others(in: object, than: StandardKeys.table) {
      leave(nil, key, "it is no key of the standard", value)
    }
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
      let names = (try object["name"]?.text(), try object["physicalName"]?.text())
      let isMeant = table != nil && names.1 == table && names.0 != table
      tables.append(NamedTable((isMeant ? names.1 : names.0) ?? names.1 ?? "", object))
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
    var names: Set<ExactText> = []
    var dateFormats: [(key: String, value: JSONText)] = []
    let elements = try properties.elements()
    if let count = facts?["columns"], try count.count() != elements.count {
      throw count.error(
        "the lock says that it has \(try count.text()) columns, and it has \(elements.count): it was cut"
          + " short; set this to \(elements.count) if you took some out or put some in")
    }
    for (index, property) in elements.enumerated() {
      var column = StandardColumnReader(try property.required("name").text(), property)
      guard names.insert(ExactText(column.terms.name)).inserted else {
        throw property.error("column `\(column.terms.name)` comes twice; leave one out")
      }
      let own = try Self.custom(property)
      if let own, facts == nil {
        throw own.error(
          "`customProperties` of the whole, which a lock has before its columns, are missing; make"
            + " it anew with `diet lock`")
      }
      if own == nil, facts != nil, index == elements.count - 1 {
        throw property.error(
          "column `\(column.terms.name)` has no `customProperties`, as the last of a lock has: it was cut"
            + " short; make it anew with `diet lock`, or put columns of your own before others")
      }
      var known = try own.map { own throws(ContractError) in
        try LockedFacts(own, column.terms.name).facts
      }
      known?.plannedLayout = try property["physicalType"]?.text()
      try column.read(locked: known)
      if case .listed? = column.terms.validValues {
        known?.words = column.terms.validValues?.sorted
      }
      known?.format = column.terms.format
      if let known { locked.append(known) }
      if let format = column.dateFormat { dateFormats.append((column.terms.name, .string(format))) }
      contract.columns.append(column.terms)
      unchecked += column.unchecked
    }
    try readKey(of: elements, into: &contract)
    if let facts {
      contract.facts = try LockedFacts.table(facts, locked)
      contract.reading = try facts["reading"]?.text()
      contract.isRedacted = try facts["redacted"]?.truth() ?? false
    } else if !dateFormats.isEmpty {
      contract.reading = JSONText.object([("date_format", .object(dateFormats))]).document
    }
  }

  /// The columns of the primary key: one is unique, several are together.
  private func readKey(
    of properties: [DocumentReader], into contract: inout TableContract
  ) throws(ContractError) {
    var places: [Int] = []
    for (place, property) in properties.enumerated()
    where try property["primaryKey"]?.truth() ?? false { places.append(place) }
    for place in places { contract.columns[place].isRequired = true }
    if let place = places.first, places.count == 1 {
      contract.columns[place].isUnique = true
    } else if let place = places.first {
      contract.keys.append(
        ColumnKey(places.map { contract.columns[$0].name }, line: properties[place].line))
    }
  }

  private mutating func readRules(
    of object: DocumentReader, into contract: inout TableContract
  ) throws(ContractError) {
    for rule in try object["quality"]?.elements() ?? [] {
      var reader = QualityRuleReader(rule)
      let rules = try reader.read()
      if rules.isEmpty { leave(nil, reader.term, reader.reason, rule) }
      for var found in rules {
        if found.metric == .duplicateValues, found.comparison.meansNone,
          let names = rule["arguments"]?["properties"]
        {
          contract.keys.append(try key(names, in: contract, rule))
          continue
        }
        guard found.metric == .rowCount else {
          leave(nil, found.metric.rawValue, "it does not say of which columns", rule)
          continue
        }
        if let rows = contract.facts?.rowCount, case .atLeast(let least) = found.comparison {
          found.isObserved =
            least == Double(RowRule.least(of: rows, files: contract.facts?.sources.count ?? 1))
        }
        contract.rowRules.append(found)
      }
    }
  }

  private func key(
    _ names: DocumentReader, in contract: TableContract, _ rule: DocumentReader
  ) throws(ContractError) -> ColumnKey {
    var columns: [String] = []
    for name in try names.elements() {
      // `orders.id` says the table, too.
      let text = try name.text()
      let column =
        text.hasPrefix("\(contract.table).")
        ? String(text.dropFirst(contract.table.count + 1)) : text
      guard contract.columns.contains(where: { $0.name.isExactly(column) }) else {
        throw name.error("there is no column `\(column)`")
      }
      columns.append(column)
    }
    return ColumnKey(columns, line: rule.line)
  }

  private mutating func leave(
    _ column: String?, _ term: String, _ reason: String, _ value: DocumentReader
  ) {
    unchecked.append(UncheckedTerm(column: column, term: term, reason: reason, line: value.line))
  }
}
