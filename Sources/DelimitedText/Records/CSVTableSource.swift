import Columnar
package import FileIO

/// What is known of a table before its records are read: inputs, dialect, columns.
package struct CSVTableSource: Sendable {
  /// The most columns that a table may have. Each takes memory of its own on every thread.
  package static let columnLimit = 100_000

  package let inputs: [CSVInput]
  package let options: CSVReadingOptions
  package let dialect: CSVDialect
  /// One name per column: the header's, made unique, else `column_1`, `column_2`, ….
  package internal(set) var columnNames: [String]
  /// The fields of the header as they stand in the first input; `nil` where there is none.
  package let header: [[UInt8]]?
  /// The first record of the header as its bytes stand in the first input; `nil` where there is none.
  var headerText: [UInt8]?
  /// What is odd about the records, gathered while they are read.
  package internal(set) var findings = RecordFindings()
  /// The table as its inputs have it, where their fields are not its columns: one for all inputs, or
  /// one for each.
  var parts: [CSVTableSource] = []
  /// What the columns are in each input, where there are parts.
  var united: UnitedColumns?

  /// Whether a blank line is no record.
  package var dropsBlankLines: Bool { columnCount != 1 }

  package var columnCount: Int { columnNames.count }

  /// The table as an input has it: how its records are spelled, and how many fields they have.
  package func part(_ input: Int) -> CSVTableSource {
    parts.isEmpty ? self : parts[parts.count == 1 ? 0 : input]
  }

  /// What the columns are in an input; `nil` where they are its fields.
  package func columns(ofInput input: Int) -> InputColumns? { united?.inputs[input] }

  /// Sentences about what inputs lack.
  var unionNotes: [Note] { united?.notes ?? [] }

  /// Where a row of a chunk stands in its file. `row` counts as `RegularChunk` does.
  ///
  /// Slow (walks over the chunk, and may read the file again to count lines): for errors.
  package func position(ofRow row: Int, in raw: RawChunk) -> InputPosition {
    position(ofByte: offset(ofRow: row, in: raw), in: raw)
  }

  /// The offset of a row's record within a chunk.
  package func offset(ofRow row: Int, in raw: RawChunk) -> Int {
    if !parts.isEmpty { return part(raw.fileIndex).offset(ofRow: row, in: raw) }
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

  /// The delimiter of all inputs; 0 where they have several.
  package var commonDelimiter: UInt8 {
    parts.allSatisfy { $0.columnCount == 0 || $0.dialect.delimiter == dialect.delimiter }
      ? dialect.delimiter : 0
  }
}
