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
    var bytes: [UInt8] = []
    var ends: [Int] = []
    let values = ValueText(type: column.type, view: dictionary)
    Self.append(values, 0..<count, mayNeedQuotes, to: &bytes, &ends)
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
    } else if mayNeedQuotes {
      var next = rows.lowerBound
      while next < rows.upperBound, bytes.count < Self.byteLimit {
        // As many as are some kilobytes, if they are like those before.
        let count = min(64, 1 << 14 / (1 + bytes.count / max(1, ends.count)))
        let end = min(rows.upperBound, next + max(1, ends.isEmpty ? 1 : count))
        Self.append(text, next..<end, mayNeedQuotes, to: &bytes, &ends)
        next = end
      }
    } else {
      Self.append(text, rows, mayNeedQuotes, to: &bytes, &ends)
    }
    return ends.count
  }

  /// From so many bytes on a block has no more rows.
  private static let byteLimit = 1 << 20

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

  private static func append(
    _ text: ValueText, _ rows: Range<Int>, _ mayNeedQuotes: Bool, to bytes: inout [UInt8],
    _ ends: inout [Int]
  ) {
    text.append(rows, to: &bytes) { start, isNull, bytes in
      if mayNeedQuotes, !isNull { bytes.makeCSVField(from: start) }
      ends.append(bytes.count)
    }
  }
}
