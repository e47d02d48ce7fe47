import TestSupport
import Testing

@testable import DelimitedText

/// The machine reads the plain dialect, too: there it must give libcsv's records.
struct RecordMachineTests {
  private struct Records: Equatable {
    var fields: [[String]] = []
    var openQuote = false
  }

  private static func byMachine(_ bytes: [UInt8]) -> Records {
    var records = Records()
    bytes.withUnsafeBufferPointer { text in
      var machine = RecordMachine(CSVDialect(), acceptsEnd: true)
      var batch = RecordBatch()
      var position = 0
      while let line = machine.next(in: text, from: position, atEndOfInput: true, to: &batch) {
        position = line.end
      }
      records.openQuote = machine.openQuote != nil
      records.fields = fields(batch)
    }
    return records
  }

  private static func byLibcsv(_ bytes: [UInt8]) -> Records {
    var records = Records()
    bytes.withUnsafeBufferPointer { text in
      let walk = RecordWalk(text, dialect: CSVDialect(), atEndOfInput: true)
      records.openQuote = walk.openQuote != nil
      let end = walk.openQuote == nil ? text.count : walk.end
      let libcsv = LibcsvEngine(delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""))
      libcsv.tokenize(UnsafeBufferPointer(rebasing: text[..<end]))
      records.fields = fields(libcsv.batch)
    }
    return records
  }

  private static func fields(_ batch: borrowing RecordBatch) -> [[String]] {
    var records: [[String]] = []
    for record in 0..<batch.recordCount {
      var fields: [String] = []
      for field in batch.fields(ofRecord: record) {
        let text = String(decoding: batch.bytes(ofField: field), as: UTF8.self)
        fields.append(batch.isQuotedEmpty[field] ? "\"\"" : text)
      }
      records.append(fields)
    }
    return records
  }

  @Test(arguments: RecordCases.all.map(\.text) + IrregularCases.all)
  func agreesWithLibcsv(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(Self.byMachine(bytes) == Self.byLibcsv(bytes))
  }

  @Test(arguments: 0..<64 as Range<UInt64>)
  func agreesWithLibcsvOnDamagedFiles(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<20 {
      var file = CSVGenerator.file(using: &generator)
      if round % 4 != 0 { file = CSVGenerator.mutation(of: file, using: &generator) }
      #expect(
        Self.byMachine(file) == Self.byLibcsv(file),
        "seed \(seed), round \(round): \(String(decoding: file, as: UTF8.self).debugDescription)")
    }
  }

  /// The check can fail: it sees an escape character.
  @Test func seesADifference() {
    let bytes = Array("a\\,b\n".utf8)
    var dialect = CSVDialect()
    dialect.escape = UInt8(ascii: "\\")
    let records = bytes.withUnsafeBufferPointer {
      SampleRecords($0, dialect: dialect, recordLimit: 1).map {
        $0.map { String(decoding: $0, as: UTF8.self) }
      }
    }
    #expect(records == [["a,b"]])
    #expect(Self.byLibcsv(bytes).fields == [["a\\", "b"]])
  }
}
