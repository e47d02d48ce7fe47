/// A JSON value whose objects keep their keys in order, and its text.
///
/// Foundation's encoder sorts keys or leaves their order to chance, prints 64-bit integers only,
/// and costs every run of the command milliseconds of start-up.
package enum JSONText: Encodable, Sendable {
  case object([(key: String, value: JSONText)])
  case array([JSONText])
  case string(String)
  case integer(Int128)
  case float(Double)
  case bool(Bool)
  case null

  package static func integer(_ value: Int) -> JSONText { .integer(Int128(value)) }

  /// `null` where there is no string.
  package static func optional(_ text: String?) -> JSONText { text.map(JSONText.string) ?? .null }

  package static func strings(_ texts: [String]) -> JSONText { .array(texts.map(JSONText.string)) }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .object(let members):
      var container = encoder.container(keyedBy: Key.self)
      for (key, value) in members { try container.encode(value, forKey: Key(key)) }
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .string(let value): try value.encode(to: encoder)
    case .integer(let value):
      // Few encoders know more than 64 bits.
      if let small = Int64(exactly: value) {
        try small.encode(to: encoder)
      } else if let large = UInt64(exactly: value) {
        try large.encode(to: encoder)
      } else {
        try value.encode(to: encoder)
      }
    case .float(let value) where value.isFinite: try value.encode(to: encoder)
    case .bool(let value): try value.encode(to: encoder)
    case .float, .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    }
  }

  /// The whole document: a line for each key of the outer object and for each element of an array
  /// of objects in it or in its place, so that it reads well, greps well and gives short differences.
  package var document: String {
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
        depth <= 1 && elements.contains { if case .object = $0 { true } else { false } }
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
    var string = string
    let escaped: String? = string.withUTF8 {
      $0.contains(where: mayNeedEscape) ? Self.escaped($0) : nil
    }
    text += escaped ?? string
    text += "\""
  }

  /// Quotes, backslashes, control characters, and the first byte of those beyond ASCII.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || byte == 0xC2
  }

  /// Byte by byte, since a value may have megabytes.
  private static func escaped(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    func append(code: UInt8) {
      let digits = String(code, radix: 16)
      text += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
    }
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x22: text += #"\""#.utf8
      case 0x5C: text += #"\\"#.utf8
      case 0x0A: text += #"\n"#.utf8
      case 0x0D: text += #"\r"#.utf8
      case 0x09: text += #"\t"#.utf8
      case 0xC2 where bytes[index + 1] < 0xA0:
        index += 1
        append(code: bytes[index])
      case let byte where byte < 0x20 || byte == 0x7F: append(code: byte)
      case let byte: text.append(byte)
      }
      index += 1
    }
    return String(decoding: text, as: UTF8.self)
  }
}
