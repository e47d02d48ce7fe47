import Columnar
import FileIO
import Options

/// Options in notes as programs spell them, after the catalogue. Notes are text, and name options as the command does:
/// ``--header-records 1`` there is ``header_records=1`` here. What is wrong is a `Sentence`, which has them as values.
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
    // A table in process is for nobody until it is handed over.
    if quoted == "--for polars" { return "to_polars()" }
    let isNegative = option.hasPrefix("no-")
    let known = OptionCatalogue.current[isNegative ? option.dropFirst(3) : option]
    let name = known?.programName ?? String(option.replacing("-", with: "_"))
    guard words.count == 2 else {
      switch known?.kind {
      case .flag, .choice: return "\(name)=\(isNegative ? "False" : "True")"
      default: return name
      }
    }
    var value = words[1]
    let isOfColumns = known?.kind.isOfColumns ?? false
    if known?.kind.isList ?? false, value.hasPrefix("'"), value.count > 1 {
      value = value.dropFirst().dropLast().replacing("'\\''", with: "'")[...]
    }
    if known?.kind == .names {
      let names = ColumnNames.names(in: String(value)).map(pythonText)
      return "\(name)=[\(names.joined(separator: ", "))]"
    }
    // A word for nothing may have a `=` in it, and a column's name may: the one is as rare as the other.
    let equals = option == "null-token" ? value.firstIndex(of: "=") : value.lastIndex(of: "=")
    if let equals, equals > value.startIndex, isOfColumns {
      return "\(name)={\"\(value[..<equals])\": \"\(value[value.index(after: equals)...])\"}"
    }
    let isLiteral = Int(value) != nil || value.hasPrefix("'") || value.hasPrefix("\"")
    return isLiteral ? "\(name)=\(value)" : "\(name)=\"\(value)\""
  }

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
      result += isOption ? programName(name) : "--" + String(name)
      rest = rest[name.endIndex...]
    }
    return result + rest
  }

  /// How a program spells the option, or another word that looks like one.
  private static func programName(_ name: Substring) -> String {
    if name.hasPrefix("no-"), let option = OptionCatalogue.current[name.dropFirst(3)] {
      return "\(option.programName)=False"
    }
    return OptionCatalogue.current[name]?.programName ?? String(name.replacing("-", with: "_"))
  }
}
