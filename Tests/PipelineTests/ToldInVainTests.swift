import Testing

@testable import DelimitedText

/// Options that leave nothing to read, or that nothing in the file is, are said.
struct ToldInVainTests {
  private static let tabs = "a\tb\n1\t2\n3\t4\n5\t6\n"

  private func notes(_ text: String, _ options: CSVReadingOptions) throws -> [String] {
    let reader = try CSVChunkReader(
      inputs: [.bytes(Array(text.utf8), name: "in.csv")], options: options)
    _ = try ReadTable(reader)
    return reader.table.notes.map(\.description)
  }

  @Test func delimitersThatNoLineHas() throws {
    for (delimiter, name) in [("|", "'|'"), (";", "';'"), ("\u{1F}", "'\\x1f'")] {
      let options = CSVReadingOptions(delimiter: delimiter.utf8.first!)
      let found = try notes(Self.tabs, options)
      #expect(
        found.contains(
          "no line has the delimiter `\(name)`; `--delimiter tab` divides each into 2 fields"),
        "\(found)")
    }
    // One column is what it says.
    let found = try notes("a\n1\n2\n3\n", CSVReadingOptions(delimiter: UInt8(ascii: ",")))
    #expect(!found.contains { $0.contains("delimiter") }, "\(found)")
  }

  @Test func linesPastTheEnd() throws {
    for count in [4, 99] {
      var options = CSVReadingOptions()
      options.skippedLineCount = count
      #expect(try notes(Self.tabs, options).contains { $0.contains("`--skip \(count)`") })
      options = CSVReadingOptions()
      options.skippedFooterLineCount = count
      #expect(try notes(Self.tabs, options).contains { $0.contains("`--skip-footer \(count)`") })
    }
    var options = CSVReadingOptions()
    options.skippedLineCount = 1
    #expect(try !notes(Self.tabs, options).contains { $0.contains("--skip") })
  }
}
