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

  /// Replaces the fields by those of `rows`.
  mutating func render(_ rows: Range<Int>) {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    guard let entries else {
      return Self.append(text, rows, mayNeedQuotes, to: &bytes, &ends)
    }
    entries.bytes.withUnsafeBufferPointer { fields in
      for row in rows {
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
