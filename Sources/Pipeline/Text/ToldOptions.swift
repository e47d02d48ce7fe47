import Columnar
import DelimitedText
import Typing

/// What the user said that fields may be, beside what the fields of a table are: what no field is was
/// said in vain, and more often mistyped than meant.
struct ToldOptions {
  private let typing: TypingOptions
  /// Bit `i` is set where all fields of some chunk were in the table's format `i`.
  private var fittingFormats: UInt64 = 0

  init(_ typing: TypingOptions) { self.typing = typing }

  /// Notes what a reading showed, which later ones, of what is settled, do not show again.
  mutating func note(_ columns: [LoadedColumn]) {
    if typing.dateFormats.isEmpty { return }
    for column in columns { fittingFormats |= column.evidence.fittingFormats }
  }

  // MARK: - Formats that fit in part

  /// Whether some values, and not all, are in a format of the user's, and the column is text.
  func fitsInPart(_ column: LoadedColumn, note: Note?) -> Bool {
    if let note { return note.code == .formatInPart }
    return column.settled?.kind == .string && column.fitsToldInPart
  }

  /// The note of such a column, with the first value that no one format fits together with those above
  /// it. The records up to it are read once more.
  func noteOfPart(
    column: Int, _ name: String, _ source: CSVTableSource, _ contexts: TypingContexts
  ) -> Note {
    let context = contexts[name]
    // A bit for each of the formats that all values so far are in.
    var fitting = ~0 as UInt64 >> UInt64(64 - context.dateFormats.count)
    let first = try? source.firstField(ofColumn: column) { field in
      if context.nulls.index(of: field) != nil { return false }
      for (index, format) in context.dateFormats.enumerated() where format.read(field) == nil {
        fitting &= ~(1 << UInt64(index))
      }
      return fitting == 0
    }
    guard let first, let line = first.line else {
      return Note(.formatInPart, TypeResolver.toldInPart)
    }
    let place = (first.file.map { "\($0), " } ?? "") + "line \(line)"
    return Note(
      .formatInPart,
      "\(TypeResolver.toldInPart): the first of these is `\(first.text)` (\(place))")
  }

  // MARK: - What was said in vain

  /// Notes on words and formats that nothing in `columns` is, which are all that were read.
  ///
  /// - Parameter formats: Those that columns were read in.
  func unmet(_ columns: [LoadedColumn], formats: Set<String>) -> [Note] {
    let sentences =
      unmetNullWords(columns) + unmetBooleans(columns)
      + typing.dateFormats.enumerated().compactMap { index, format in
        let isMet = formats.contains(format) || fittingFormats >> UInt64(index) & 1 == 1
        let isInPart = columns.contains(where: \.fitsToldInPart)
        return isMet || isInPart
          ? nil : Self.sentence("date-format", "no column is written `\(format)`")
      }
    return sentences.map { Note(.optionInVain, $0) }
  }

  private static func sentence(_ option: String, _ words: String) -> Sentence {
    "\(mention: option): \(words)"
  }

  private func unmetNullWords(_ columns: [LoadedColumn]) -> [Sentence] {
    var sentences: [Sentence] = []
    for word in typing.nullTokens where !columns.contains(where: { has(word, $0) }) {
      var words = "no field is `\(word)`"
      if let equals = word.firstIndex(of: "="), equals > word.startIndex {
        words += ", and no column `\(word[..<equals])`"
      }
      sentences.append(Self.sentence("null-token", words))
    }
    for column in columns {
      for word in typing.columns[column.name]?.nullTokens ?? [] where !has(word, column) {
        sentences.append(
          Self.sentence("null-token", "no field of `\(column.name)` is `\(word)`"))
      }
    }
    return sentences
  }

  /// Whether some field of the column is this word.
  private func has(_ word: String, _ column: LoadedColumn) -> Bool {
    // Nothing at all is null with and without the user's saying.
    if word.isEmpty { return true }
    let words = typing.options(for: column.name).nullTokens
    var bits: UInt64 = 0
    if let index = words.firstIndex(of: word) {
      bits |= 1 << UInt64(NullWords.firstUserWord + index)
    }
    if let index = NullWords.builtin.firstIndex(of: word) {
      bits |= NullWords.bit(ofBuiltin: index)
    }
    return column.evidence.nullWords & bits != 0
  }

  private func unmetBooleans(_ columns: [LoadedColumn]) -> [Sentence] {
    func isTold(_ column: LoadedColumn) -> Bool {
      column.settled?.kind == .boolean && column.evidence.hasToldBooleans
    }
    var sentences: [Sentence] = []
    let own = { typing.columns[$0]?.booleanWords }
    if let words = typing.booleanWords,
      !columns.contains(where: { own($0.name) == nil && isTold($0) })
    {
      sentences.append(
        Self.sentence("boolean", "no column is `\(words.true)` and `\(words.false)` alone"))
    }
    for column in columns {
      guard let words = own(column.name), !isTold(column) else { continue }
      sentences.append(
        Self.sentence(
          "boolean", "`\(column.name)` is not `\(words.true)` and `\(words.false)` alone"))
    }
    return sentences
  }
}
