/// A part of a JSON document as it stands, taken apart without being understood: what another
/// library wrote is passed on letter by letter.
struct JSONPart {
  let text: Substring.UTF8View

  init(_ text: String) { self.text = Substring(text).utf8 }

  private init(_ text: Substring.UTF8View) { self.text = text }

  var string: String { String(Substring(text)) }

  /// The value of a member of an object; `nil` where this is none, or has none of that name.
  subscript(name: String) -> JSONPart? {
    let key = "\"\(name)\""
    for part in parts(open: "{", close: "}") {
      var rest = part.text
      guard let end = rest.endOfValue else { return nil }
      let isKey = String(Substring(rest[..<end])) == key
      rest = rest[end...].trimmed
      guard rest.first == UInt8(ascii: ":") else { return nil }
      if isKey { return JSONPart(rest.dropFirst().trimmed) }
    }
    return nil
  }

  /// The elements of a list; empty where this is none.
  var elements: [JSONPart] { parts(open: "[", close: "]") }

  /// What stands between the commas of a list or an object.
  private func parts(open: Unicode.Scalar, close: Unicode.Scalar) -> [JSONPart] {
    let text = text.trimmed
    guard text.first == UInt8(ascii: open), text.last == UInt8(ascii: close) else { return [] }
    var parts: [JSONPart] = []
    var rest = text.dropFirst().dropLast().trimmed
    while !rest.isEmpty {
      var end = rest.startIndex
      while end < rest.endIndex, rest[end] != UInt8(ascii: ",") {
        guard let next = rest[end...].endOfValue else { return [] }
        end = next
      }
      parts.append(JSONPart(rest[..<end].trimmed))
      rest = end < rest.endIndex ? rest[rest.index(after: end)...].trimmed : rest[end...]
    }
    return parts
  }
}

extension Substring.UTF8View {
  fileprivate var trimmed: Substring.UTF8View {
    var text = self
    let isSpace: (UInt8?) -> Bool = { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    while isSpace(text.first) { text = text.dropFirst() }
    while isSpace(text.last) { text = text.dropLast() }
    return text
  }

  /// Where the string, list or object that this begins with ends, or else one byte on; `nil` where
  /// it does not end.
  fileprivate var endOfValue: Index? {
    var depth = 0
    var index = startIndex
    var isInString = false
    while index < endIndex {
      let byte = self[index]
      index = self.index(after: index)
      switch byte {
      case UInt8(ascii: "\\") where isInString:
        guard index < endIndex else { return nil }
        index = self.index(after: index)
      case UInt8(ascii: "\""): isInString.toggle()
      case _ where isInString: break
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
      if depth == 0, !isInString { return index }
    }
    return nil
  }
}
