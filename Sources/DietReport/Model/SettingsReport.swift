import Columnar
package import Wording

/// What `diet config show` prints: each setting, its value, and where it comes from.
package struct SettingsReport: Hashable, Sendable {
  /// The version of the JSON. It grows when a key changes its meaning or goes away.
  package static let schemaVersion = 1

  /// One setting in one place.
  package struct Row: Hashable, Sendable {
    package var option: String
    /// The verb that it is for; `nil` where it is for all.
    package var verb: String?
    /// The value as a settings file has it; `nil` where nothing is set.
    package var value: String?
    /// Where it stands: `default`, a variable, a file with its line.
    package var origin: String
    /// What holds in its place; `nil` where it holds itself.
    package var shadowedBy: String?

    package init(
      option: String, verb: String? = nil, value: String?, origin: String,
      shadowedBy: String? = nil
    ) {
      (self.option, self.verb, self.value) = (option, verb, value)
      (self.origin, self.shadowedBy) = (origin, shadowedBy)
    }
  }

  /// The verb whose options these are; `nil` where all that is set was asked for.
  package var verb: String?
  /// The files that were read.
  package var files: [String]
  package var rows: [Row]

  package init(verb: String?, files: [String], rows: [Row]) {
    (self.verb, self.files, self.rows) = (verb, files, rows)
  }
}

extension SettingsReport: Report {
  package var jsonText: JSONText {
    .object([
      ("schema_version", .integer(Self.schemaVersion)),
      ("verb", .optional(verb)),
      ("files", .strings(files)),
      (
        "settings",
        .array(
          rows.map { row in
            .object([
              ("option", .string(row.option)), ("verb", .optional(row.verb)),
              ("value", .optional(row.value)), ("from", .string(row.origin)),
              ("shadowed_by", .optional(row.shadowedBy)),
            ])
          })
      ),
    ])
  }

  package func table(usesColor: Bool) -> String {
    let ink = Ink(usesColor: usesColor)
    var text = ink.paint(verb.map { "settings of diet \($0)" } ?? "settings", .bold) + "\n\n"
    var paragraphs = LabelledLines(ink: ink)
    let read = files.isEmpty ? ["none"] : files.map(\.onOneLine)
    paragraphs.add("files", read.flatMap { $0.lines(of: LabelledLines.textWidth) })
    text += paragraphs.text
    return rows.isEmpty
      ? text + "\nNothing is set.\n" : text + "\n" + columns.text(ink: ink)
  }

  private var columns: TextTable {
    var columns = [
      TextColumn("option", cells: rows.map { .init($0.option) }),
      TextColumn(
        "value", cells: rows.map { .init($0.value?.onOneLine ?? "–", color: $0.color) }),
      TextColumn("from", cells: rows.map { .init($0.origin.onOneLine, color: $0.color) }),
      TextColumn(
        "shadowed by", cells: rows.map { .init($0.shadowedBy?.onOneLine ?? "", color: $0.color) }),
    ]
    // Of one verb all are for it; where nothing is shadowed, nobody looks for it.
    if rows.allSatisfy({ $0.shadowedBy == nil }) { columns.removeLast() }
    if verb == nil {
      columns.insert(TextColumn("verb", cells: rows.map { .init($0.verb ?? "all") }), at: 1)
    }
    var table = TextTable(columns: columns)
    var excess = table.width - ReportWidth.ofTables
    for width in [24, 16, 10] {
      for heading in ["value", "shadowed by", "from"] {
        guard let index = table.columns.firstIndex(where: { $0.heading == heading }) else {
          continue
        }
        excess = table.columns[index].narrow(to: width, excess: excess)
      }
    }
    return table
  }
}

extension SettingsReport.Row {
  fileprivate var color: Ink.Color { shadowedBy == nil ? .plain : .faint }
}
