/// Records of a chunk that are not as wide as the table or not quoted by RFC 4180.
package struct RecordAnomalies: Hashable, Sendable {
  /// How often something was seen, and at which row of the chunk first.
  package struct Tally: Hashable, Sendable {
    package private(set) var count = 0
    package private(set) var firstRow: Int?

    mutating func note(row: Int, count added: Int = 1) {
      count += added
      if firstRow == nil { firstRow = row }
    }
  }

  /// Records with missing fields, which read as null.
  package internal(set) var short = Tally()
  /// Records with extra fields, which widen the table unless they are empty.
  package internal(set) var long = Tally()
  /// Blank lines in a table of two or more columns; the row is the one that follows.
  package internal(set) var blank = Tally()
  /// Records with an irregular quote.
  package internal(set) var reference = Tally()

  package init() {}
}

/// A chunk as a full rectangle: rows × columns separators.
///
/// The pointers are valid until the scanner's next call. 64 bytes before and after `bytes` are
/// readable.
package struct RegularChunk {
  package let bytes: UnsafePointer<UInt8>
  package let byteCount: Int
  /// Field (r, c) ends at `separators[r * columns + c]` and starts one past the separator before it,
  /// the first of all at 0: element −1 is `UInt32.max`, one before 0.
  package let separators: UnsafePointer<UInt32>
  package let rows: Int
  /// At least the table's columns; more when records of this chunk have extra fields.
  package let columns: Int
  /// Whether some field may be enclosed in the dialect's quote; then `""` in it stands for one.
  package let mayHaveQuotes: Bool
  /// Whether records may end in CRLF: the last field's reader drops one CR before the LF.
  package let trimsCR: Bool
  package let hasNonASCII: Bool
  /// Whether zero bytes occur; they are text.
  package let hasNUL: Bool
  package let anomalies: RecordAnomalies
}
