/// Delimiters that are punctuation in a line of prose: a space follows each of them.
struct Punctuation {
  private let dialect: CSVDialect

  init(_ dialect: CSVDialect) { self.dialect = dialect }

  /// Whether a space follows every delimiter of the line, which has one or more, and words stand
  /// before the first.
  func isProse(_ line: [UInt8]) -> Bool {
    guard hasSpace(in: line), let end = line.firstIndex(of: dialect.delimiter),
      Prose.words(line[...]).count > 2, line[..<end].contains(where: isLetter)
    else { return false }
    return places(in: line).allSatisfy { isSpace(behind: $0, in: line) }
  }

  /// Whether a space follows some delimiter.
  func hasSpace(in line: [UInt8]) -> Bool {
    ",;".utf8.contains(dialect.delimiter) && dialect.delimiterTail.isEmpty
      && !(dialect.quote.map { line.contains($0) } ?? false)
      && places(in: line).contains { isSpace(behind: $0, in: line) }
  }

  private func places(in line: [UInt8]) -> [Int] {
    line.indices.filter { line[$0] == dialect.delimiter }
  }

  private func isSpace(behind place: Int, in line: [UInt8]) -> Bool {
    place + 1 < line.count && line[place + 1] == UInt8(ascii: " ")
  }

  private func isLetter(_ byte: UInt8) -> Bool { Prose.hasLetter([byte][...]) }
}
