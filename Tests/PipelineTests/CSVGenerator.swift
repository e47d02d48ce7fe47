import TestSupport

/// CSV made at random: valid files, and the same with bytes changed, lost and added.
enum CSVGenerator {
  private static let contents = [
    "", "1", "-2.5", "abc", "two words", "ä", "x,y", "say \"\"hi\"\"", "line\nend", "line\r\nend",
    "\"\"", ",", "\n", "0123456789012345678901234567890123456789012345678901234567890123456789",
  ]
  private static let lineEnds = ["\n", "\r\n", "\r"]
  private static let damage: [UInt8] = Array("\",\n\r a1'".utf8) + [0, 0xC3]

  /// A valid file with delimiter `,` and quote `"`.
  static func file(using generator: inout SeededGenerator) -> [UInt8] {
    let columns = Int.random(in: 1...5, using: &generator)
    let rows = Int.random(in: 0...12, using: &generator)
    let usual = lineEnds.randomElement(using: &generator)!
    let isMixed = Int.random(in: 0..<4, using: &generator) == 0
    var text = ""
    for row in 0..<rows {
      let fields = (0..<columns).map { _ in
        let content = contents.randomElement(using: &generator)!
        let needsQuotes = content.contains { ",\"\n\r\r\n".contains($0) }
        return needsQuotes || Int.random(in: 0..<4, using: &generator) == 0
          ? "\"\(content)\"" : content
      }
      text += fields.joined(separator: ",")
      let end = isMixed ? lineEnds.randomElement(using: &generator)! : usual
      if row + 1 < rows || Bool.random(using: &generator) { text += end }
    }
    return Array(text.utf8)
  }

  /// `file` with one to three bytes replaced, inserted or removed.
  static func mutation(of file: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = file
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      let byte = damage.randomElement(using: &generator)!
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes.insert(byte, at: place)
      case 1 where place < bytes.count: bytes[place] = byte
      case _ where place < bytes.count: bytes.remove(at: place)
      default: bytes.append(byte)
      }
    }
    return bytes
  }
}
