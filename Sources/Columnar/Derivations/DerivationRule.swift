/// A way in which rows follow from those of other columns.
protocol DerivationRule: Sendable {
  /// The columns that rows follow from.
  var sources: [Column] { get }
  /// The bytes of what the rule holds besides.
  var footprint: Footprint { get }
  /// The rule in few words.
  var words: String { get }
  /// Writes what follows for `rows`, at most as many as a `DerivedDecoder` asks for at a time, modulo the width of the
  /// words. Any integers may be in rows of sources that have no value.
  func write<Word: FixedWidthInteger>(_ rows: Range<Int>, to target: UnsafeMutablePointer<Word>)
  /// The same in words of 1, 2, 4 or 8 bytes, for whom the rule is any: each loop is over one type of word.
  func write(_ rows: Range<Int>, to target: UnsafeMutableRawPointer, width: Int)
}

extension DerivationRule {
  func write(_ rows: Range<Int>, to target: UnsafeMutableRawPointer, width: Int) {
    switch width {
    case 1: write(rows, to: target.assumingMemoryBound(to: Int8.self))
    case 2: write(rows, to: target.assumingMemoryBound(to: Int16.self))
    case 4: write(rows, to: target.assumingMemoryBound(to: Int32.self))
    default: write(rows, to: target.assumingMemoryBound(to: Int64.self))
    }
  }

  /// What follows for rows, in the order given.
  func words(of rows: [Range<Int>]) -> [Int64] {
    let size = DerivedDecoder.pieceCount
    return rows.flatMap { rows in
      [Int64](unsafeUninitializedCapacity: rows.count) { buffer, count in
        count = rows.count
        guard let target = buffer.baseAddress else { return }
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: size) {
          let piece = start..<min(start + size, rows.upperBound)
          write(piece, to: UnsafeMutableRawPointer(target + (start - rows.lowerBound)), width: 8)
        }
      }
    }
  }
}

/// The rows that follow by a rule, and those that do not.
struct RuleDerivation: Derivation {
  let rule: any DerivationRule
  /// Rows that have another word than follows; `nil` where none has.
  let exceptions: ListedRows?
  /// A range that has all words of rows that have one.
  let bounds: ClosedRange<Int64>

  var sources: [Column] { rule.sources }

  var footprint: Footprint { rule.footprint + (exceptions?.footprint ?? Footprint()) }

  var words: String {
    exceptions.map { "\(rule.words), but for \($0.count) rows" } ?? rule.words
  }

  func view(of column: Column) -> ColumnView {
    guard let entries = column.dictionary.first, column.layout.sharesValues else {
      let decoder = DerivedDecoder(rowCount: column.count, derivation: self)
      return .decoded(DecodedView(.integers(decoder)))
    }
    let decoder = DerivedDecoder(
      rowCount: column.count, derivation: self,
      nulls: column.nullCount > 0 ? ArrowNulls(column) : nil)
    return .indexed(
      codes: .decoded(DecodedNumbers(decoder, upTo: UInt64(max(entries.count, 1) - 1))),
      dictionary: entries.view, dictionaryCount: entries.count)
  }
}

/// The words of a column that follows from others.
struct DerivedDecoder: IntegerDecoder, @unchecked Sendable {
  // Sound to share: `nulls` keeps the bits that it looks at, which no one changes.
  let rowCount: Int
  let derivation: RuleDerivation
  /// The rows of which the word is 0, as those are of codes that have no value; `nil` where any will do.
  var nulls: ArrowNulls?

  /// What rules are asked for at a time: a few blocks of so many rows fit the first-level cache.
  static let pieceCount = 1024

  var byteCount: Int {
    derivation.sources.reduce(derivation.footprint.total) { $0 + $1.footprint.total }
  }
  var isUnsigned: Bool { false }
  var bounds: ClosedRange<Int64>? { derivation.bounds }

  func decode(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    write(rows, to: target)
  }

  func decode(_ rows: Range<Int>, to target: UnsafeMutableRawPointer, width: Int) {
    switch width {
    case 1: write(rows, to: target.assumingMemoryBound(to: Int8.self))
    case 2: write(rows, to: target.assumingMemoryBound(to: Int16.self))
    case 4: write(rows, to: target.assumingMemoryBound(to: Int32.self))
    case 8: write(rows, to: target.assumingMemoryBound(to: Int64.self))
    default: decodeWide(rows, to: target, width: width)
    }
  }

  private func write<Word: FixedWidthInteger>(
    _ rows: Range<Int>, to target: UnsafeMutablePointer<Word>
  ) {
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.pieceCount) {
      let piece = start..<min(start + Self.pieceCount, rows.upperBound)
      let place = target + (start - rows.lowerBound)
      derivation.rule.write(piece, to: UnsafeMutableRawPointer(place), width: Word.bitWidth / 8)
      derivation.exceptions?.overwrite(piece, in: place)
      nulls?.forEachNull(in: piece) { place[$0 - start] = 0 }
    }
  }
}
