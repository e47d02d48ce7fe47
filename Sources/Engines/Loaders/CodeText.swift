import Wording

/// Text as a literal of Python's: `"a \"b\""`.
struct PythonLiteral: CustomStringConvertible {
  let description: String

  init(_ text: String) {
    var literal = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal.append(contentsOf: "\\\"".unicodeScalars)
      case "\\": literal.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": literal.append(contentsOf: "\\n".unicodeScalars)
      case "\t": literal.append(contentsOf: "\\t".unicodeScalars)
      case _ where scalar.picture != nil || scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        let escape = "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        literal.append(contentsOf: escape.unicodeScalars)
      default: literal.append(scalar)
      }
    }
    description = String(literal) + "\""
  }
}

/// A value between delimiters of SQL's that are doubled within: `'it''s'`, `"name"`, `` `name` ``.
struct SQLQuoted: CustomStringConvertible {
  let description: String

  init(_ text: String, by quote: Unicode.Scalar) {
    var quoted = String.UnicodeScalarView([quote])
    for scalar in text.unicodeScalars {
      if scalar == quote { quoted.append(quote) }
      quoted.append(scalar)
    }
    quoted.append(quote)
    description = String(quoted)
  }

  static func text(_ text: String) -> String { SQLQuoted(text, by: "'").description }
  static func name(_ text: String) -> String { SQLQuoted(text, by: "\"").description }
}

/// Code that is written a line at a time.
struct CodeText {
  private(set) var text = ""

  mutating func line(_ line: String = "") { text += line + "\n" }

  /// A comment, broken into lines of at most 100 columns.
  mutating func comment(_ sentence: String, mark: String) {
    for line in sentence.onOneLine.lines(of: 100 - mark.count - 1) { self.line("\(mark) \(line)") }
  }

  /// `open` and `close` around one line for each item.
  mutating func list(_ open: String, _ items: [String], _ close: String, indent: String = "    ") {
    if items.isEmpty { return line(open + close) }
    line(open)
    for item in items { line("\(indent)\(item),") }
    line(close)
  }

  /// What the file is, what the code saves, and where the data come from.
  mutating func head(_ table: LoaderTable, _ facts: [String], mark: String) {
    let size = "\(CountText(table.rowCount, "row")) × \(CountText(table.columns.count, "column"))"
    comment(
      "\(FileTitle(table.files[0]).name.ellipsized(to: 80)) as `diet analyze` found it: \(size).",
      mark: mark)
    for fact in facts { comment(fact, mark: mark) }
    guard let origin = table.origin else { return }
    comment(
      "This reads a copy, because \(origin.reasons.prefix(3).joined(separator: ", ")). Make it with:",
      mark: mark)
    line("\(mark)   \(origin.command.onOneLine)")
  }
}
