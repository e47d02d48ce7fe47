import Columnar

/// `true`/`false` in one of three spellings, the same in the whole column, or a pair of words that
/// the user names.
struct BooleanSyntax: FieldSyntax {
  /// The user's words for true and false; the usual ones where `nil`.
  let words: [[UInt8]]?

  init(words: (true: String, false: String)? = nil) {
    self.words = words.map { [Array($0.true.utf8), Array($0.false.utf8)] }
  }

  private static let pairs: [(true: StaticString, false: StaticString)] = [
    ("true", "false"), ("True", "False"), ("TRUE", "FALSE"),
  ]
  func accepts(_ field: Field, _ context: TypingContext) -> Bool { read(field) != nil }

  func parse(
    _ fields: FieldSlice, into scratch: ColumnScratch, hint: FieldKind?, context: TypingContext
  ) -> Int? {
    var style = 0
    var minimum: Int64 = 1
    var maximum: Int64 = 0
    for row in 0..<fields.rowCount {
      let field = fields[row]
      if context.nulls.spellValues, let word = context.nulls.userIndex(of: field) {
        scratch.setNull(row, word: word)
      } else if let (value, fieldStyle) = read(field) {
        scratch.values[row] = value
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        if style == 0 { style = fieldStyle }
        // Both spellings of one value could not be told apart afterwards.
        if style != fieldStyle { return row }
      } else if let word = context.nulls.index(of: field) {
        scratch.setNull(row, word: word)
      } else {
        return row
      }
    }
    scratch.report.kind = style == 0 ? .null : .boolean
    scratch.report.style = style
    scratch.report.minimum = minimum
    scratch.report.maximum = maximum
    return nil
  }

  func read(_ field: Field) -> (Int64, style: Int)? {
    if let words {
      if field.bytes.elementsEqual(words[0]) { return (1, ChunkReport.toldStyle) }
      return field.bytes.elementsEqual(words[1]) ? (0, ChunkReport.toldStyle) : nil
    }
    guard field.count == 4 || field.count == 5 else { return nil }
    for (index, pair) in Self.pairs.enumerated() {
      if field.count == 4, Self.equal(field, pair.true) { return (1, index + 1) }
      if field.count == 5, Self.equal(field, pair.false) { return (0, index + 1) }
    }
    return nil
  }

  private static func equal(_ field: Field, _ word: StaticString) -> Bool {
    for index in 0..<field.count where field.start[index] != word.utf8Start[index] { return false }
    return true
  }

  /// How a boolean of that style is spelled.
  static func spelling(_ value: Bool, style: Int, context: TypingContext) -> String {
    if style == ChunkReport.toldStyle, let words = context.options.booleanWords {
      return value ? words.true : words.false
    }
    let pair = pairs[max(0, min(style - 1, 2))]
    return (value ? pair.true : pair.false).description
  }
}
