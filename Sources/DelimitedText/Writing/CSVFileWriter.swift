package import Columnar
package import FileIO
import Platform

/// Writes a table as CSV by RFC 4180: a header, commas, quotes where a field needs them. Lines end
/// with a line feed. A null is an empty field, an empty string is `""`; other values are written as
/// `ValueText` has them.
///
/// A block of rows is rendered column by column, so that dispatch is once a column and block, and then
/// put together row by row.
package struct CSVFileWriter {
  private let frame: DataFrame
  private let rowCount: Int
  private let quotesNames: Bool
  private static let blockRowCount = 2048

  /// - Parameters:
  ///   - rowLimit: rows beyond it are left out.
  ///   - marksNames: Whether all names are in quotes where one could be read as a value: a header above values without
  ///     quotes is known by them.
  package init(_ frame: DataFrame, rowLimit: Int = .max, marksNames: Bool = false) {
    self.frame = frame
    quotesNames = marksNames && frame.columns.contains { Array($0.name.utf8).mayBeValue }
    rowCount = min(frame.rowCount, rowLimit)
  }

  /// Writes to the file at `path`, which appears when it is complete; `-` is standard output.
  package func write(to path: String) throws(OutputError) {
    let file = try AtomicFile(path: path)
    try write(to: file)
    try file.commit()
  }

  package func write(to sink: any ByteSink) throws(OutputError) {
    // A table without columns has no header either: an empty file.
    if frame.columns.isEmpty { return }
    var output = BlockOutput(sink)
    for (index, column) in frame.columns.enumerated() {
      if index > 0 { output.block.append(UInt8(ascii: ",")) }
      let name = Array(column.name.utf8)
      let forcesQuotes = quotesNames || name.isEmpty || index == 0 && name.looksLikeDelimiterLine
      name.withUnsafeBufferPointer {
        output.block.append(csvField: $0, forcesQuotes: forcesQuotes)
      }
    }
    output.block.append(UInt8(ascii: "\n"))
    var columns = frame.columns.map(CSVColumnBlock.init)
    var first = 0
    while first < rowCount {
      var count = min(Self.blockRowCount, rowCount - first)
      for index in columns.indices { count = columns[index].render(first..<first + count) }
      output.block += joined(columns, rowCount: count)
      try output.flushIfFull()
      first += count
    }
    try output.flush()
  }
}

/// The rows of a block, each with its fields from all columns.
private func joined(_ columns: [CSVColumnBlock], rowCount: Int) -> [UInt8] {
  // Each field is followed by a comma or a line feed.
  let byteCount = columns.reduce(0) { $0 + $1.ends[rowCount - 1] + rowCount }
  var starts = [Int](repeating: 0, count: columns.count)
  return [UInt8](unsafeUninitializedCapacity: byteCount) { target, count in
    var position = target.baseAddress!
    for row in 0..<rowCount {
      for index in 0..<columns.count {
        let end = columns[index].ends[row]
        let length = end &- starts[index]
        if length > 0 {
          columns[index].bytes.withUnsafeBufferPointer {
            _ = memcpy(position, $0.baseAddress! + starts[index], length)
          }
          starts[index] = end
        }
        position[length] = UInt8(ascii: ",")
        position += length + 1
      }
      position[-1] = UInt8(ascii: "\n")
    }
    count = byteCount
  }
}

extension [UInt8] {
  /// Whether a name may be read as a number, a date, a boolean or a null.
  fileprivate var mayBeValue: Bool {
    guard let first else { return false }
    let isLetter = (first | 0x20) &- 0x61 < 26 || first == 0x5F || first >= 0x80
    let words = ["true", "false", "null", "none", "nan", "inf", "infinity", "na", "n/a"]
    return !isLetter || words.contains(String(decoding: self, as: UTF8.self).lowercased())
  }
}
