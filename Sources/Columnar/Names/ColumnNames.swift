/// Names of columns in one word, as `--columns`, `--keep` and `--drop` take them: separated by commas,
/// in quotes as CSV has them where a name has a comma itself.
package enum ColumnNames {
  package static func names(in text: String) -> [String] {
    var names: [String] = []
    var rest = text[...]
    while !rest.isEmpty {
      let (name, end) = quoted(rest) ?? plain(rest)
      if !name.isEmpty { names.append(name) }
      rest = rest[end...].dropFirst()
    }
    return names
  }

  /// Several names in one word.
  package static func joined(_ names: [String]) -> String {
    names.map(spelled).joined(separator: ",")
  }

  private static func spelled(_ name: String) -> String {
    guard name.contains(",") || name.hasPrefix("\"") else { return name }
    return "\"\(name.replacing("\"", with: "\"\""))\""
  }

  private static func plain(_ text: Substring) -> (String, String.Index) {
    let end = text.firstIndex(of: ",") ?? text.endIndex
    return (String(text[..<end]), end)
  }

  /// `nil` where the text does not begin with a name in quotes.
  private static func quoted(_ text: Substring) -> (String, String.Index)? {
    guard text.hasPrefix("\"") else { return nil }
    var name = ""
    var rest = text.dropFirst()
    while let quote = rest.firstIndex(of: "\"") {
      name += rest[..<quote]
      rest = rest[rest.index(after: quote)...]
      if !rest.hasPrefix("\"") {
        return rest.isEmpty || rest.hasPrefix(",") ? (name, rest.startIndex) : nil
      }
      name += "\""
      rest = rest.dropFirst()
    }
    return nil
  }
}
