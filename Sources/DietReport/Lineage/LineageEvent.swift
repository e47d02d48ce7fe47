import Columnar
package import Contracts
package import Wording

/// A run as OpenLineage tells it: which table was read, of what columns, what was counted, and what was written.
package struct LineageEvent: Sendable {
  /// The verb.
  package var verb: String
  /// The name of the table, by which the job is called.
  package var table: String
  /// Which run it is, and when it ended.
  package var run: LineageRun
  /// Whether it ended as it should: a gate held.
  package var isComplete = true
  package var input: Dataset
  package var facts: TableFacts
  /// What of the table is not as it should be; `nil` where nobody looked.
  package var findings: [Finding]?
  package var output: Dataset?
  /// Whether no value of the table is told.
  package var isRedacted = false

  package init(
    verb: String, table: String, run: LineageRun, input: Dataset, facts: TableFacts,
    findings: [Finding]? = nil, output: Dataset? = nil, isRedacted: Bool = false
  ) {
    (self.verb, self.table, self.run) = (verb, table, run)
    (self.input, self.facts, self.findings) = (input, facts, findings)
    (self.output, self.isRedacted) = (output, isRedacted)
    isComplete = !(findings ?? []).contains { $0.level == .deny }
  }

  /// Files that are one table.
  package struct Dataset: Hashable, Sendable {
    /// The whole path of the file, or of the folder that all of them are in.
    package var name: String
    package var byteCount: Int
    package var fileCount: Int

    package init(name: String, byteCount: Int, fileCount: Int = 1) {
      (self.name, self.byteCount, self.fileCount) = (name, byteCount, fileCount)
    }

    /// The files of these whole paths.
    package init(paths: [String], byteCount: Int) {
      self.init(
        name: paths.count == 1 ? paths[0] : Self.folder(of: paths), byteCount: byteCount,
        fileCount: paths.count)
    }

    private static func folder(of paths: [String]) -> String {
      var shared = Array(paths.first?.split(separator: "/").dropLast() ?? [])
      for path in paths.dropFirst() {
        let parts = path.split(separator: "/").dropLast()
        shared = Array(shared.prefix(zip(shared, parts).prefix { $0 == $1 }.count))
      }
      return "/" + shared.joined(separator: "/")
    }
  }
}

/// One run: its number, and the moment of the event.
package struct LineageRun: Hashable, Sendable {
  /// A UUID.
  package var id: String
  /// The moment in UTC, as RFC 3339 writes it.
  package var time: String

  package init(id: String, time: String) { (self.id, self.time) = (id, time) }

  /// - Parameters:
  ///   - milliseconds: Since 1970.
  ///   - random: 74 of these bits are taken.
  /// - Returns: A UUID of version 7: later ones are larger.
  package static func uuid(milliseconds: UInt64, random: (UInt64, UInt64)) -> String {
    let high = milliseconds << 16 | 0x7000 | random.0 & 0xFFF
    let low = random.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let bytes = [high, low].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
    }
    let digits = hexadecimal(bytes)
    var parts: [Substring] = []
    var rest = digits[...]
    for count in [8, 4, 4, 4, 12] {
      parts.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return parts.joined(separator: "-")
  }
}

extension LineageEvent {
  private static let producer = "urn:diet:\(dietVersion)"
  private static let schema = "https://openlineage.io/spec"

  /// The event, in one document.
  package var jsonText: JSONText {
    .object([
      ("eventType", .string(isComplete ? "COMPLETE" : "FAIL")),
      ("eventTime", .string(run.time)),
      ("run", .object([("runId", .string(run.id))])),
      (
        "job",
        .object([("namespace", .string("diet")), ("name", .string("diet.\(verb).\(table)"))])
      ),
      ("inputs", .array([inputJSON])),
      ("outputs", .array(output.map { [json(of: $0)] } ?? [])),
      ("producer", .string(Self.producer)),
      ("schemaURL", .string("\(Self.schema)/2-0-2/OpenLineage.json#/$defs/RunEvent")),
    ])
  }

  private func facet(
    _ name: String, _ version: String, _ members: [(key: String, value: JSONText)]
  ) -> JSONText {
    let url = "\(Self.schema)/facets/\(version)/\(name).json#/$defs/\(name)"
    return .object(
      [("_producer", .string(Self.producer)), ("_schemaURL", .string(url))] + members)
  }

