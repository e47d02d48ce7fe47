/// A JSON value whose objects keep their keys in order, and its text.
///
/// Foundation's encoder sorts keys or leaves their order to chance, prints 64-bit integers only,
/// and costs every run of the command milliseconds of start-up.
enum JSONText {
  case object([(key: String, value: JSONText)])
  case array([JSONText])
  case string(String)
  case integer(Int128)
  case float(Double)
  case bool(Bool)
  case null

  static func integer(_ value: Int) -> JSONText { .integer(Int128(value)) }

  /// `null` where there is no string.
  static func optional(_ text: String?) -> JSONText { text.map(JSONText.string) ?? .null }

  static func strings(_ texts: [String]) -> JSONText { .array(texts.map(JSONText.string)) }

  /// The whole document: a line for each key of the outer object and for each element of an array
  /// of objects in it, so that it reads well, greps well and gives short differences.
  var document: String {
    var text = ""
    write(to: &text, depth: 0)
    text += "\n"
    return text
  }

  private func write(to text: inout String, depth: Int) {
    switch self {
    case .object(let members):
      Self.write(members, in: ("{", "}"), isBroken: depth == 0, depth: depth, to: &text) {
        Self.write($0.key, to: &$1)
        $1 += ": "
        $0.value.write(to: &$1, depth: depth + 1)
      }
    case .array(let elements):
      let isBroken =
        depth == 1 && elements.contains { if case .object = $0 { true } else { false } }
      Self.write(elements, in: ("[", "]"), isBroken: isBroken, depth: depth, to: &text) {
        $0.write(to: &$1, depth: depth + 1)
      }
    case .string(let value): Self.write(value, to: &text)
    case .integer(let value): text += value.description
    // JSON has no infinity and no NaN.
    case .float(let value): text += value.isFinite ? value.description : "null"
    case .bool(let value): text += value ? "true" : "false"
    case .null: text += "null"
    }
  }

  private static func write<Element>(
    _ elements: [Element], in brackets: (String, String), isBroken: Bool, depth: Int,
    to text: inout String, writeElement: (Element, inout String) -> Void
  ) {
    let indent = String(repeating: "  ", count: depth)
    let breaks = isBroken && !elements.isEmpty
    text += brackets.0
    for (index, element) in elements.enumerated() {
      if index > 0 { text += breaks ? "," : ", " }
      if breaks { text += "\n\(indent)  " }
      writeElement(element, &text)
    }
    if breaks { text += "\n\(indent)" }
    text += brackets.1
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\0"..<" ", "\u{7F}"..<"\u{A0}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
