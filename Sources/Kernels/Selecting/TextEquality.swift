import CKernels
import Columnar
import Platform

/// Whether two columns have the same text in a row: codes are compared where both have dictionaries,
/// one of which is looked up in the other once, else the texts themselves.
struct TextEquality: @unchecked Sendable {
  // Sound to share: pointers lead into buffers that the rows keep and no one changes.
  private enum Source {
    /// Codes of both sides; the number that each code of the second has in the first, -1 for none.
    case codes(PlainValues, PlainValues, [Int64])
    case texts(StoredTexts, StoredTexts)
  }

  let first: ColumnRows
  let second: ColumnRows
  private let source: Source

  init(_ first: ColumnRows, _ second: ColumnRows) {
    self.first = first
    self.second = second
    guard case .indexed(let codes, let dictionary, let count) = first.view,
      case .indexed(let others, let otherDictionary, let otherCount) = second.view
    else {
      source = .texts(StoredTexts(first), StoredTexts(second))
      return
    }
    let sorted = DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count)
    let numbers = (0..<otherCount).map { code in
      sorted.codes(equalTo: otherDictionary.text(at: code)).first.map { Int64($0) } ?? -1
    }
    source = .codes(codes, others, numbers)
  }

  /// Writes a bit for each row of `range`, which starts at a multiple of 64, read from `out` on. Bits of
  /// null rows may be anything.
  func write(_ range: Range<Int>, _ out: UnsafeMutablePointer<UInt64>) {
    switch source {
    case .codes(let codes, let others, let numbers):
      first.forEachBlock(of: Int64.self, in: range) { run, scratch in
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: run.count) { room in
          let found = room.baseAddress!
          numbers.withUnsafeBufferPointer {
            others.lookUp(run, in: $0.baseAddress!.asWords, found.asWords)
          }
          diet_is_equal_i64(
            codes.words(run, scratch), found, run.count,
            out + (run.lowerBound - range.lowerBound) / 64)
        }
      }
    case .texts(let texts, let others):
      RowTest.Answer.writeEach(range, out) { row in
        guard first.hasValue(row), second.hasValue(row) else { return false }
        return texts.withText(row) { text in
          others.withText(row) { other in
            text.count == other.count
              && (text.isEmpty || memcmp(text.baseAddress!, other.baseAddress!, text.count) == 0)
          }
        }
      }
    }
  }
}
