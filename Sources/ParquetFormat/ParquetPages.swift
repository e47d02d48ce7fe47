import Columnar

/// The definition levels of a column chunk, 1 where there is a value, and how its rows are cut into
/// pages.
struct ParquetPages {
  enum Levels {
    case allValues
    case allNulls
    /// Bit `i` of the chunk's bitmap.
    case bits(UnsafePointer<UInt8>)

    func nullCount(rowCount: Int) -> Int {
      switch self {
      case .allValues: 0
      case .allNulls: rowCount
      case .bits(let bits): ArrowNulls(validity: bits).count(0..<rowCount)
      }
    }
  }

  let levels: Levels
  let rowCount: Int
  private let options: ParquetWritingOptions
  private var rowsPerPage: Int
  private var nextRow = 0
  private var nextValue = 0

  init(_ levels: Levels, rowCount: Int, options: ParquetWritingOptions) {
    self.levels = levels
    self.rowCount = rowCount
    self.options = options
    rowsPerPage = options.pageRowCount
  }

  /// The same rows in pages that are not too long where a value takes so many bits.
  func cut(bitsPerRow bitCount: Int) -> ParquetPages {
    var pages = self
    // Whole bytes of levels.
    let fitting = max(8, options.pageByteCount * 8 / max(bitCount, 1) & ~7)
    pages.rowsPerPage = min(options.pageRowCount, fitting)
    return pages
  }

  /// The rows of the next page, and the numbers of their values among all values.
  mutating func next() -> (rows: Range<Int>, values: Range<Int>)? {
    if nextRow >= rowCount { return nil }
    let rows = nextRow..<min(nextRow + rowsPerPage, rowCount)
    let values = nextValue..<nextValue + valueCount(rows)
    (nextRow, nextValue) = (rows.upperBound, values.upperBound)
    return (rows, values)
  }

  private func valueCount(_ rows: Range<Int>) -> Int {
    switch levels {
    case .allValues: rows.count
    case .allNulls: 0
    case .bits(let bits): rows.count - ArrowNulls(validity: bits).count(rows)
    }
  }

  /// Starts a page with the levels of its rows: their length, and a run or bits.
  func appendLevels(of rows: Range<Int>, to page: inout PageBytes) {
    let start = page.count
    page.append(word: 0)
    switch levels {
    case .allValues: HybridEncoder(width: 1).appendRun(1, count: rows.count, to: &page)
    case .allNulls: HybridEncoder(width: 1).appendRun(0, count: rows.count, to: &page)
    case .bits(let bits): HybridEncoder.append(bits: bits, rows, to: &page)
    }
    let byteCount = UInt32(page.count - start - 4).littleEndian
    UnsafeMutableRawPointer(page.base + start).storeBytes(of: byteCount, as: UInt32.self)
  }
}
