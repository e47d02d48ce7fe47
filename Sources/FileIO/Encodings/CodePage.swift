/// A single-byte encoding: ASCII, and a character for each byte from 0x80 on.
package struct CodePage: Sendable {
  package let name: String
  /// U+FFFD where a byte stands for no character.
  let upperHalf: [UInt32]

  /// All of them; the encodings that most files are in stand first.
  static let all: [CodePage] =
    [CodePage("latin-1", Array(0x80...0xFF)), CodePage("windows-1252", windows1252)]
    + texts.map { name, text in
      let scalars = text.unicodeScalars.map(\.value)
      return CodePage(name, scalars.count == 96 ? Array(0x80..<0xA0) + scalars : scalars)
    }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  private init(_ name: String, _ upperHalf: [UInt32]) {
    precondition(upperHalf.count == 128)
    self.name = name
    self.upperHalf = upperHalf
  }

  package static func named(_ name: String) -> CodePage? { byName[name] }

  /// The character that a byte stands for.
  package func scalar(_ byte: UInt8) -> UInt32 {
    byte < 0x80 ? UInt32(byte) : upperHalf[Int(byte) - 0x80]
  }

  func text(of bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(scalar(byte)) ?? "\u{FFFD}") }
    return text
  }

  /// The WHATWG table: its five unassigned bytes are the C1 controls of the same number.
  private static let windows1252: [UInt32] =
    [
      0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
      0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ] + Array(0xA0...0xFF)
}
