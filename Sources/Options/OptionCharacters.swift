/// Characters as options name them: `;`, `tab`, `\t`, `\x1f`.
package enum OptionCharacters {
  private static let names: [(name: String, byte: UInt8)] = [
    ("tab", 0x09), ("space", 0x20), ("comma", 0x2C), ("semicolon", 0x3B), ("colon", 0x3A),
    ("pipe", 0x7C),
  ]

  /// The bytes that a text names.
  package static func bytes(_ text: String) throws(OptionError) -> [UInt8] {
    if let named = names.first(where: { $0.name == text }) { return [named.byte] }
    var bytes: [UInt8] = []
    var rest = Substring(text)
    while let next = rest.first {
      if rest.hasPrefix("\\t") {
        bytes.append(0x09)
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("\\x"), rest.count >= 4,
        let byte = UInt8(rest.dropFirst(2).prefix(2), radix: 16)
      {
        bytes.append(byte)
        rest = rest.dropFirst(4)
      } else {
        bytes += next.utf8
        rest = rest.dropFirst()
      }
    }
    guard !bytes.isEmpty else { throw OptionError("'' is no character") }
    return bytes
  }

  /// The one byte that a text names.
  package static func byte(_ text: String) throws(OptionError) -> UInt8 {
    let bytes = try bytes(text)
    guard bytes.count == 1 else { throw OptionError("'\(text)' is not one ASCII character") }
    return bytes[0]
  }

  /// The text that names `bytes`: what can be seen stands for itself.
  package static func text(_ bytes: [UInt8]) -> String {
    if bytes == [0x09] { return "tab" }
    if bytes == [0x20] { return "space" }
    let text = bytes.map { byte in
      0x20...0x7E ~= byte && (byte != UInt8(ascii: "\\") || bytes.count == 1)
        ? String(UnicodeScalar(byte)) : escape(byte)
    }.joined()
    let isName = text == "none" || names.contains { $0.name == text }
    return isName ? bytes.map(escape).joined() : text
  }

  private static func escape(_ byte: UInt8) -> String {
    "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
  }
}
