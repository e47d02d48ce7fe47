import CKernels
public import Columnar

/// A set of rows, a bit for each row of a table: what a condition answers and `filter` takes.
///
///     let late = try flights["dep_delay"]!.rows(where: .greater(than: 60))
///     let united = try flights["carrier"]!.rows(where: .equal(to: "UA"))
///     try flights.filtered(by: late & ~united)
public struct Selection: Sendable {
  /// How many rows the table has.
  public let rowCount: Int
  /// Bit k % 64 of word k / 64; bits past the last row are 0.
  private let buffer: Buffer

  var words: UnsafeMutablePointer<UInt64> { buffer.pointer(as: UInt64.self) }
  var wordCount: Int { (rowCount + 63) / 64 }

  /// The bits as Arrow keeps them.
  var bits: Buffer { buffer }

  /// - Parameter write: Writes all words but need not care for bits past the last row.
  init(rowCount: Int, _ write: (UnsafeMutablePointer<UInt64>) -> Void) {
    self.rowCount = rowCount
    // Whole lines: 64-bit words may be written up to the end.
    buffer = Buffer(uninitializedByteCount: (rowCount + 7) / 8)
    let words = buffer.pointer(as: UInt64.self)
    if rowCount > 0 { words[(rowCount - 1) / 64] = 0 }
    write(words)
    if rowCount & 63 != 0 { words[rowCount / 64] &= (1 << UInt64(rowCount & 63)) - 1 }
  }

  /// All rows of a table of so many, or none.
  ///
  /// - Throws: `FrameError` where `rowCount` is none of a table.
  public init(rowCount: Int, all: Bool = false) throws(FrameError) {
    guard rowCount >= 0, rowCount < Int(noRow) else {
      throw FrameError(.argumentOutOfRange, "a table has 0 to 2^32 − 2 rows, not \(rowCount)")
    }
    self.init(of: rowCount, all: all)
  }

  /// The rows with these numbers, from 0.
  ///
  /// - Throws: `FrameError` for a row that there is not, and where `rowCount` is none of a table.
  public init(rowCount: Int, rows: some Sequence<Int>) throws(FrameError) {
    try self.init(rowCount: rowCount)
    for row in rows {
      guard row >= 0, row < rowCount else { throw .row(row, of: rowCount) }
      words[row >> 6] |= 1 << UInt64(row & 63)
    }
  }

  /// - Precondition: a table has so many rows.
  init(of rowCount: Int, all: Bool = false) {
    self.init(rowCount: rowCount) {
      $0.update(repeating: all ? ~0 : 0, count: (rowCount + 63) / 64)
    }
  }

  /// How many rows are selected.
  public var count: Int { Int(diet_popcount(words, wordCount)) }

  /// Whether no row is selected.
  public var isEmpty: Bool { (0..<wordCount).allSatisfy { words[$0] == 0 } }

  /// Whether the row is selected; false for one that there is not.
  public func contains(_ row: Int) -> Bool {
    row >= 0 && row < rowCount && words[row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  /// The numbers of the selected rows, rising.
  public var rows: [Int] { rowNumbers.map { Int($0) } }

  var rowNumbers: [UInt32] {
    [UInt32](unsafeUninitializedCapacity: count) { target, count in
      guard let start = target.baseAddress else { return }
      count = Int(diet_selected_rows(words, rowCount, 0, start))
    }
  }

  /// The rows that both have.
  ///
  /// - Throws: `FrameError` where the two are of tables of different length.
  public static func & (a: Selection, b: Selection) throws(FrameError) -> Selection {
    try a.fitting(b).combined(b) { $0 & $1 }
  }

  /// The rows that one of both has.
  ///
  /// - Throws: `FrameError` where the two are of tables of different length.
  public static func | (a: Selection, b: Selection) throws(FrameError) -> Selection {
    try a.fitting(b).combined(b) { $0 | $1 }
  }

  /// The rows that exactly one of both has.
  ///
  /// - Throws: `FrameError` where the two are of tables of different length.
  public static func ^ (a: Selection, b: Selection) throws(FrameError) -> Selection {
    try a.fitting(b).combined(b) { $0 ^ $1 }
  }

  /// The other rows. They include null rows, which satisfy neither a condition nor its opposite.
  public static prefix func ~ (a: Selection) -> Selection { a.combined(a) { ~($0 & $1) } }

  private func fitting(_ other: Selection) throws(FrameError) -> Selection {
    if rowCount == other.rowCount { return self }
    throw FrameError(
      .differentRowCounts,
      "the selections are of tables of \(rowCount) and \(other.rowCount) rows")
  }

  /// The rows that both have, of one table.
  func common(with other: Selection) -> Selection { combined(other) { $0 & $1 } }

  @inline(__always)
  private func combined(_ other: Selection, _ operation: (UInt64, UInt64) -> UInt64) -> Selection {
    assert(rowCount == other.rowCount)
    return Selection(rowCount: rowCount) { target in
      let (a, b) = (words, other.words)
      var index = 0
      while index < wordCount {
        target[index] = operation(a[index], b[index])
        index &+= 1
      }
    }
  }
}

extension Selection: Equatable {
  public static func == (a: Selection, b: Selection) -> Bool {
    a.rowCount == b.rowCount && (0..<a.wordCount).allSatisfy { a.words[$0] == b.words[$0] }
  }
}
