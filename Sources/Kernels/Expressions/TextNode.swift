import Columnar

/// Texts with their columns found.
///
/// Where the texts that can come out are few and known, as those of a dictionary, they are had by
/// numbers, which are computed as numbers are; what is done to a text is then done once a word.
indirect enum TextNode: Sendable {
  /// A column as it is stored.
  case column(Column)
  /// Row by row the number of a word. Two numbers may mean the same word.
  case coded(Exact, [[UInt8]])
  case cased(LetterCase, TextNode)
  case joined(TextNode, TextNode)
  case choice(TruthNode, TextNode, TextNode)
  /// The values of a column of any type, as they are written out.
  case written(Column)

  /// A text that is the same in every row.
  static func constant(_ text: [UInt8]) -> TextNode {
    .coded(Exact(node: .constant(0), scale: 0, low: 0, high: 0), [text])
  }

  /// No text is longer, in bytes.
  var maximumLength: Int128 {
    let length: Int128 =
      switch self {
      case .column(let column):
        column.nullCount == column.count
          ? 0 : Int128(column.view.texts.maximumByteCount(0..<column.count))
      case .coded(_, let words): words.reduce(0) { max($0, Int128($1.count)) }
      case .cased(let letterCase, let operand):
        operand.maximumLength * Int128(letterCase.growth)
      case .joined(let a, let b): a.maximumLength + b.maximumLength
      case .choice(_, let a, let b): max(a.maximumLength, b.maximumLength)
      case .written: Int128(Self.longestNumber)
      }
    // No memory holds more, however deep the expression.
    return min(length, 1 << 62)
  }

  /// What is no text is written with fewer bytes.
  private static let longestNumber = 64
}

extension TextNode {
  /// The same by numbers, where the words are few beside the rows.
  var coded: TextNode {
    switch self {
    case .column(let column):
      let rows = ColumnRows(column)
      return Self.coded(rows, rows.view) { $0.text(at: $1) } ?? self
    case .written(let column):
      // How numbers lie says nothing of what they are written as: text, whichever policy holds them in a dictionary.
      guard case .constant = column.view else { return self }
      let rows = ColumnRows(column)
      return Self.coded(rows, rows.view) {
        ValueText(type: column.type, view: $0).text(row: $1) ?? []
      } ?? self
    case .coded, .cased, .joined, .choice: return self
    }
  }

  private static func coded(
    _ rows: ColumnRows, _ view: ColumnView, _ text: (ColumnView, Int) -> [UInt8]
  ) -> TextNode? {
    switch view {
    case .indexed(let codes, let dictionary, let count) where count <= max(1 << 16, rows.count):
      let numbers = Exact(
        node: .column(rows.numbered(by: .plain(codes))), scale: 0, low: 0,
        high: Int128(max(0, count - 1)))
      return .coded(numbers, (0..<count).map { text(dictionary, $0) })
    case .constant(let value):
      let word = value.map { text($0, 0) } ?? []
      if rows.nullCount == 0 { return .constant(word) }
      let numbers = Exact(
        node: .column(rows.numbered(by: .sequence(start: 0, step: 0))), scale: 0, low: 0, high: 0)
      return .coded(numbers, [word])
    case .plain(.fixed(let bytes, width: 1, _)):
      // A byte a row is a code of its own; those that do not occur stand for a word that does.
      var first: [Int?] = Array(repeating: nil, count: 256)
      withExtendedLifetime(rows) {
        for row in 0..<rows.count where rows.hasValue(row) && first[Int(bytes[row])] == nil {
          first[Int(bytes[row])] = row
        }
      }
      let known = first.compactMap(\.self).first ?? 0
      let numbers = Exact(
        node: .column(rows.numbered(by: .plain(.uint8(bytes)))), scale: 0, low: 0, high: 255)
      return .coded(numbers, first.map { text(view, $0 ?? known) })
    case .indexed, .plain, .scaled, .sequence, .decoded: return nil
    }
  }

  /// All words in another case, each once.
  func cased(_ letterCase: LetterCase) -> TextNode {
    if case .coded(let numbers, let words) = coded {
      return .coded(numbers, words.map(letterCase.applied))
    }
    return .cased(letterCase, self)
  }

  /// The number of characters, as a number of the word where there are words.
  var length: Exact {
    if case .coded(let numbers, let words) = coded {
      return numbers.lookedUp(
        in: words.map { word in
          word.withUnsafeBufferPointer { Int64($0.characterCount) }
        })
    }
    return Exact(node: .length(self), scale: 0, low: 0, high: maximumLength)
  }
}

extension Exact {
  /// What a table has for each number, which is one of its places.
  func lookedUp(in table: [Int64]) -> Exact {
    if let constant { return Exact(of: table[Int(constant)]) }
    return Exact(
      node: .changed(.lookedUp(table), self), scale: 0, low: Int128(table.min() ?? 0),
      high: Int128(table.max() ?? 0))
  }

  /// A whole number that is the same in every row.
  init(of constant: some BinaryInteger) {
    let value = Int128(constant)
    self.init(node: .constant(value), scale: 0, low: value, high: value)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// How many Unicode scalars these bytes of UTF-8 are.
  var characterCount: Int {
    var count = 0
    for byte in self { count &+= byte & 0xC0 == 0x80 ? 0 : 1 }
    return count
  }
}
