import CKernels
import Columnar

/// A set of rows, a bit for each row of a table: what a condition answers and `filter` takes.
///
///     let late = try flights["dep_delay"]!.rows(where: .greater(than: 60))
///     let united = try flights["carrier"]!.rows(where: .equal(to: "UA"))
///     flights.filtered(by: late & ~united)
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

  /// All rows, or none.
  public init(rowCount: Int, all: Bool = false) {
    self.init(rowCount: rowCount) {
      $0.update(repeating: all ? ~0 : 0, count: (rowCount + 63) / 64)
    }
  }

  /// The rows with these numbers, from 0.
  ///
  /// - Precondition: all are below `rowCount`.
  public init(rowCount: Int, rows: some Sequence<Int>) {
    self.init(rowCount: rowCount) { words in
      words.update(repeating: 0, count: (rowCount + 63) / 64)
      for row in rows {
        precondition(row >= 0 && row < rowCount, "row \(row) of \(rowCount)")
        words[row >> 6] |= 1 << UInt64(row & 63)
      }
    }
  }

  /// How many rows are selected.
  public var count: Int { Int(diet_popcount(words, wordCount)) }

  /// Whether no row is selected.
  public var isEmpty: Bool { (0..<wordCount).allSatisfy { words[$0] == 0 } }

  /// Whether the row is selected.
  public func contains(_ row: Int) -> Bool {
    precondition(row >= 0 && row < rowCount, "row \(row) of \(rowCount)")
    return words[row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  /// The numbers of the selected rows, rising.
  public var rows: [Int] { rowNumbers.map { Int($0) } }

  /// - Precondition: there are less than 2^32 rows.
  var rowNumbers: [UInt32] {
    precondition(rowCount < UInt32.max, "row numbers have 32 bits")
    return [UInt32](unsafeUninitializedCapacity: count) { target, count in
      guard let start = target.baseAddress else { return }
      count = Int(diet_selected_rows(words, rowCount, 0, start))
    }
  }

  /// The rows that both have.
  public static func & (a: Selection, b: Selection) -> Selection { a.combined(b) { $0 & $1 } }
  /// The rows that one of both has.
  public static func | (a: Selection, b: Selection) -> Selection { a.combined(b) { $0 | $1 } }
  /// The rows that exactly one of both has.
  public static func ^ (a: Selection, b: Selection) -> Selection { a.combined(b) { $0 ^ $1 } }

  /// The other rows. They include null rows, which satisfy neither a condition nor its opposite.
  public static prefix func ~ (a: Selection) -> Selection { a.combined(a) { ~($0 & $1) } }

  @inline(__always)
  private func combined(_ other: Selection, _ operation: (UInt64, UInt64) -> UInt64) -> Selection {
    precondition(rowCount == other.rowCount, "selections are of tables of different length")
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
