import Columnar
package import Wording

extension EstimateReport: Report, Encodable {
  /// The report as JSON. Keys of what is estimated end in `_estimate`, `_low` and `_high`; no other figure is of the
  /// table.
  public var json: String { jsonText.document }

  /// Encodes the members of the JSON.
  public func encode(to encoder: any Encoder) throws { try jsonText.encode(to: encoder) }

  package var jsonText: JSONText {
    var input: [(key: String, value: JSONText)] = [("path", .string(path))]
    if files.count > 1 { input.append(("files", .strings(files))) }
    input += [("bytes", .integer(byteCount)), ("dialect", .object(dialect.members))]
    return .object(
      [
        ("schema_version", .integer(Self.schemaVersion)),
        ("exact", .bool(false)),
        ("input", .object(input)),
        (
          "samples",
          .object([
            ("count", .integer(samples.count)), ("dropped", .integer(samples.droppedCount)),
            ("bytes", .integer(samples.byteCount)), ("rows", .integer(samples.rowCount)),
            ("share", .float(Double(samples.byteCount) / Double(max(1, byteCount)))),
          ])
        ),
      ] + rows.members("rows") + [
        (
          "memory",
          .object(
            [("baseline", .string(baseline))] + before.members("before")
              + after.members("after") + [("as", engines.json), ("lean_as", handedOver.json)])
        ),
        ("columns", .array(columns.map(\.json))),
        ("timing", timing.json),
        ("notes", .notes(notes)), ("note_codes", .codes(notes)),
      ])
  }
}

extension EstimateReport.Figure {
  /// `rows_estimate`, `rows_low`, `rows_high`.
  fileprivate func members(_ name: String) -> [(key: String, value: JSONText)] {
    [
      ("\(name)_estimate", .integer(estimate)), ("\(name)_low", .integer(low)),
      ("\(name)_high", .integer(high)),
    ]
  }
}

extension [EstimateReport.Engine] {
  /// By the name of the engine.
  fileprivate var json: JSONText {
    .object(map { (key: $0.name, value: .object($0.bytes.members("bytes"))) })
  }
}

extension EstimateReport.Column {
  fileprivate var json: JSONText {
    var members: [(key: String, value: JSONText)] = [
      ("name", .string(name)),
      ("logical_type_estimate", .string("\(logicalType)")),
      ("layout_estimate", .string(layout)), ("layout_high", .string(highLayout)),
      ("before_type_estimate", .string(beforeType)),
    ]
    members += nulls.members("nulls")
    if let distinct { members += distinct.members("distinct") }
    members += before.members("before") + after.members("after")
    members += [
      ("before_worst_high", .integer(worstBefore)), ("after_worst_high", .integer(worstAfter)),
      ("doubts", .strings(doubts.map(\.rawValue))),
    ]
    return .object(members)
  }
}
