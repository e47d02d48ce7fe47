import Columnar
package import Wording

extension AnalysisReport: Report, Encodable {
  package func table(usesColor: Bool) -> String {
    TableFormat().text(of: self, usesColor: usesColor)
  }

  /// The report as JSON.
  public var json: String { jsonText.document }

  /// Encodes the members of the JSON.
  public func encode(to encoder: any Encoder) throws { try jsonText.encode(to: encoder) }

  package var jsonText: JSONText {
    // Programs see in the bytes how small a table is: a clean one has no notes.
    let notes = notes.filter { $0.code != .tableTooSmall }
    var members: [(key: String, value: JSONText)] = [
      ("schema_version", .integer(Self.schemaVersion)),
      ("input", input.json),
      ("memory", memory.json),
    ]
    if let budget { members.append(("budget", budget.json)) }
    members += [
      ("columns", .array(columns.map(\.json))),
      ("timing", timing.json),
      ("notes", .notes(notes)), ("note_codes", .codes(notes)),
    ]
    return .object(members)
  }
}

extension AnalysisReport.Input {
  fileprivate var json: JSONText {
    var members: [(key: String, value: JSONText)] = [("path", .string(path))]
    if files.count > 1 { members.append(("files", .strings(files))) }
    members += [
      ("bytes", .integer(byteCount)),
      ("rows", .integer(rowCount)),
      ("columns", .integer(columnCount)),
    ]
    // A file of text has a dialect, one of types a format.
    members.append(dialect.map { ("dialect", $0.json) } ?? ("format", .string(format)))
    if swallowedLineCount > 0 { members.append(("swallowed_lines", .integer(swallowedLineCount))) }
    return .object(members)
  }
}

extension AnalysisReport.Dialect {
  /// What every file has, and what this one has beside it.
  fileprivate var json: JSONText {
    let isUsual = zip(extraMembers, AnalysisReport.Dialect().extraMembers)
      .map { $0.value.document == $1.value.document }
    return .object(members + zip(extraMembers, isUsual).filter { !$1 }.map(\.0))
  }

  var members: [(key: String, value: JSONText)] {
    [
      ("delimiter", .string(delimiter)),
      ("quote", .optional(quote)),
      ("header", .bool(hasHeader)),
      ("encoding", .string(encoding)),
      ("line_ending", .string(lineEnding)),
    ]
  }

  /// What most files do not have.
  var extraMembers: [(key: String, value: JSONText)] {
    [
      ("escape", .optional(escape)),
      ("header_records", .integer(headerRecordCount)),
      ("comment", .optional(comment)),
      ("spaces", .string(spaces)),
      ("preamble_lines", .integer(preambleLineCount)),
      ("footer_lines", .integer(footerLineCount)),
    ]
  }
}

extension AnalysisReport.Memory {
  fileprivate var json: JSONText {
    .object([
      ("baseline", .string(baseline)),
      ("before", .integer(before)),
      ("after", .integer(after)),
      ("after_exact", .bool(!isForetold)),
      (
        "policies",
        .object(policies.map { (key: $0.policy.rawValue, value: .integer($0.byteCount)) })
      ),
      (
        "policies_exact",
        .object(policies.map { (key: $0.policy.rawValue, value: .bool(!$0.isForetold)) })
      ),
      ("policies_time", .object(policyTimes.map { (key: $0.kernel, value: $0.json) })),
      ("peak", .integer(peak)),
      ("as", engines.json),
      ("lean_as", handedOver.json),
    ])
  }
}

extension AnalysisReport.PolicyTime {
  fileprivate var json: JSONText {
    .object([
      ("median", .float(median)), ("least", .float(least)), ("greatest", .float(greatest)),
      ("columns", .integer(columnCount)),
    ])
  }
}

extension [AnalysisReport.EngineBytes] {
  /// By the name of the engine.
  fileprivate var json: JSONText {
    .object(map { (key: $0.name, value: .integer($0.byteCount)) })
  }
}

extension AnalysisReport.Timing {
  var json: JSONText {
    .object([("wall_seconds", .float(wallSeconds)), ("threads", .integer(threadCount))])
  }
}

extension AnalysisReport.Column {
  fileprivate var json: JSONText {
    var members: [(key: String, value: JSONText)] = [
      ("name", .string(name)), ("logical_type", .string(logicalType.name)),
    ]
    if let scale = logicalType.scale { members.append(("scale", .integer(scale))) }
    if let unit = logicalType.unit { members.append(("unit", .string(unit.rawValue))) }
    if let zone = logicalType.zone { members.append(("zone", .string(zone))) }
    members += [
      ("nulls", .integer(nullCount)),
      ("distinct", distinctCount.map(JSONText.integer) ?? .null),
      ("distinct_exact", .bool(isDistinctExact)),
      ("min", minimum.json),
      ("max", maximum.json),
      ("before_type", .string(beforeType)),
      ("layout", .string(layout)),
      ("bytes", bytes),
      ("bytes_as", handedOver.json),
      ("fidelity", .string(fidelity.rawValue)),
    ]
    if let error {
      members.append(
        ("error", .object([("limit", .float(error.limit)), ("greatest", .float(error.greatest))])))
    }
    members += [
      ("headroom", headroom.map(JSONText.float) ?? .null),
      ("reason", .string(reason)),
      ("notes", .notes(notes)), ("note_codes", .codes(notes)),
    ]
    // Most columns have none.
    if !obstacles.isEmpty { members.append(("obstacles", .array(obstacles.map(\.json)))) }
    members.append(("speedups", .array(speedups.map(\.json))))
    return .object(members)
  }

  private var bytes: JSONText {
    .object([
      ("before", .integer(before)),
      ("after", .integer(after.total)),
      ("values", .integer(after.values)),
      ("validity", .integer(after.validity)),
      ("offsets", .integer(after.offsets)),
      ("dictionary", .integer(after.dictionary)),
      ("padding", .integer(after.padding)),
      ("exact", .bool(!isForetold)),
    ])
  }
}

extension AnalysisReport.Speedup {
  fileprivate var json: JSONText {
    .object([
      ("kernel", .string(kernel)),
      ("ratio", .float(ratio)),
      ("low", .float(low)),
      ("high", .float(high)),
      ("path", .string(path.rawValue)),
    ])
  }
}

extension ReportValue {
  fileprivate var json: JSONText {
    switch self {
    case .integer(let value): .integer(value)
    case .float(let value) where value.isInfinite: .string(text)
    case .float(let value): .float(value)
    case .text(let value): .string(value)
    case .null: .null
    }
  }
}
