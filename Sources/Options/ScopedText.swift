/// An option's value, of the whole table or of one column.
package enum ScopedText: Hashable, Sendable {
  /// `value`, or `column=value` where the header or the value itself says so.
  case words(String)
  /// Of this column for certain.
  case column(String, String)

  /// How the command takes it.
  package var text: String {
    switch self {
    case .words(let text): text
    case .column(let name, let text): "\(name)=\(text)"
    }
  }

  /// The column, if it is of one, and what is said.
  ///
  /// What stands before a `=` is a column where the header has that name, the longest where there
  /// are several. Otherwise the whole text is the value, if it can be; if not, what stands before the
  /// last `=` is taken for a column, which whoever reads the table refuses.
  ///
  /// - Parameters:
  ///   - names: The names in the header; `nil` where they are not known yet.
  ///   - accepts: Whether a text can be a value.
  package func parted(
    _ names: Set<String>?, _ accepts: (String) -> Bool
  ) -> (column: String?, text: String) {
    switch self {
    case .column(let name, let text): return (name, text)
    case .words(let text):
      let splits = Self.splits(text)
      if let names, let split = splits.first(where: { names.contains($0.column) }) {
        return (split.column, split.text)
      }
      if accepts(text) { return (nil, text) }
      return splits.first.map { ($0.column, $0.text) } ?? (nil, text)
    }
  }

  /// Every way to part the text at a `=`, the longest name first.
  static func splits(_ text: String) -> [(column: String, text: String)] {
    text.indices.reversed().compactMap { index in
      guard text[index] == "=", index > text.startIndex else { return nil }
      return (String(text[..<index]), String(text[text.index(after: index)...]))
    }
  }

  /// Whether the header decides what this means.
  var dependsOnNames: Bool {
    if case .words(let text) = self { !Self.splits(text).isEmpty } else { false }
  }
}

extension ScopedText: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self = .words(text) }
}
