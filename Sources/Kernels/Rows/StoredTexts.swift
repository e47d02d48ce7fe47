import Columnar

/// The texts of a column, whatever their shape: those of a dictionary are written out once, not once
/// a row.
package struct StoredTexts: @unchecked Sendable {
  // Sound to share: the pointers lead into buffers that `rows` keeps and no one changes.
  private let rows: ColumnRows
  private let texts: TextRows

  package init(_ rows: ColumnRows) {
    self.rows = rows
    texts = rows.view.texts
  }

  /// The bytes of a row's text.
  package func length(at row: Int) -> Int { texts.byteCount(at: row) }

  /// Calls `body` with the bytes of a row's text.
  @inline(__always)
  func withText<R>(_ row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    texts.withText(at: row, body)
  }

  /// Calls `body` with each of `rows` and the bytes of its text.
  func forEach(_ rows: Range<Int>, _ body: (Int, UnsafeBufferPointer<UInt8>) -> Void) {
    texts.forEach(rows, body)
  }

  /// Writes the text of a row; returns its length.
  package func write(_ row: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
    texts.withText(at: row) { text in
      if let start = text.baseAddress { target.update(from: start, count: text.count) }
      return text.count
    }
  }
}
