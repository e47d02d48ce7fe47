import FileIO

extension [ArrowColumn] {
  /// The rows of each batch: as many as asked for, fewer where a column's text would be too long.
  func batches(
    rowCount: Int, _ options: ArrowWritingOptions, path: String
  ) throws(OutputError) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var first = 0
    while first < rowCount {
      var end = Swift.min(first + options.batchRowCount, rowCount)
      for column in self {
        while column.mayExceed(options.batchTextByteCount, first..<end) {
          guard end - first > 8 else {
            throw OutputError(
              .notRepresentable, path: path, column: column.field.name,
              "eight rows have more than 2 GiB of text")
          }
          end = first + Swift.max(8, (end - first) / 2 & ~7)
        }
      }
      batches.append(first..<end)
      first = end
    }
    return batches
  }
}
