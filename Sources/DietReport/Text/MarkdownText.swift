import Wording

/// Text as GitHub-flavoured Markdown, with everything in it taken literally.
enum MarkdownText {
  /// A list, with a sentence before it; nothing without items.
  static func list(_ title: String, _ items: [String]) -> String {
    guard !items.isEmpty else { return "" }
    let head = title.isEmpty ? "\n" : "\n\(title)\n\n"
    return head + items.map { "- \($0)\n" }.joined()
  }

  /// A name as code. Where it holds what code spans in tables cannot, it is escaped instead.
  static func code(_ name: String) -> String {
    let line = name.onOneLine
    let scalars = line.unicodeScalars
    if scalars.contains("`") || scalars.contains("\\") { return escaped(line) }
    let isPadded = scalars.first == " " && scalars.last == " "
    let body = scalars.reduce(into: "") { text, scalar in
      if scalar == "|" { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
    return isPadded ? "` \(body) `" : "`\(body)`"
  }

  /// The text with everything taken literally, also within a table.
  static func escaped(_ text: String) -> String {
    var result = ""
    let scalars = Array(text.onOneLine.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      // Within a word, `_` is no emphasis.
      case "_"
      where index > 0 && scalars[index - 1].properties.isAlphabetic
        && index + 1 < scalars.count && scalars[index + 1].properties.isAlphabetic:
        result += "_"
      case "|", "*", "_", "[", "]", "~": result += "\\" + String(scalar)
      case "\\": result += "&#92;"
      case "`": result += "&#96;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
