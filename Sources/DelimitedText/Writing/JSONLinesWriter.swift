package import Columnar
package import FileIO

/// Writes a table as JSON Lines: one object a row, its keys the columns' names in their order.
///
/// Numbers are JSON numbers with all their digits, decimals as they are written out (`12.30`);
/// `nan`, `inf` and `-inf`, which JSON does not have, and all other values are strings.
package struct JSONLinesWriter {
  private let frame: DataFrame
  private let rowCount: Int

  /// - Parameter rowLimit: rows beyond it are left out.
  package init(_ frame: DataFrame, rowLimit: Int = .max) {
    self.frame = frame
    rowCount = min(frame.rowCount, rowLimit)
  }

  package func write(to sink: any ByteSink) throws(OutputError) {
    var output = BlockOutput(sink)
    let columns = frame.columns.enumerated().map { JSONMember($1, isFirst: $0 == 0) }
    for row in 0..<rowCount {
      output.block.append(UInt8(ascii: "{"))
      for column in columns { column.append(row: row, to: &output.block) }
      output.block.append(contentsOf: "}\n".utf8)
      try output.flushIfFull()
    }
    try output.flush()
  }
}

/// A column's member of every object.
private struct JSONMember {
  private let text: ValueText
  private let spelling: Spelling
  /// The name as it stands before each value, with the comma behind the member before.
  private let key: [UInt8]

  private enum Spelling { case bare, float, string }

  init(_ column: Column, isFirst: Bool) {
    text = ValueText(column)
    spelling =
      switch column.type {
      case .null, .boolean, .integer, .decimal: .bare
      case .float: .float
      case .date, .time, .duration, .timestamp, .uuid, .ipv4, .string: .string
      }
    var key = isFirst ? [] : Array(",".utf8)
    Array(column.name.utf8).withUnsafeBufferPointer { key.append(jsonString: $0) }
    key.append(UInt8(ascii: ":"))
    self.key = key
  }

  @inline(__always)
  func append(row: Int, to block: inout [UInt8]) {
    block.append(contentsOf: key)
    let start = block.count
    guard text.append(row: row, to: &block) else {
      return block.append(contentsOf: "null".utf8)
    }
    switch spelling {
    case .bare: break
    case .float:
      // Only `nan`, `inf` and `-inf` end in a letter.
      if block.last! > UInt8(ascii: "9") { block.makeJSONString(from: start) }
    case .string: block.makeJSONString(from: start)
    }
  }
}
