import Columnar
import FileIO

extension Column {
  /// That the column has words behind those of its plan's categories; `nil` where it has none, or the plan
  /// has no words.
  var noteOnUnplannedWords: Note? {
    guard let known = planned?.words, planned?.isOpen == true,
      case .indexed(_, let entries, let count) = view, let texts = TextRows(entries)
    else { return nil }
    let planned = Set(known)
    let new = (0..<count).map { entry in texts.withText(at: entry) { Array($0) } }
      .filter { !planned.contains($0) }
    guard let first = new.first else { return nil }
    let others = new.count == 1 ? "" : " and \(new.count - 1) more"
    return Note(
      .wordsUnplanned,
      """
      new words beside the plan's: `\(ReadingError.printable(first))`\(others). As categories they come \
      last, where pandas sorts and groups
      """
    ).of(name)
  }
}
