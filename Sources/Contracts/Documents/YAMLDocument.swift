package import Wording
import Yams

/// JSON values as a document of YAML: keys in their order, short lists on one line, text in quotes wherever some
/// reader might take it for anything else.
package enum YAMLDocument {
  package static func text(of value: JSONText) throws -> String {
    try Yams.serialize(
      node: node(value), indent: 2, width: 100, allowUnicode: true, lineBreak: .ln,
      sortKeys: false)
  }

  private static func node(_ value: JSONText) -> Node {
    switch value {
    case .object(let members):
      Node(members.map { (Node($0.key), node($0.value)) }, Tag(.map), .block)
    case .array(let elements):
      Node(
        elements.map(node), Tag(.seq),
        elements.allSatisfy(\.isScalar) ? .flow : .block)
    case .string(let text): Node(text, Tag(.str), isPlain(text) ? .plain : .doubleQuoted)
    case .integer(let value): Node("\(value)", Tag(.int), .plain)
    case .float(let value): Node(Self.text(value), Tag(.float), .plain)
    case .bool(let value): Node(value ? "true" : "false", Tag(.bool), .plain)
    case .null: Node("null", Tag(.null), .plain)
    }
  }

  /// YAML 1.1 wants a point in every float.
  private static func text(_ value: Double) -> String {
    if value.isNaN { return ".nan" }
    if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
    let text = "\(value)"
    guard !text.contains("."), let place = text.firstIndex(of: "e") else { return text }
    return text[..<place] + ".0" + text[place...]
  }

  private static let words: Set = [
    "true", "false", "yes", "no", "on", "off", "y", "n", "null", "inf", "nan",
  ]

  /// Whether text needs no quotes in any version of YAML.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, first.isLetter, last != 0x20,
      last != 0x3A, !words.contains(text.lowercased())
    else { return false }
    var previous: UInt8 = 0
    for byte in text.utf8 {
      let isSafe =
        byte.isLetter || (0x30...0x39).contains(byte)
        || Self.signs.contains(byte)
      guard isSafe, !(byte == 0x20 && previous == 0x3A) else { return false }
      previous = byte
    }
    return true
  }

  /// Space, and what has no meaning within text.
  private static let signs = Set(" _-./()<>=+;".utf8)
}

extension JSONText {
  fileprivate var isScalar: Bool {
    switch self {
    case .object, .array: false
    default: true
    }
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool {
    (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}
