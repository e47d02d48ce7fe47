import Columnar

/// The words that stand for a missing value.
///
/// The built-in words are null only in columns that are otherwise numbers, times or booleans; in
/// text they are text. Words that the user names are null everywhere.
package struct NullWords: Sendable {
  /// Index 0 is the empty field, 1 the quoted empty one.
  static let empty = 0
  static let quotedEmpty = 1
  private static let firstWord = 2
  package static let firstUserWord = firstWord + builtin.count
  package static let builtin = ["NA", "N/A", "n/a", "#N/A", "NULL", "null", "None"]

  private let builtinWords: [[UInt8]]
  private let userWords: [[UInt8]]
  private let hasUserWords: Bool
  /// Some word of the user's could be a value, too (`nan`, `false`): it is looked for first.
  let spellValues: Bool
  /// Some word of the user's has a digit, as `-999` and `1900-01-01` do.
  let spellNumbers: Bool

  init(userWords: [String] = []) {
    precondition(userWords.count <= TypingOptions.nullTokenLimit)
    builtinWords = Self.builtin.map { Array($0.utf8) }
    self.userWords = userWords.map { Array($0.utf8) }
    hasUserWords = !userWords.isEmpty
    spellValues = userWords.contains { !Self.builtin.contains($0) }
    spellNumbers = userWords.contains { $0.utf8.contains { $0 &- 0x30 <= 9 } }
  }

  /// Whether a text is nothing, or a word that is null beside numbers.
  static func isBuiltin(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.isEmpty || builtin.contains { text.elementsEqual($0.utf8) }
  }

  /// The bit of a built-in word in `ChunkReport.nullWords`.
  package static func bit(ofBuiltin index: Int) -> UInt64 { 1 << UInt64(firstWord + index) }

  /// Bits of the built-in words in `ChunkReport.nullWords`.
  static let builtinMask: UInt64 = ((1 << UInt64(builtin.count)) - 1) << UInt64(firstWord)
  static let quotedEmptyMask: UInt64 = 2

  /// The index of the null that the field spells, `nil` when it is none. A word that the user names is theirs, whether
  /// it is built in or not: so it is wherever words are looked for.
  package func index(of field: Field) -> Int? {
    if field.count == 0 { return field.isQuoted ? Self.quotedEmpty : Self.empty }
    if hasUserWords, let index = userIndex(of: field) { return index }
    if field.count <= 4 {
      for (index, word) in builtinWords.enumerated() where matches(field, word) {
        return index + Self.firstWord
      }
    }
    return nil
  }

  /// The same for a field of a text column, where only the user's words and nothing at all are null.
  @inline(__always)
  func textIndex(of field: Field) -> Int? {
    if field.count == 0 { return field.isQuoted ? nil : Self.empty }
    return hasUserWords ? userIndex(of: field) : nil
  }

  /// The same for the user's words alone.
  @inline(never)
  func userIndex(of field: Field) -> Int? {
    for (index, word) in userWords.enumerated() where matches(field, word) {
      return index + Self.firstUserWord
    }
    return nil
  }

  private func matches(_ field: Field, _ word: [UInt8]) -> Bool {
    guard field.count == word.count else { return false }
    for index in 0..<word.count where field.start[index] != word[index] { return false }
    return true
  }

  /// How a null of that index is spelled.
  func spelling(_ index: Int) -> [UInt8] {
    switch index {
    case Self.empty: []
    case Self.quotedEmpty: Array("\"\"".utf8)
    case ..<(Self.firstWord + builtinWords.count): builtinWords[index - Self.firstWord]
    default: userWords[index - Self.firstUserWord]
    }
  }
}
