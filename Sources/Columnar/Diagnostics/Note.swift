/// What someone who reads a table or its report should know: what was left out, what may have been
/// meant otherwise, what an engine does with it.
///
/// A program looks at the code, a person reads the text. It names options as values, so that each
/// surface spells them its own way.
public struct Note: Hashable, Sendable, CustomStringConvertible {
  /// What it is about: stable from version to version, while texts may change.
  public let code: NoteCode
  /// What is said, in one sentence.
  public let text: Sentence

  package init(_ code: NoteCode, _ text: Sentence) {
    self.code = code
    self.text = text
  }

  /// The text, with options as the command spells them.
  public var description: String { text.description }

  /// There is nothing to be read.
  package static let noTable = Note(
    .noTable, "there is no table in the input: it has no rows and no columns")

  package static let allRead = Note(
    .allRead,
    "it is too small for samples to take less time: all of it was read, and every figure is exact")

  /// The same of one part of the input.
  package func of(_ place: String) -> Note {
    place.isEmpty ? self : Note(code, "\(place): \(text)")
  }
}
