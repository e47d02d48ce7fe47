import Columnar
import Testing

@testable import DelimitedText
@testable import Pipeline
@testable import Typing

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

  /// Reads integers far apart that all differ, of a file that has three million rows.
  private func readIntegers(
    purpose: IntegerSet.Purpose, mayForgetValues: Bool = true
  ) throws -> IntegerSet {
    let parser = ColumnParser(
      context: TypingContext(options: TypingOptions(), delimiter: 0x2C), target: .inferred,
      keepsValues: false, purpose: purpose, slabCapacity: 1 << 16)
    let scratch = ColumnScratch()
    scratch.expectedRowCount = 3_000_000
    scratch.mayForgetValues = mayForgetValues
    for chunk in 0..<7 {
      let numbers = (chunk * 10_000..<(chunk + 1) * 10_000).map { Array("\($0 * 1_000_003)".utf8) }
      let column = FieldColumn(numbers)
      _ = try withExtendedLifetime(column) { try parser.parse(column.slice, scratch) }
    }
    return parser.evidence.distinct.values
  }

  @Test func integersAreEstimatedWhereThereWillBeTooMany() throws {
    let estimated = try readIntegers(purpose: .report)
    #expect(estimated.isForeseen && estimated.count?.isExact == false)
    #expect(abs(Double(estimated.count?.value ?? 0) / 70_000 - 1) < 0.05)
    var united = IntegerSet(purpose: .report)
    united.formUnion(estimated)
    #expect(united.isForeseen)
    for counted in [
      try readIntegers(purpose: .report, mayForgetValues: false),
      try readIntegers(purpose: .exactReport),
    ] {
      #expect(!counted.isForeseen && counted.count! == (70_000, true))
    }
  }

  /// The first 70,000 differ, and then they come again.
  @Test func integersAreCountedAgainWhereTheyAreNotTooMany() throws {
    var bytes = Array("number\n".utf8)
    for row in 0..<2_400_000 {
      bytes += Array("\(row % 140_000 < 70_000 ? row % 70_000 + 17 : 1)00000\n".utf8)
    }
    var reading = CSVReadingOptions()
    reading.threads = 1
    let profile = try TableLoader(
      inputs: [.bytes(bytes, name: "test.csv")], reading: reading, typing: TypingOptions(),
      keepsValues: false, countsDistinct: true
    ).load().columns[0].profile
    #expect(profile.isDistinctExact && profile.distinctCount == 70_001)
  }

  /// Integers that differ have texts that do: a column of them that turns into text at its end has no
  /// dictionary, and what is said of it is what is said of text from the start.
  @Test(arguments: [false, true]) func aColumnThatTurnsIntoText(isExact: Bool) throws {
    let count = TextTable.maximumCount + 1 << 14
    func load(_ first: String) throws -> TypedColumn {
      var text = "a\n" + first
      for number in 10_000_000..<(10_000_000 + count) { text += "\(number)\n" }
      text += "word\n"
      return try TableLoader(
        inputs: [.bytes(Array(text.utf8), name: "test.csv")],
        reading: CSVReadingOptions(hasHeader: true, threads: 1), typing: TypingOptions(),
        keepsValues: false, countsDistinct: true, countsExactly: isExact
      ).load().columns[0]
    }
    // The first chunk is text here, so that the table fills up before it is closed.
    var (turned, expected) = (try load("").profile, try load("word\n").profile)
    #expect(turned.type == .string && turned.dictionaryCount == nil)
    #expect(turned.isDistinctExact == isExact)
    #expect(turned.distinctCount == expected.distinctCount)
    if isExact { #expect(turned.distinctCount == count + 1) }
    expected.rowCount -= 1
    expected.text?.byteCount -= 4
    (turned.source, expected.source) = (SourceFacts(), SourceFacts())
    #expect("\(turned)" == "\(expected)")
  }

  private static func collect(
    _ columns: [FieldColumn], purpose: IntegerSet.Purpose, expectedRowCount: Int?,
    mayForgetValues: Bool = true, keepsValues: Bool = true
  ) -> TextCollector {
    var collector = TextCollector(purpose: purpose)
    let scratch = ColumnScratch()
    var slabs = SlabWriter()
    scratch.expectedRowCount = expectedRowCount
    scratch.mayForgetValues = mayForgetValues
    for column in columns {
      _ = collector.collect(
        column.slice, scratch, TypingContext(options: TypingOptions(), delimiter: 0x2C),
        slabs: &slabs, keepsValues: keepsValues)
    }
    return collector
  }

  private static func strings(_ numbers: Range<Int>) -> FieldColumn {
    FieldColumn(numbers.map { Array("s\($0)".utf8) })
  }

  @Test func countingIsGivenUpWhenNearlyAllOfManyStringsDiffer() {
    let again = FieldColumn(Array(repeating: Array("again".utf8), count: 100))
    let collector = Self.collect(
      [Self.strings(0..<66_000), again], purpose: .layout, expectedRowCount: 3_000_000)
    #expect(collector.isForeseen)
    #expect(TextCollector.needsRecount([collector]))
    let united = TextCollector.united([collector])
    #expect(united.distinct == nil && united.count == nil && !united.isExact)
  }

  /// No count is given up, early or when a table is full, where all strings are to be counted.
  @Test func allStringsAreCountedWhereTheCountIsToBeExact() {
    let batch = 1 << 17
    let shares = [0..<5, 4..<10].map { batches in
      Self.collect(
        batches.map { Self.strings($0 * batch..<($0 + 1) * batch) }, purpose: .exactReport,
        expectedRowCount: 100_000_000, keepsValues: false)
    }
    let united = TextCollector.united(shares)
    #expect(united.count == 10 * batch && united.isExact && united.distinct == nil)
    #expect(united.profile.minimum == Array("s0".utf8))
    #expect(united.profile.maximum == Array("s999999".utf8))
    #expect(TextCollector.united([shares[0]]).count == 5 * batch)
  }

  /// Where no dictionary pays, strings are counted without a table, and as many.
  @Test(arguments: [nil, 40_000, 1_000_000])
  func stringsThatNearlyAllDifferAreCountedAllTheSame(expectedRowCount: Int?) {
    let shares = [0..<20_000, 15_000..<30_000].map { numbers in
      Self.collect(
        [
          Self.strings(numbers.lowerBound..<numbers.lowerBound + 10_000),
          Self.strings(numbers.lowerBound + 9_000..<numbers.upperBound),
        ], purpose: .report, expectedRowCount: expectedRowCount)
    }
    #expect(shares.allSatisfy { !$0.isOpen && !$0.isForeseen })
    // One that was never closed joins in.
    let open = Self.collect(
      [Self.strings(29_000..<31_000)], purpose: .report, expectedRowCount: nil)
    #expect(open.isOpen)
    for all in [shares + [open], [open] + shares] {
      #expect(!TextCollector.needsRecount(all))
      let united = TextCollector.united(all)
      #expect(united.count == 31_000 && united.isExact && united.distinct == nil)
      let byteCounts = (0..<31_000).map { "s\($0)".utf8.count }
      #expect(united.profile.distinctByteCount == byteCounts.reduce(0, +))
      #expect(united.profile.distinctLongByteCount == 0)
    }
  }

  @Test func aTableStaysOpenWhereADictionaryWillPay() {
    // 9000 values, drawn evenly: of a million rows, nearly none is new.
    let column = FieldColumn((0..<20_000).map { Array("s\($0 % 9000)".utf8) })
    let collector = Self.collect([column], purpose: .report, expectedRowCount: 1_000_000)
    #expect(collector.isOpen)
    #expect(TextCollector.united([collector]).distinct?.table.count == 9000)
  }

  /// The size of the file let expect fewer strings than there are, and none were estimated.
  @Test func moreStringsThanExpectedAreCountedAgain() {
    let batch = 1 << 18
    let columns = (0..<5).map { Self.strings($0 * batch..<($0 + 1) * batch) }
    let first = Self.collect(
      columns, purpose: .report, expectedRowCount: 300_000, keepsValues: false)
    #expect(TextCollector.needsRecount([first]))
    let second = Self.collect(
      columns, purpose: .report, expectedRowCount: 300_000, mayForgetValues: false,
      keepsValues: false)
    #expect(!TextCollector.needsRecount([second]))
    let united = TextCollector.united([second])
    #expect(!united.isExact)
    #expect(abs(Double(united.count ?? 0) / Double(5 * batch) - 1) < 0.05)
    // No report asks how many there are past what a dictionary has.
    let layout = Self.collect(
      columns, purpose: .layout, expectedRowCount: 300_000, keepsValues: false)
    #expect(!TextCollector.needsRecount([layout]) && !TextCollector.united([layout]).isExact)
  }

  /// A table that was closed in vain: the first rows differ, and all others are among them.
  @Test(arguments: [1, 2]) func aDictionaryIsMadeWhereItPaysAfterAll(threads: Int) throws {
    var bytes = Array("text\n".utf8)
    for number in 0..<200_000 {
      bytes += Array("a text of some length \(number < 10_000 ? number : number % 100)\n".utf8)
    }
    var reading = CSVReadingOptions()
    reading.threads = threads
    reading.chunkByteCount = 1 << 18
    let loaded = try TableLoader(
      inputs: [.bytes(bytes, name: "test.csv")], reading: reading, typing: TypingOptions(),
      keepsValues: true, countsDistinct: true
    ).load()
    let column = loaded.columns[0]
    #expect(column.profile.dictionaryCount == 10_000)
    let layout = Layout(
      encoding: "dictionary", width: 2, isUnsigned: true, values: Layout(encoding: "utf8"))
    let encoded = try column.encode(layout: layout)
    #expect(encoded.dictionary[0].count == 10_000)
    let texts = ValueText(encoded)
    for row in [0, 123, 9999, 10_000, 123_456, 199_999] {
      let number = row < 10_000 ? row : row % 100
      #expect(
        texts.text(row: row).map { String(decoding: $0, as: UTF8.self) }
          == "a text of some length \(number)")
    }
  }
}
