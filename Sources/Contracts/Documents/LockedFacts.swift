import Columnar

/// Reads what a lock says that its table was.
struct LockedFacts {
  let facts: ColumnFacts

  /// - Parameter own: What stands under `diet` of the column.
  init(_ own: DocumentReader, _ name: String) throws(ContractError) {
    let typeReader = try own.required("type")
    guard let type = LogicalType(named: try typeReader.text()) else {
      throw typeReader.mismatch("a type such as integer, decimal(2) or timestamp(ms)")
    }
    var facts = ColumnFacts(name: name, type: type)
    facts.byteCount = try own["bytes"]?.count() ?? 0
    facts.layout = try own["layout"]?.text()
    for (key, path) in [
      ("minimum", \ColumnFacts.minimum), ("maximum", \ColumnFacts.maximum),
    ] as [(String, WritableKeyPath<ColumnFacts, FactValue?>)] {
      guard let value = own[key] else { continue }
      guard let found = FactValue(try value.text(), type) else {
        throw value.mismatch("a value of \(type)")
      }
      facts[keyPath: path] = found
    }
    facts.isFloatSpelled = try own["spelledAsFloat"]?.truth() ?? false
    facts.nullCount = try own["nulls"]?.count() ?? 0
    if let count = own["distinct"] {
      facts.distinctCount = try count.count()
    } else if let count = own["aboutDistinct"] {
      facts.distinctCount = try count.count()
      facts.isDistinctExact = false
    }
    facts.entryCount = try own["entries"]?.count()
    facts.plainByteCount = try own["plainBytes"]?.count()
    if let lengths = own["lengths"] {
      let ends = try lengths.elements()
      guard ends.count == 2 else { throw lengths.mismatch("two whole numbers") }
      let (low, high) = (try ends[0].count(), try ends[1].count())
      guard low <= high else { throw lengths.mismatch("the smaller number and the larger one") }
      facts.lengths = low...high
    }
    facts.words = try own["words"]?.texts()
    facts.isDigits = try own["digits"]?.truth() ?? false
    facts.dateFormat = try own["dateFormat"]?.text()
    if let relation = own["follows"] {
      facts.relation = ColumnRelation(
        kind: try relation.required("kind").word(ColumnRelation.Kind.self),
        column: try relation.required("column").text(),
        words: try relation["words"]?.text() ?? "")
    }
    self.facts = facts
  }

  static func table(
    _ own: DocumentReader, _ columns: [ColumnFacts]
  ) throws(ContractError) -> TableFacts {
    var facts = TableFacts(
      rowCount: try own.required("rows").count(), columns: columns)
    if let dialect = own["dialect"] {
      facts.dialect = DialectFacts(
        delimiter: try dialect.required("delimiter").text(),
        quote: try dialect["quote"]?.text(), hasHeader: try dialect["header"]?.truth() ?? true,
        encoding: try dialect["encoding"]?.text() ?? "utf-8",
        lineEnding: try dialect["lineEnding"]?.text() ?? "lf")
    }
    facts.oddities = Set(try own["odd"]?.texts() ?? [])
    for source in try own["sources"]?.elements() ?? [] {
      facts.sources.append(
        SourceDigest(
          name: try source.required("name").text(),
          byteCount: try source["bytes"]?.count() ?? 0, digest: try source["digest"]?.text()))
    }
    return facts
  }
}
