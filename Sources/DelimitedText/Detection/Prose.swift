/// What tells a line of words from a record.
enum Prose {
  /// Has letters, and a space or a colon between them.
  static func isProse(_ line: ArraySlice<UInt8>) -> Bool {
    let words = words(line)
    return words.contains(where: hasLetter)
      && (words.count > 1 || line.contains(UInt8(ascii: ":")))
  }

  static func words(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  static func hasLetter(_ word: ArraySlice<UInt8>) -> Bool {
    word.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 || $0 >= 0x80 }
  }
}
