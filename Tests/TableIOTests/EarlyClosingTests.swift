import Columnar
import Testing

@testable import TableIO

/// A dictionary that is given up early, since nearly all strings differ, changes nothing in what is
/// said of a column.
struct EarlyClosingTests {
  /// A column whose first 70,000 strings differ, and in whose other rows there is one.
  private func load(tail: Int, threads: Int) throws -> TypedColumn {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    var bytes = Array("text\n".utf8)
    for number in 0..<70_000 {
      var rest = number
      for _ in 0..<3 {
        bytes.append(letters[rest % 52])
        rest /= 52
      }
      bytes.append(0x0A)
    }
    bytes += [UInt8](repeating: UInt8(ascii: "x"), count: tail).flatMap { [$0, 0x0A] }
    var reading = CSVReadingOptions()
    reading.threads = threads
    let loaded = try TableLoader(
      inputs: [.bytes(bytes, name: "test.csv")], reading: reading, typing: TypingOptions(),
      keepsValues: true, countsDistinct: true
    ).load()
    return loaded.columns[0]
  }

  @Test(arguments: [1, 2]) func stringsAreCountedAgainWhereADictionaryMayPay(threads: Int) throws {
    let column = try load(tail: 4_500_000, threads: threads)
    #expect(column.profile.type == .string)
    #expect(column.profile.isDistinctExact)
    #expect(column.profile.distinctCount == 70_001)
    #expect(column.profile.dictionaryCount == 70_001)
  }

  @Test func aTableIsClosedWhenNearlyAllOfManyStringsDiffer() {
    var collector = TextCollector(purpose: .layout)
    let scratch = ColumnScratch()
    var slabs = SlabWriter()
    let first = FieldColumn((0..<66_000).map { Array("s\($0)".utf8) })
    let second = FieldColumn(Array(repeating: Array("again".utf8), count: 100))
    scratch.expectedRowCount = 3_000_000
    for column in [first, second] {
      _ = collector.collect(
        column.slice, scratch, TypingContext(options: TypingOptions(), delimiter: 0x2C),
        slabs: &slabs, keepsValues: true)
    }
    #expect(collector.isClosedEarly)
    #expect(TextCollector.needsRecount([collector]))
    let united = TextCollector.united([collector])
    #expect(united.distinct == nil && united.count == nil && !united.isExact)
  }

  /// No table is closed, early or when it is full, where all strings are to be counted.
  @Test func allStringsAreCountedWhereTheCountIsToBeExact() {
    let batch = 1 << 17
    let shares = [0..<5, 4..<10].map { batches in
      var collector = TextCollector(purpose: .exactReport)
      let scratch = ColumnScratch()
      var slabs = SlabWriter()
      scratch.expectedRowCount = 100_000_000
      for number in batches {
        let column = FieldColumn(
          (number * batch..<(number + 1) * batch).map { Array("s\($0)".utf8) })
        _ = collector.collect(
          column.slice, scratch, TypingContext(options: TypingOptions(), delimiter: 0x2C),
          slabs: &slabs, keepsValues: false)
      }
      return collector
    }
    let united = TextCollector.united(shares)
    #expect(united.count == 10 * batch && united.isExact && united.distinct == nil)
    #expect(united.profile.minimum == Array("s0".utf8))
    #expect(united.profile.maximum == Array("s999999".utf8))
    #expect(TextCollector.united([shares[0]]).count == 5 * batch)
  }

  @Test(arguments: [nil, 1_000_000])
  func aTableStaysOpenInASmallFileAndWhereTheSizeIsUnknown(expectedRowCount: Int?) {
    var collector = TextCollector(purpose: .layout)
    let scratch = ColumnScratch()
    var slabs = SlabWriter()
    let column = FieldColumn((0..<66_000).map { Array("s\($0)".utf8) })
    scratch.expectedRowCount = expectedRowCount
    _ = collector.collect(
      column.slice, scratch, TypingContext(options: TypingOptions(), delimiter: 0x2C),
      slabs: &slabs, keepsValues: true)
    #expect(collector.isOpen && !TextCollector.needsRecount([collector]))
    #expect(TextCollector.united([collector]).count == 66_000)
  }
}
