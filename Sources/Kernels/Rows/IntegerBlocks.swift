import CKernels
import Columnar

/// The integers of a column, a block of rows at a time, as 64-bit words: value = word + `offset`.
///
/// Whatever the shape, the words compare as the values do.
struct IntegerBlocks: @unchecked Sendable {
  // Sound to share: the pointers lead into buffers that `rows` keeps and no one changes.
  let rows: ColumnRows
  let offset: Int128
  private let integers: IntegerRows

  init(_ rows: ColumnRows) {
    self.rows = rows
    integers = rows.view.integers
    offset = integers.offset
  }

  /// Whether some value may lie past 2^63 − 1.
  var isUnsigned: Bool { integers.isUnsigned }

  /// Whether words are far from the ends of 64 bits, so that adding to them does not overflow.
  var hasNarrowWords: Bool { integers.hasNarrowWords }

  /// The value of a row that has one, in constant time.
  func value(at row: Int) -> Int128 { integers.wideValue(at: row) }

  /// Writes the words of rows in any order. Those of null rows mean nothing.
  func gather(_ rows: UnsafeBufferPointer<UInt32>, to target: UnsafeMutablePointer<Int64>) {
    integers.gatherWords(rows, to: target)
  }

  /// Whether the word of a row is found without reading others.
  var hasQuickWords: Bool {
    if case .decoded = integers.storage { false } else { true }
  }

  /// Writes whether each of the rows in `range` has a word within `limits`, where that is known without reading them.
  func answers(
    _ range: Range<Int>, within limits: ClosedRange<Int64>, _ out: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    guard let bounds = integers.bounds(of: range) else { return false }
    let isInside = limits.contains(bounds.lowerBound) && limits.contains(bounds.upperBound)
    guard isInside || !limits.overlaps(bounds) else { return false }
    out.update(repeating: isInside ? .max : 0, count: (range.count + 63) / 64)
    return true
  }

  /// The words of the rows in `range`: in `scratch`, which has room for them, or where they are
  /// stored. Those of null rows mean nothing.
  func read(
    _ range: Range<Int>, _ scratch: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<Int64> {
    integers.words(range, scratch)
  }

  /// Whether values lie in no whole bytes, so that they are as soon written in any width as in words of 64 bits.
  var isPacked: Bool {
    if integers.isUnsigned { return false }
    switch integers.storage {
    case .plain(.packed), .decoded: return true
    case .plain, .sequence, .indexed, .bits: return false
    }
  }

  /// The bytes of words that hold what is decoded.
  var decodedByteCount: Int { integers.decodedByteCount }

  /// Writes the values of the rows in `range` in `width` bytes each, which hold them.
  func copy(_ range: Range<Int>, to target: UnsafeMutableRawPointer, width: Int) {
    integers.copy(range, to: target, width: width)
  }

  /// The same with `word` in null rows. `range` starts at a multiple of 64.
  func read(
    _ range: Range<Int>, filling word: Int64, _ scratch: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<Int64> {
    let words = read(range, scratch)
    guard let valid = rows.valid else {
      if rows.nullCount == 0 { return words }
      scratch.update(repeating: word, count: range.count)
      return UnsafePointer(scratch)
    }
    if words != UnsafePointer(scratch) { scratch.update(from: words, count: range.count) }
    diet_fill_gaps(
      scratch.asWords, valid + range.lowerBound / 64, range.count, UInt64(bitPattern: word))
    return UnsafePointer(scratch)
  }
}
