import CKernels
import FileIO

/// Writes records one by one, and counts them.
struct RecordOutput<Spelling: RecordSpelling>: ~Copyable {
  private let table: CSVTableSource
  /// The fields to be left out.
  private let dropped: Set<Int>
  private var output: BlockOutput
  /// A field without its quotes.
  private var unquoted: [UInt8] = []
  /// Whether nothing was written yet.
  private var isAtStart = true
  /// Data records written.
  private(set) var recordCount = 0
  /// Short and long records of this chunk.
  private(set) var anomalies = RecordAnomalies()
  private var chunkRecordCount = 0
  /// Fields of the record that were written so far.
  private var fieldCount = 0

  init(table: CSVTableSource, dropped: Set<Int> = [], _ sink: any ByteSink) {
    self.table = table
    self.dropped = dropped
    output = BlockOutput(sink)
  }

  mutating func flush() throws { try output.flush() }

  mutating func startChunk() {
    anomalies = RecordAnomalies()
    chunkRecordCount = 0
  }

  // MARK: - Records

  mutating func write(header: [[UInt8]]) {
    Spelling.begin(&output.block)
    fieldCount = 0
    for (index, field) in header.enumerated() {
      // Where bytes that are not UTF-8 are replaced, that holds for the header too.
      let text = Array(String(decoding: field, as: UTF8.self).utf8)
      text.withUnsafeBufferPointer { append($0, index: index, of: header.count) }
    }
    end()
  }

  /// Writes a record as libcsv read it; a blank line is one without fields.
  mutating func write(_ record: Int, of batch: borrowing RecordBatch) throws {
    let fields = batch.fields(ofRecord: record)
    guard begin(fieldCount: fields.count) else { return }
    for field in fields {
      append(
        batch.bytes(ofField: field), isQuotedEmpty: batch.isQuotedEmpty[field],
        index: field - fields.lowerBound, of: fields.count)
    }
    try finishRecord()
  }

  /// Writes a record as the scan found it.
  mutating func write(_ record: ScannedRecords.Record, of records: ScannedRecords) throws {
    guard begin(fieldCount: record.isBlank ? 0 : record.fieldCount) else { return }
    var start = record.start
    for index in 0..<(record.isBlank ? 0 : record.fieldCount) {
      let end = records.end(of: index, in: record)
      let field = UnsafeBufferPointer(rebasing: records.bytes[start..<end])
      if let quote = table.dialect.quote, field.first == quote {
        append(quoted: field, quote, index: index, of: record.fieldCount)
      } else {
        append(field, index: index, of: record.fieldCount)
      }
      start = end + 1
    }
    try finishRecord()
  }

  /// Whether the text of a chunk is what would be written.
  func takesAsItStands(_ found: RecordFinder.Found, _ separators: borrowing SeparatorScan) -> Bool {
    Spelling.isCSV && dropped.isEmpty && table.dialect.delimiter == UInt8(ascii: ",")
      && table.dialect.quote == UInt8(ascii: "\"")
      // Where quotes are text, the separators do not know them.
      && !separators.has(DIET_CSV_HAS_QUOTE | DIET_CSV_HAS_CR) && found.reference.count == 0
      // A lone empty field needs quotes, so one column is looked at.
      && table.columnCount > 1 && separators.isRectangle(columns: table.columnCount)
      && !(isAtStart && found.bytes.prefix(4).elementsEqual("sep=".utf8))
  }

  /// Writes records that are as they should be.
  mutating func write(_ text: UnsafeBufferPointer<UInt8>, recordCount: Int) throws {
    try output.append(text)
    self.recordCount += recordCount
    isAtStart = false
  }

  // MARK: - Parts of a record

  /// Begins a record; false when it is a blank line to leave out.
  private mutating func begin(fieldCount: Int) -> Bool {
    if fieldCount == 0 && table.dropsBlankLines { return false }
    if fieldCount > table.columnCount { anomalies.long.note(row: chunkRecordCount) }
    if fieldCount < table.columnCount && fieldCount > 0 {
      anomalies.short.note(row: chunkRecordCount)
    }
    Spelling.begin(&output.block)
    self.fieldCount = 0
    return true
  }

  @inline(__always)
  private mutating func append(
    _ field: UnsafeBufferPointer<UInt8>, isQuotedEmpty: Bool = false, index: Int, of count: Int
  ) {
    if !dropped.isEmpty, dropped.contains(index) { return }
    if fieldCount > 0 { output.block.append(UInt8(ascii: ",")) }
    let isAlone = fieldCount == 0 && (count == 1 || !keeps(in: index + 1..<count))
    let isSpecial =
      field.isEmpty && (isQuotedEmpty || isAlone)
      || isAtStart && fieldCount == 0 && field.starts(with: "sep=".utf8)
    fieldCount += 1
    Spelling.append(field, forcesQuotes: isSpecial, to: &output.block)
  }

  private func keeps(in fields: Range<Int>) -> Bool { fields.contains { !dropped.contains($0) } }

  private mutating func append(
    quoted field: UnsafeBufferPointer<UInt8>, _ quote: UInt8, index: Int, of count: Int
  ) {
    let inner = UnsafeBufferPointer(rebasing: field.dropFirst().dropLast())
    guard inner.contains(quote) else {
      return append(inner, isQuotedEmpty: inner.isEmpty, index: index, of: count)
    }
    unquoted.removeAll(keepingCapacity: true)
    var position = 0
    while position < inner.count {
      unquoted.append(inner[position])
      // Inside, two quotes stand for one.
      position += inner[position] == quote ? 2 : 1
    }
    let text = unquoted
    text.withUnsafeBufferPointer { append($0, index: index, of: count) }
  }

  private mutating func end() {
    if fieldCount == 0 {
      Spelling.append(
        UnsafeBufferPointer(start: nil, count: 0), forcesQuotes: true, to: &output.block)
    }
    Spelling.end(&output.block)
    isAtStart = false
  }

  private mutating func finishRecord() throws {
    end()
    recordCount += 1
    chunkRecordCount += 1
    try output.flushIfFull()
  }
}
