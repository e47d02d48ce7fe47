import FileIO

/// Options as programs spell them. Messages name options as the command does: ``--header-records 1``
/// there is ``header_records=1`` here.
enum OptionSpelling {
  /// `message` with every option in the words of a program.
  static func inPrograms(_ message: String) -> String {
    message.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { index, part in
        index % 2 == 1 ? argument(part) : names(part)
      }
      .joined(separator: "`")
  }

  /// `--name value`, or several of them, as arguments; other text as it stands.
  static func argument(_ text: some StringProtocol) -> String {
    guard text.hasPrefix("--") else { return String(text) }
    var options: [String] = []
    for word in words(text) {
      if word.hasPrefix("--") || options.isEmpty {
        options.append(word)
      } else {
        options[options.count - 1] += " " + word
      }
    }
    return options.map { oneArgument($0[...]) }.joined(separator: ", ")
  }

  /// The parts of a command line between spaces, each with its quotes; a value behind `=` is a part.
  private static func words(_ text: some StringProtocol) -> [String] {
    var words = [""]
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == " " {
        words.append("")
        continue
      } else if character == "=", words[words.count - 1].count > 2,
        words[words.count - 1].hasPrefix("--"), !words[words.count - 1].contains(" ")
      {
        words[words.count - 1].append(" ")
        continue
      }
      words[words.count - 1].append(character)
    }
    return words
  }

  private static func oneArgument(_ quoted: Substring) -> String {
    let words = quoted.dropFirst(2).split(separator: " ", maxSplits: 1)
    guard quoted.hasPrefix("--"), let option = words.first, quoted.dropFirst(2).hasPrefix(option)
    else { return String(quoted) }
    let name = option.replacing("-", with: "_")
    // A table in process is for nobody until it is handed over.
    if quoted == "--for polars" { return "to_polars()" }
    guard words.count == 2 else {
      switch option {
      case "no-header": return "header=False"
      case "no-hive": return "hive_partitioning=False"
      case "hive": return "hive_partitioning=True"
      case "strict", "exact", "unsigned", "header", "union-by-name": return "\(name)=True"
      default: return String(name)
      }
    }
    var value = words[1]
    if namesColumns.contains(option) || byColumn.contains(option), value.hasPrefix("'"),
      value.count > 1
    {
      value = value.dropFirst().dropLast().replacing("'\\''", with: "'")[...]
    }
    if namesColumns.contains(option) {
      let names = ColumnNames.names(in: String(value)).map(pythonText)
      return "\(name)=[\(names.joined(separator: ", "))]"
    }
    // A word for nothing may have a `=` in it, and a column's name may: the one is as rare as the other.
    let equals = option == "null-token" ? value.firstIndex(of: "=") : value.lastIndex(of: "=")
    if let equals, equals > value.startIndex, byColumn.contains(option) {
      return "\(name)={\"\(value[..<equals])\": \"\(value[value.index(after: equals)...])\"}"
    }
    let isLiteral = Int(value) != nil || value.hasPrefix("'") || value.hasPrefix("\"")
    return isLiteral ? "\(name)=\(value)" : "\(name)=\"\(value)\""
  }

  private static let namesColumns: Set<Substring> = ["drop", "number"]

  /// Options whose value may be of one column.
  private static let byColumn: Set<Substring> = [
    "type", "date-format", "null-token", "boolean", "zero-padded", "decimal", "thousands",
  ]

  private static func pythonText(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  /// Text that may name options: `--zero-padded: 'x' is …`.
  private static func names(_ text: Substring) -> String {
    var result = ""
    var rest = text
    while let start = rest.firstRange(of: "--") {
      result += rest[..<start.lowerBound]
      let name = rest[start.upperBound...].prefix { ("a"..."z").contains($0) || $0 == "-" }
      let isOption = name.first.map { $0 != "-" } ?? false
      result += isOption ? name.replacing("-", with: "_") : "--" + String(name)
      rest = rest[name.endIndex...]
    }
    return result + rest
  }
}
