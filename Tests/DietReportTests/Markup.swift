/// The elements of a text of HTML, read as strictly as no browser does: all of them closed, in their
/// order, attributes in double quotes, no character reference that a template would not write.
struct Markup {
  struct Element: Equatable {
    var name: String
    var attributes: [String: String]
    /// The names of those that it stands in, from the outermost.
    var path: [String]
  }

  private(set) var elements: [Element] = []
  private(set) var problems: [String] = []

  private static let voids: Set = ["meta", "br", "!doctype"]

  init(_ text: String) {
    // Accents would join with the characters of the markup to other ones.
    var html = ""
    for scalar in text.unicodeScalars {
      html.unicodeScalars.append(scalar.isASCII ? scalar : "x")
      let isControl = scalar.value < 0x20 && scalar != "\n"
      if isControl { problems.append("a control character, \(scalar.value)") }
    }
    var open: [String] = []
    for part in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      guard let end = part.firstIndex(of: ">") else {
        problems.append("no end of <\(part.prefix(40))")
        continue
      }
      if part[part.index(after: end)...].contains(">"), open.last != "style" {
        problems.append("a loose > behind <\(part.prefix(80))")
      }
      read(part[..<end], &open)
    }
    if !open.isEmpty { problems.append("left open: \(open)") }
    for text in html.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      let entity = text.prefix { $0 != ";" }
      if !["amp", "lt", "gt", "quot", "#39"].contains(entity) {
        problems.append("&\(text.prefix(20))")
      }
    }
  }

  private mutating func read(_ tag: Substring, _ open: inout [String]) {
    if tag.hasPrefix("/") {
      let name = open.popLast()
      if name != String(tag.dropFirst()) { problems.append("<\(tag)> closes \(name ?? "nothing")") }
      return
    }
    let name = String(tag.prefix { $0 != " " && $0 != "/" })
    var attributes: [String: String] = [:]
    var rest = tag.dropFirst(name.count)
    while let start = rest.firstIndex(where: { $0 != " " && $0 != "/" }) {
      let key = rest[start...].prefix { $0.isLetter || $0.isNumber || $0 == "-" }
      rest = rest[key.endIndex...]
      if name == "!doctype", key == "html" { continue }
      guard rest.hasPrefix("=\"") else {
        problems.append("an attribute without quotes in <\(tag)>")
        break
      }
      let value = rest.dropFirst(2).prefix { $0 != "\"" }
      if attributes.updateValue(String(value), forKey: String(key)) != nil {
        problems.append("\(key) twice in <\(tag)>")
      }
      rest = rest[value.endIndex...].dropFirst()
    }
    elements.append(Element(name: name, attributes: attributes, path: open))
    if !tag.hasSuffix("/"), !Self.voids.contains(name) { open.append(name) }
  }
}
