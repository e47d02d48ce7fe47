import Columnar
import Wording

/// Paragraphs with a label on the left, their lines aligned:
///
///     this run   41.3 MB at its peak · 0.13 s · 2 threads
///     note       The file ends inside a quoted field, and …
///                was read up to there.
struct LabelledLines {
  static let labelWidth = 11
  static let textWidth = reportWidth - labelWidth
  let ink: Ink
  private(set) var text = ""

  init(ink: Ink) { self.ink = ink }

  /// Adds a paragraph; without any line nothing is added.
  mutating func add(_ label: String, _ lines: [String], color: Ink.Color = .plain) {
    for (index, line) in lines.enumerated() {
      let margin = (index == 0 ? label : "").padded(to: Self.labelWidth)
      text += ink.paint(margin, .bold) + ink.paint(line, color) + "\n"
    }
  }
}

extension LabelledLines {
  /// Adds sentences, each with a label of its own, none longer than ten lines; none where notes are not wanted.
  mutating func add(notes: [Note]) { add(notes: notes.map(\.description)) }

  mutating func add(notes: [String]) {
    guard PrintedNotes.areWanted else { return }
    for note in notes {
      let text = note.onOneLine.abridged(to: 10 * (Self.textWidth - 8))
      add("note", text.lines(of: Self.textWidth), color: .yellow)
    }
  }
}

/// The width that sentences of a printed report keep, whatever the terminal: longer lines are hard to read.
let reportWidth = 80

/// How wide a printed report may be.
package enum ReportWidth {
  /// The width that tables keep, which are the better for room: names are whole then.
  @TaskLocal package static var ofTables = reportWidth
}

/// Whether printed reports say what is worth knowing beside the result. Documents and pages always do.
package enum PrintedNotes {
  @TaskLocal package static var areWanted = true
}
