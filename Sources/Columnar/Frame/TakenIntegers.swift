/// The whole word that each integer of a column lies in where it is held in whole bytes.
///
/// What engines get, and how wide computed results are, follows from it, whatever fewer bits a column takes.
package struct IntegerWord: Hashable, Sendable {
  /// 8, 16, 32 or 64.
  package var bits: Int
  package var isSigned: Bool

  package init(bits: Int, isSigned: Bool) {
    (self.bits, self.isSigned) = (bits, isSigned)
  }

  /// The integers that it holds.
  package var range: ClosedRange<Int128> { Int128.range(bits: bits, isSigned: isSigned) }
}

/// What is known of the column that rows were taken from: engines get some of its rows as they get all.
package struct TakenIntegers: Hashable, Sendable {
  /// Its least and its greatest integer.
  package var range: ClosedRange<Int128>
  /// How many of its rows have a value.
  package var valueCount: Int
  package var word: IntegerWord

  package init(range: ClosedRange<Int128>, valueCount: Int, word: IntegerWord) {
    (self.range, self.valueCount, self.word) = (range, valueCount, word)
  }
}

/// The least and the greatest integer of a column, which are looked for once: copies of the column share them.
package final class IntegerEnds: Sendable {
  private let known = Lock<ClosedRange<Int128>?>(nil)

  /// Those that were known before there was a column.
  func note(_ range: ClosedRange<Int128>) {
    known.withLock { $0 = $0 ?? range }
  }

  /// Those that are known, or that `find` looks for.
  package func range(_ find: () -> ClosedRange<Int128>) -> ClosedRange<Int128> {
    if let range = known.withLock({ $0 }) { return range }
    let range = find()
    note(range)
    return range
  }
}
