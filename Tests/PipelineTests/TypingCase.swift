import Columnar

/// One line of `typing-cases.txt`.
struct TypingCase: CustomStringConvertible {
  var line: String
  var fields: [FieldText]
  var type: String
  var fidelity: String
  var values: [String?]
  var setup = ReadingSetup()

  var description: String { line }

  /// The fields with the `odd`-th moved into a long column of the others.
  func column(odd: Int, at position: Position, rowCount: Int) -> [Int] {
    let others = fields.indices.filter { $0 != odd }
    if others.isEmpty { return Array(repeating: odd, count: rowCount) }
    var rows = (0..<rowCount).map { others[$0 % others.count] }
    rows.insert(odd, at: position.index(in: rows.count))
    return rows
  }
}

enum Position: CaseIterable {
  case start, middle, end

  func index(in count: Int) -> Int {
    switch self {
    case .start: 0
    case .middle: count / 2
    case .end: count
    }
  }
}

extension TypingCase {
  init(_ line: String) throws {
    self.line = line
    var parts = Self.parts(of: line)
    while let last = parts.last, last.hasPrefix("[") {
      parts.removeLast()
      for option in last.split(separator: "[") {
        try setup.apply(String(option.prefix { $0 != "]" }))
      }
    }
    guard parts.count == 4 else { throw MalformedCase(line: line) }
    fields = Self.fields(parts[0])
    (type, fidelity) = (parts[1], parts[2])
    // What is written out for values that equal their text.
    let spelled = parts[3] == "=" ? fields : Self.fields(parts[3])
    values = spelled.map { $0 == .empty ? nil : $0.text }
    guard values.count == fields.count else { throw MalformedCase(line: line) }
  }

  struct MalformedCase: Error { let line: String }

  /// The parts of a line, two or more spaces apart.
  private static func parts(of line: String) -> [String] {
    var parts: [String] = []
    var part = ""
    for character in line {
      if character == " ", part.hasSuffix(" ") || part.isEmpty {
        if !part.isEmpty { parts.append(String(part.dropLast())) }
        part = ""
      } else {
        part.append(character)
      }
    }
    if part.hasSuffix(" ") { part.removeLast() }
    return part.isEmpty ? parts : parts + [part]
  }

  private static func fields(_ text: String) -> [FieldText] {
    text.split(separator: "|", omittingEmptySubsequences: false).map { field in
      if field == "∅" { return .empty }
      if field == "\"\"" { return .quotedEmpty }
      return FieldText(
        text: String(field.map { $0 == "␣" ? " " : $0 == "␀" ? "\0" : $0 }))
    }
  }

  /// Every case of the file beside this one.
  static func all() throws -> [TypingCase] {
    try SourceFile.lines(of: "typing-cases.txt").filter { !$0.isEmpty && !$0.hasPrefix("# ") }
      .map { try TypingCase($0) }
  }
}

extension ReadingSetup {
  /// What the brackets at the end of a case say.
  fileprivate mutating func apply(_ option: String) throws {
    let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
    let value = parts.count == 2 ? parts[1] : ""
    switch parts[0] {
    case "null": typing.nullTokens.append(value)
    case "zero-padded": typing.readsZeroPaddedNumbers = true
    case "exact": typing.keepsExactDigits = true
    case "decimal": typing.decimalSeparator = value.utf8.first
    case "thousands": typing.thousandsSeparator = value.utf8.first
    case "number": typing.readsAffixedNumbers = true
    case "delimiter": delimiter = value.utf8.first ?? delimiter
    case "date": typing.dateFormats.append(value)
    case "boolean":
      let words = value.split(separator: "/").map(String.init)
      typing.booleanWords = (words[0], words[1])
    default: throw TypingCase.MalformedCase(line: option)
    }
  }
}
