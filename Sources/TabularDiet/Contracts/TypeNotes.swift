import Columnar
import Wording

/// Notes on columns that are text only because nobody told how they are spelled: what a lock says of their types holds
/// until somebody does.
package struct TypeNotes: Sendable {
  /// A sentence each, as analyses word them, and how many more there are.
  package let sentences: [String]

  private static let limit = 5

  /// - Parameter isRedacted: Whether notes with values of the table are left out.
  package init(_ profile: TableProfile, isRedacted: Bool = false) {
    let notes = profile.report().columns.flatMap { column in
      column.notes.filter { note in
        Self.codes.contains(note.code) && note.text.parts.contains(where: \.isRemedy)
          && !(isRedacted && note.text.parts.contains(where: \.quotes))
      }.map { "\(column.name.onOneLine.ellipsized(to: 40)): \($0.description.onOneLine)" }
    }
    let more = notes.count - Self.limit
    sentences =
      more > 0
      ? notes.prefix(Self.limit) + ["and \(CountText(more, "more column")): diet analyze tells all"]
      : notes
  }

  private static let codes: Set<NoteCode> = [
    .thousandsLikely, .amountsLikely, .datesLikely, .ambiguousDates, .decimalsUnclear, .versions,
  ]
}

extension Sentence.Part {
  /// Whether it is something to do.
  fileprivate var isRemedy: Bool {
    switch self {
    case .option, .options, .mention: true
    case .text, .command: false
    }
  }

  /// Whether it has a piece of the table in it.
  fileprivate var quotes: Bool {
    if case .text(let text) = self { return text.contains("`") }
    return false
  }
}
