/// What is known of a table before its records are read: inputs, dialect, columns.
package struct CSVTableSource: Sendable {
  /// The most columns that a table may have. Each takes memory of its own on every thread.
  package static let columnLimit = 100_000

  package let inputs: [CSVInput]
  package let options: CSVReadingOptions
  package let dialect: CSVDialect
  /// One name per column: the header's, made unique, else `column_1`, `column_2`, ….
  package let columnNames: [String]
  /// The fields of the header as they stand in the first input; `nil` where there is none.
  package let header: [[UInt8]]?
  /// The first record of the header as its bytes stand in the first input; `nil` where there is none.
  var headerText: [UInt8]?
  /// What is odd about the records, gathered while they are read.
  package let findings = RecordFindings()

  /// Whether a blank line is no record.
  package var dropsBlankLines: Bool { columnCount != 1 }

  package var columnCount: Int { columnNames.count }

  /// Where a row of a chunk stands in its file. `row` counts as `RegularChunk` does.
  ///
  /// Slow (walks over the chunk, and may read the file again to count lines): for errors.
  package func position(ofRow row: Int, in raw: RawChunk) -> InputPosition {
    position(ofByte: offset(ofRow: row, in: raw), in: raw)
  }

  /// The offset of a row's record within a chunk.
  func offset(ofRow row: Int, in raw: RawChunk) -> Int {
    var next = 0
    var offset = 0
    if options.dropsRecords {
      var judge = RecordJudge(self)
      judge.visit(raw.bytes) { record, fault in
        if fault != nil { return true }
        offset = record.lowerBound
        next += 1
        return next <= row
      }
      return offset
    }
    _ = RecordWalk(raw.bytes, dialect: dialect, atEndOfInput: true) { record, isBlank in
      if isBlank && dropsBlankLines { return true }
      offset = record.lowerBound
      next += 1
      return next <= row
    }
    return offset
  }

  /// Adds short and long records of a chunk to the findings.
  func note(_ anomalies: RecordAnomalies, in raw: RawChunk) {
    for (kind, tally) in [(RecordFindings.Kind.short, anomalies.short), (.long, anomalies.long)] {
      guard let row = tally.firstRow else { continue }
      findings.add(kind, count: tally.count, in: raw) { offset(ofRow: row, in: raw) }
    }
  }

  /// Where a byte of a chunk stands in its file.
  package func position(ofByte offset: Int, in raw: RawChunk) -> InputPosition {
    let byteOffset = raw.byteOffset + offset
    guard let firstLine = raw.firstLine else {
      let line = try? LineEnds.line(
        ofByteOffset: byteOffset, in: inputs[raw.fileIndex], encoding: options.encoding)
      return InputPosition(line: line ?? nil, byteOffset: byteOffset)
    }
    let before = UnsafeBufferPointer(rebasing: raw.bytes.prefix(offset))
    return InputPosition(line: firstLine + LineEnds.count(in: before), byteOffset: byteOffset)
  }
}
