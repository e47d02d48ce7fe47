/// The first records of some text, blank lines left out, as fields.
struct SampleRecords: RandomAccessCollection {
  private var records: [[[UInt8]]] = []

  /// - Parameter recordLimit: records beyond it are not kept.
  init(_ text: UnsafeBufferPointer<UInt8>, dialect: CSVDialect, recordLimit: Int) {
    var count = 0
    var end = 0
    let walk = RecordWalk(text, dialect: dialect, atEndOfInput: true) { record, isBlank in
      count += isBlank ? 0 : 1
      end = record.upperBound
      return count < recordLimit
    }
    // The last record may lack its line end.
    if count < recordLimit && walk.openQuote == nil { end = text.count }
    let whole = UnsafeBufferPointer(rebasing: text[..<end])
    if dialect.needsMachine {
      let engine = MachineEngine(dialect)
      engine.tokenize(whole)
      append(engine.batch)
      return
    }
    guard let quote = dialect.quote else {
      records = Self.split(whole, delimiter: dialect.delimiter)
      return
    }
    let libcsv = LibcsvEngine(delimiter: dialect.delimiter, quote: quote)
    libcsv.tokenize(whole)
    append(libcsv.batch)
  }

  private mutating func append(_ batch: borrowing RecordBatch) {
    for record in 0..<batch.recordCount {
      let fields = batch.fields(ofRecord: record)
      if fields.isEmpty { continue }
      var texts: [[UInt8]] = []
      for field in fields { texts.append(Array(batch.bytes(ofField: field))) }
      records.append(texts)
    }
  }

  var startIndex: Int { records.startIndex }
  var endIndex: Int { records.endIndex }
  subscript(index: Int) -> [[UInt8]] { records[index] }

  private static func split(
    _ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8
  ) -> [[[UInt8]]] {
    text.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { line in
      line.split(separator: delimiter, omittingEmptySubsequences: false).map(Array.init)
    }
  }
}
