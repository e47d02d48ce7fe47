import Columnar
package import Wording

/// A lock as a contract of the Open Data Contract Standard 3.1: what the standard has words for in its words,
/// everything else under the key `diet` of `customProperties`.
///
/// https://bitol-io.github.io/open-data-contract-standard/v3.1.0/
package struct ContractDocument {
  package static let apiVersion = "v3.1.0"
  /// The version of what stands under `diet`.
  package static let version = 1
  /// The key of `customProperties`.
  package static let key = "diet"

  private let contract: TableContract

  package init(_ contract: TableContract) { self.contract = contract }

  /// The contract as a file of that name has it: JSON where the name ends so, else YAML.
  package func text(path: String) throws -> String { try Self.text(of: tree, path: path) }

  /// The same with what stands beside in the file that it replaces: descriptions, rules that are not checked. Comments
  /// are lost.
  ///
  /// - Parameters:
  ///   - old: The contract in that file.
  ///   - written: The text of the file.
  package func text(path: String, keeping written: String, of old: TableContract) throws -> String {
    let written = try DocumentReader(written, path: path).tree
    let kept = DocumentTree(tree).keeping(
      written, beside: DocumentTree(ContractDocument(old).tree))
    return try Self.text(of: kept.json, path: path)
  }

  /// What stands in a file of this contract that `diet lock` did not write: the paths of keys.
  package func handWritten(in text: String, path: String) throws -> [String] {
    try DocumentReader(text, path: path).tree.others(than: DocumentTree(tree))
  }

  private static func text(of tree: JSONText, path: String) throws -> String {
    if path.lowercased().hasSuffix(".json") { return tree.document }
    return "# Written by `diet lock`; `diet check FILES --lock THIS` holds files against it.\n"
      + (try YAMLDocument.text(of: tree))
  }

  package var tree: JSONText {
    .object([
      ("apiVersion", .string(Self.apiVersion)), ("kind", .string("DataContract")),
      ("id", .string(contract.id)), ("name", .string(contract.name)),
      ("version", .string(contract.version)), ("status", .string(contract.status)),
      // First, so that a lock that was cut short is seen to be one.
      ("customProperties", Self.custom(tableFacts)), ("schema", .array([table])),
    ])
  }

  private static func custom(_ value: JSONText) -> JSONText {
    .array([.object([("property", .string(key)), ("value", value)])])
  }

  private var table: JSONText {
    var members: [(key: String, value: JSONText)] = [
      ("name", .string(contract.table)), ("logicalType", .string("object")),
      ("physicalType", .string("table")),
    ]
    if !contract.rowRules.isEmpty {
      members.append(("quality", .array(contract.rowRules.map { $0.tree() })))
    }
    members.append(("properties", .array(contract.columns.map(column))))
    return .object(members)
  }

  private var tableFacts: JSONText {
    var members: [(key: String, value: JSONText)] = [
      ("version", .integer(Self.version)), ("columns", .integer(contract.columns.count)),
    ]
    guard let facts = contract.facts else { return .object(members) }
    members += [("rows", .integer(facts.rowCount)), ("bytes", .integer(facts.byteCount))]
    if let dialect = facts.dialect { members.append(("dialect", dialect.tree)) }
    if !facts.oddities.isEmpty { members.append(("odd", .strings(facts.oddities.sorted()))) }
    if let reading = contract.reading { members.append(("reading", .string(reading))) }
    if contract.isRedacted { members.append(("redacted", .bool(true))) }
    if !facts.sources.isEmpty {
      members.append(("sources", .array(facts.sources.map(\.tree))))
    }
    return .object(members)
  }

  private func column(_ terms: ColumnTerms) -> JSONText {
    var members: [(key: String, value: JSONText)] = [("name", .string(terms.name))]
    let facts = contract.facts?[terms.name]
    if let type = terms.type?.standard {
      members.append(("logicalType", .string(type.name)))
      let options = type.options + terms.options(of: type.name)
      if !options.isEmpty { members.append(("logicalTypeOptions", .object(options))) }
    }
    if let layout = facts?.plannedLayout { members.append(("physicalType", .string(layout))) }
    if terms.isRequired { members.append(("required", .bool(true))) }
    if terms.isUnique { members.append(("unique", .bool(true))) }
    var rules = terms.rules.map { $0.tree() }
    if case .listed? = terms.validValues {
      var rule = QualityRule(.invalidValues, .equal(0))
      rule.validValues = terms.validValues?.sorted
      rules.append(rule.tree())
    }
    if !rules.isEmpty { members.append(("quality", .array(rules))) }
    if let facts { members.append(("customProperties", Self.custom(self.facts(facts, terms)))) }
    return .object(members)
  }

  private func facts(_ facts: ColumnFacts, _ terms: ColumnTerms) -> JSONText {
    var members: [(key: String, value: JSONText)] = [
      ("bytes", .integer(facts.byteCount))
    ]
    if let layout = facts.layout { members.append(("layout", .string(layout))) }
    if let format = terms.format, terms.type?.standard?.takes(format) != true {
      members.append(("format", .string(format.rawValue)))
    }
    if let low = facts.minimum { members.append(("minimum", low.tree(facts.type))) }
    if let high = facts.maximum { members.append(("maximum", high.tree(facts.type))) }
    if let format = terms.format, let range = facts.integers, let room = format.headroom(range) {
      members.append(("headroom", .float((room * 10_000).rounded() / 10_000)))
    }
    let observed = [("minimum", terms.minimum), ("maximum", terms.maximum)].filter {
      $0.1?.isObserved == true
    }
    if !observed.isEmpty { members.append(("observed", .strings(observed.map(\.0)))) }
    if facts.isFloatSpelled { members.append(("spelledAsFloat", .bool(true))) }
    members.append(("nulls", .integer(facts.nullCount)))
    if let count = facts.distinctCount {
      members.append((facts.isDistinctExact ? "distinct" : "aboutDistinct", .integer(count)))
    }
    if let entries = facts.entryCount { members.append(("entries", .integer(entries))) }
    if let plain = facts.plainByteCount { members.append(("plainBytes", .integer(plain))) }
    if let lengths = facts.lengths {
      members.append(
        ("lengths", .array([.integer(lengths.lowerBound), .integer(lengths.upperBound)])))
    }
    if let words = facts.words, terms.validValues == nil {
      members.append(("words", .strings(words)))
    }
    if case .digests? = terms.validValues {
      members.append(("validDigests", .strings(terms.validValues?.sorted ?? [])))
    }
    if facts.isDigits { members.append(("digits", .bool(true))) }
    if let format = facts.dateFormat { members.append(("dateFormat", .string(format))) }
    if let relation = facts.relation {
      members.append(
        (
          "follows",
          .object([
            ("kind", .string(relation.kind.rawValue)), ("column", .string(relation.column)),
            ("words", .string(relation.words)),
          ])
        ))
    }
    // Last, since none is without: what was cut off is seen to be missing.
    members.append(("type", .string("\(facts.type)")))
    return .object(members)
  }
}

extension DialectFacts {
  fileprivate var tree: JSONText {
    .object([
      ("delimiter", .string(delimiter)), ("quote", .optional(quote)), ("header", .bool(hasHeader)),
      ("encoding", .string(encoding)), ("lineEnding", .string(lineEnding)),
    ])
  }
}

extension SourceDigest {
  fileprivate var tree: JSONText {
    .object(
      [("name", .string(name)), ("bytes", .integer(byteCount))]
        + (digest.map { [("digest", .string($0))] } ?? []))
  }
}

extension FactValue {
  fileprivate func tree(_ type: LogicalType) -> JSONText {
    switch self {
    case .integer(let value) where type == .integer: .integer(value)
    case .integer: .string(words(type))
    case .float(let value): value.isFinite ? .float(value) : .string("\(value)")
    case .text(let text): .string(text)
    }
  }
}

extension ColumnFacts {
  package var integers: ClosedRange<Int128>? {
    guard case .integer(let low)? = minimum, case .integer(let high)? = maximum, low <= high else {
      return nil
    }
    return low...high
  }
}