  /// - Parameter showsLayouts: Whether each field says how it is stored.
  private func schemaFacet(showsLayouts: Bool = false) -> JSONText {
    let fields = facts.columns.map { column -> JSONText in
      var members: [(key: String, value: JSONText)] = [
        ("name", .string(column.name)), ("type", .string("\(column.type)")),
      ]
      if showsLayouts, let layout = column.layout {
        members.append(("description", .string("stored as \(layout)")))
      }
      return .object(members)
    }
    return facet("SchemaDatasetFacet", "1-2-0", [("fields", .array(fields))])
  }

  private var inputJSON: JSONText {
    var inputFacets: [(key: String, value: JSONText)] = [("dataQualityMetrics", metrics)]
    if let findings {
      inputFacets.append(("dataQualityAssertions", assertions(findings)))
    }
    return .object([
      ("namespace", .string("file")), ("name", .string(input.name)),
      ("facets", .object([("schema", schemaFacet())])),
      ("inputFacets", .object(inputFacets)),
    ])
  }

  /// What did not hold, then the columns of which all did. What is allowed does not count.
  private func assertions(_ findings: [Finding]) -> JSONText {
    func assertion(
      _ name: String, _ isTrue: Bool, _ column: String?, _ level: FindingLevel = .deny
    ) -> JSONText {
      .object(
        [("assertion", .string(name)), ("success", .bool(isTrue))]
          + (column.map { [("column", .string($0))] } ?? [])
          + [("severity", .string(level == .deny ? "error" : "warn"))])
    }
    let told = findings.filter { $0.level != .allow }
    let columns = Set(told.compactMap(\.column))
    let failed = told.map { assertion($0.code.rawValue, false, $0.column, $0.level) }
    let held = facts.columns.filter { !columns.contains($0.name) }
      .map { assertion("contract", true, $0.name) }
    return facet(
      "DataQualityAssertionsDatasetFacet", "1-1-0", [("assertions", .array(failed + held))])
  }

  private var metrics: JSONText {
    var seen: Set<String> = []
    // Keys of an object: of columns of one name, the first.
    let columns = facts.columns.filter { seen.insert($0.name).inserted }
    return facet(
      "DataQualityMetricsInputDatasetFacet", "1-0-3",
      [
        ("rowCount", .integer(facts.rowCount)), ("bytes", .integer(input.byteCount)),
        ("fileCount", .integer(input.fileCount)),
        ("columnMetrics", .object(columns.map { ($0.name, metrics(of: $0)) })),
      ])
  }

  private func metrics(of column: ColumnFacts) -> JSONText {
    var members: [(key: String, value: JSONText)] = [
      ("nullCount", .integer(column.nullCount)),
      ("count", .integer(facts.rowCount - column.nullCount)),
    ]
    if let count = column.distinctCount, column.isDistinctExact {
      members.append(("distinctCount", .integer(count)))
    }
    if !isRedacted {
      for (name, value) in [("min", column.minimum), ("max", column.maximum)] {
        if let number = value.flatMap(column.number) { members.append((name, number)) }
      }
    }
    return .object(members)
  }

  private func json(of output: Dataset) -> JSONText {
    .object([
      ("namespace", .string("file")), ("name", .string(output.name)),
      ("facets", .object([("schema", schemaFacet(showsLayouts: true))])),
      (
        "outputFacets",
        .object([
          (
            "outputStatistics",
            facet(
              "OutputStatisticsOutputDatasetFacet", "1-0-2",
              [("rowCount", .integer(facts.rowCount)), ("size", .integer(output.byteCount))])
          )
        ])
      ),
    ])
  }
}

extension ColumnFacts {
  /// A value as a number in the column's own terms; `nil` for dates, times and text, which the facet has no place for.
  fileprivate func number(_ value: FactValue) -> JSONText? {
    switch (value, type) {
    case (.integer(let number), .integer): .integer(number)
    case (.integer(let number), .decimal(let scale)):
      .float((0..<scale).reduce(Double(number)) { value, _ in value / 10 })
    case (.float(let number), _) where number.isFinite: .float(number)
    default: nil
    }
  }
}
