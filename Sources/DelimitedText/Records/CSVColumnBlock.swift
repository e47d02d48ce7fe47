import Columnar

/// The fields of one column in a block of rows, as they stand in the file.
struct CSVColumnBlock {
  /// The fields one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where each ends.
  private(set) var ends: [Int] = []
  private let column: Column
  private let text: ValueText
  /// Only text can hold what needs quotes.
  private let mayNeedQuotes: Bool
  /// The fields of a dictionary's entries, made once.
  private let entries: (codes: PlainValues, bytes: [UInt8], ends: [Int])?

  init(_ column: Column) {
    self.column = column
    text = ValueText(column)
    mayNeedQuotes = column.type == .string
    guard case .indexed(let codes, let dictionary, let count) = column.view else {
      entries = nil
      return
    }
    let values = ValueText(type: column.type, view: dictionary)
    var bytes: [UInt8] = []
    var ends: [Int] = []
    Self.append(values, 0..<count, mayNeedQuotes, limit: Self.entryByteLimit, to: &bytes, &ends)
    // Long entries are made where they stand.
    guard ends.count == count else {
      entries = nil
      return
    }
    entries = (codes, bytes, ends)
  }

  /// Replaces the fields by those of `rows`, or of fewer where they are long.
  ///
  /// - Returns: How many there are.
  mutating func render(_ rows: Range<Int>) -> Int {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    if let entries {
      append(entries, rows)
    } else {
      Self.append(text, rows, mayNeedQuotes, limit: Self.byteLimit, to: &bytes, &ends)
    }
    return ends.count
  }

  /// From so many bytes on a block has no more rows.
  private static let byteLimit = 1 << 20
  /// Entries that are together longer than this are not kept beside the dictionary.
  private static let entryByteLimit = 4 << 20

  private mutating func append(
    _ entries: (codes: PlainValues, bytes: [UInt8], ends: [Int]), _ rows: Range<Int>
  ) {
    entries.bytes.withUnsafeBufferPointer { fields in
      for row in rows where bytes.count < Self.byteLimit {
        if !column.isNull(row) {
          let code = Int(entries.codes.integer(at: row))
          let start = code == 0 ? 0 : entries.ends[code - 1]
          bytes.append(
            contentsOf: UnsafeBufferPointer(rebasing: fields[start..<entries.ends[code]]))
        }
        ends.append(bytes.count)
      }
    }
  }

  /// Appends the fields of rows, until there are so many bytes.
  private static func append(
    _ text: ValueText, _ rows: Range<Int>, _ mayNeedQuotes: Bool, limit: Int,
    to bytes: inout [UInt8], _ ends: inout [Int]
  ) {
    var next = rows.lowerBound
    while next < rows.upperBound, bytes.count < limit {
      // Only text is long. As many as are some kilobytes, if they are like those before.
      let some = ends.isEmpty ? 1 : max(1, min(64, 1 << 14 / (1 + bytes.count / ends.count)))
      let end = mayNeedQuotes ? min(rows.upperBound, next + some) : rows.upperBound
      text.append(next..<end, to: &bytes) { start, isNull, bytes in
        if mayNeedQuotes, !isNull { bytes.makeCSVField(from: start) }
        ends.append(bytes.count)
      }
      next = end
    }
  }
}
