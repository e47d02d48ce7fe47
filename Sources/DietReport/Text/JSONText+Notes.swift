import Columnar
import Wording

extension JSONText {
  /// What notes say.
  static func notes(_ notes: [Note]) -> JSONText { strings(notes.map(\.description)) }

  /// What notes are about, in the same order.
  static func codes(_ notes: [Note]) -> JSONText { strings(notes.map(\.code.rawValue)) }
}

extension TableAnomalies {
  /// What was seen of each kind as a document of JSON: `{"short": {"count": 2, "first_row": 1, …}, …}`.
  package var json: String {
    JSONText.object(
      tallies.map { name, tally in
        (
          name,
          .object([
            ("count", .integer(tally.count)),
            ("first_row", tally.firstRow.map(JSONText.integer) ?? .null),
            ("first_file", .optional(tally.firstFile)),
            ("first_line", tally.firstLine.map(JSONText.integer) ?? .null),
          ])
        )
      }
    ).document
  }
}

extension [Note] {
  /// The notes as a document of JSON: `{"notes": […], "note_codes": […]}`.
  package var json: String {
    JSONText.object([("notes", .notes(self)), ("note_codes", .codes(self))]).document
  }
}
