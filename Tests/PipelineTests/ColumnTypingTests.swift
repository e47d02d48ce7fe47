import Columnar
import Testing

@testable import DelimitedText
@testable import Pipeline

/// What is told of one column holds there as what is told of the table does, and nowhere else.
struct ColumnTypingTests {
  /// Every two neighbours of the table of meanings that are told something in terms of columns.
  private static let pairs: [(TypingCase, TypingCase)] = {
    let cases = ((try? TypingCase.all()) ?? []).filter {
      // What is told of columns of signs is an error where it does not hold, and a table's is not.
      !$0.setup.typing.keepsExactDigits && $0.setup.typing.dateFormats.isEmpty
        && !$0.setup.typing.readsAffixedNumbers
    }
    return zip(cases, cases.dropFirst()).filter {
      ($0.setup.typing != TypingOptions() || $1.setup.typing != TypingOptions())
        && $0.setup.delimiter == $1.setup.delimiter
    }
  }()

  @Test func eachColumnHasItsOwnMeaning() throws {
    #expect(Self.pairs.count > 20)
    for (number, (first, second)) in Self.pairs.enumerated() {
      // The second's fields follow those of the first through as many rows.
      let count = first.fields.count * second.fields.count
      let delimiter = String(UnicodeScalar(first.setup.delimiter))
      var file = ["a", "b", "c"].joined(separator: delimiter) + "\n"
      for row in 0..<count {
        let a = first.fields[row % first.fields.count]
        let b = second.fields[row % second.fields.count]
        file += [a, b].map { $0.csv(delimiter: first.setup.delimiter) }.joined(separator: delimiter)
        file += delimiter + "z\n"
      }
      var typing = TypingOptions()
      typing.columns["a"] = ColumnTyping(first.setup.typing)
      typing.columns["b"] = ColumnTyping(second.setup.typing)
      var reading = CSVReadingOptions(
        delimiter: first.setup.delimiter, quoting: .enclosed(by: UInt8(ascii: "\"")),
        hasHeader: true, threads: 1 + number % 3, chunkByteCount: 16 + number % 49)
      reading.escaping = .doubled
      let loaded = try TableLoader(
        inputs: [.bytes(Array(file.utf8), name: "test.csv")], reading: reading, typing: typing,
        keepsValues: false, countsDistinct: false
      ).load()
      let found = loaded.columns.prefix(2).map { "\($0.profile.type) \($0.profile.fidelity)" }
      #expect(
        found == ["\(first.type) \(first.fidelity)", "\(second.type) \(second.fidelity)"],
        "\(first)\n\(second)")
    }
  }

  /// A table-wide word stays, a column's sign replaces the table's.
  @Test func columnsComeBeforeTheTable() {
    var typing = TypingOptions()
    typing.nullTokens = ["-"]
    typing.decimalSeparator = 0x2C
    typing.columns["a"] = ColumnTyping()
    typing.columns["a"]?.nullTokens = ["x", "-"]
    typing.columns["a"]?.thousandsSeparator = 0x2C
    let own = typing.options(for: "a")
    #expect(own.nullTokens == ["-", "x"])
    #expect(own.thousandsSeparator == 0x2C)
    #expect(own.decimalSeparator == nil)
    #expect(typing.options(for: "b").nullTokens == ["-"])
    #expect(typing.options(for: "b").decimalSeparator == 0x2C)
  }
}

extension ColumnTyping {
  /// The same as what is told of a table.
  init(_ options: TypingOptions) {
    self.init()
    nullTokens = options.nullTokens
    if options.readsZeroPaddedNumbers { readsZeroPaddedNumbers = true }
    booleanWords = options.booleanWords
    decimalSeparator = options.decimalSeparator
    thousandsSeparator = options.thousandsSeparator
  }
}
