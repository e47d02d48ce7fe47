extension String {
  /// The text as one word of a command, in quotes where a shell would read it otherwise: `'my file'`,
  /// `$'\\x09'`.
  package var shellWord: String {
    if !isEmpty, utf8.allSatisfy(Self.isPlainInShells) { return self }
    let hasControls = unicodeScalars.contains { $0.picture != nil }
    var text = (hasControls ? "$'" : "'").unicodeScalars
    for scalar in unicodeScalars {
      switch scalar {
      case "'": text.append(contentsOf: (hasControls ? "\\'" : "'\\''").unicodeScalars)
      case "\\" where hasControls: text.append(contentsOf: "\\\\".unicodeScalars)
      case _ where scalar.picture != nil:
        let digits = String(scalar.value, radix: 16)
        let (letter, width) = scalar.isASCII ? ("x", 2) : ("u", 4)
        let zeros = String(repeating: "0", count: width - digits.count)
        text.append(contentsOf: "\\\(letter)\(zeros)\(digits)".unicodeScalars)
      default: text.append(scalar)
      }
    }
    return String(text) + "'"
  }

  private static func isPlainInShells(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
      true
    default: "-_./,:=@%+".utf8.contains(byte)
    }
  }

  /// The text as a literal of Swift's.
  package var swiftLiteral: String {
    let body = unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.picture != nil || scalar.value < 0x20:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "\"\(body)\""
  }
}

extension [String] {
  /// The texts as a literal of Swift's.
  package var swiftLiteral: String { "[\(map(\.swiftLiteral).joined(separator: ", "))]" }
}
