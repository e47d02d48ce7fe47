package import Columnar

extension Sentence {
  /// The sentence with its options as a program gives them: `header_records=1`.
  package var inPrograms: String { words(\.arguments, named: \.subject) }
}

extension Note {
  /// The note with its options as a program gives them.
  package var inPrograms: Note { Note(code, Sentence(text.inPrograms)) }
}

extension [Sentence.Option] {
  /// As arguments in Python: an option that is given for several columns, or several times, once.
  package var arguments: String {
    var texts: [String] = []
    var rest = self[...]
    while let first = rest.first {
      let alike = rest.filter { $0.name == first.name }
      let words = alike.compactMap(\.wordOfColumn)
      let isJoined = alike.count > 1 && words.count == alike.count
      texts.append(isJoined ? first.argument(words) : first.argument)
      rest = isJoined ? rest.filter { $0.name != first.name }[...] : rest.dropFirst()
    }
    return texts.joined(separator: ", ")
  }
}

extension Sentence.Option {
  fileprivate var wordOfColumn: (column: String, word: String)? {
    if case .ofColumn(let column, let word) = value { (column, word) } else { nil }
  }

  /// With several words of one column, or of some.
  fileprivate func argument(_ words: [(column: String, word: String)]) -> String {
    var columns: [String] = []
    for (column, _) in words where !columns.contains(column) { columns.append(column) }
    let entries = columns.map { column in
      let own = words.filter { $0.column == column }.map { Self.quoted($0.word) }
      let value = own.count == 1 ? own[0] : "[\(own.joined(separator: ", "))]"
      return "\(Self.quoted(column)): \(value)"
    }
    return
      "\(OptionCatalogue.current[name]?.programName ?? underscored)={\(entries.joined(separator: ", "))}"
  }

  /// As Python speaks of it: a flag by its name alone.
  fileprivate var subject: String {
    value == .none ? OptionCatalogue.current[name]?.programName ?? underscored : argument
  }

  private var underscored: String { name.replacing("-", with: "_") }

  /// As an argument in Python, after the catalogue.
  package var argument: String {
    let option = OptionCatalogue.current[name]
    let name = option?.programName ?? underscored
    switch value {
    case .none:
      switch option?.kind {
      case .flag, .choice: return "\(name)=True"
      default: return name
      }
    case .off: return "\(name)=False"
    // A table in process is for nobody until it is handed over.
    case .text(let engine) where self.name == "for": return "to_\(engine)()"
    case .text(let text): return "\(name)=\(Int(text) == nil ? Self.literal(text) : text)"
    case .ofColumn(let column, let text):
      return "\(name)={\(Self.quoted(column)): \(Self.quoted(text))}"
    case .columns(let columns):
      return "\(name)=[\(columns.map(Self.quoted).joined(separator: ", "))]"
    }
  }

  /// In single quotes where a shell would have them, too.
  private static func literal(_ text: String) -> String {
    guard text.shellWord != text else { return quoted(text) }
    return "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
  }

  private static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}
