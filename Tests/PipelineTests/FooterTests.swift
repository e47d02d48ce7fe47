import Testing

@testable import DelimitedText

/// Lines behind a table: what is left out as a footer, what is a record, and `--skip-footer`.
struct FooterTests {
  private static let rows = (0..<30).map { "\($0),\($0 * 7 % 11)\n" }.joined()
  private static let named = (0..<30).map { "c\($0),\($0),\($0 * 7 % 11)\n" }.joined()

  @Test(arguments: [
    ("a,b\n" + rows, "\nSource: World Bank, 2020\n"), ("a,b\n" + rows, "Source: World Bank, 2020"),
    ("a,b\n" + rows, "Data as of 3 May 2020, provisional\n"), ("a,b\n" + rows, "end of file\n"),
    ("c,a,b\n" + named, "Source: XYZ,,\n"), ("c,a,b\n" + named, ",,\nmade by hand in May,,\n"),
    ("c,a,b\n" + named, "\n\"Data from database: XYZ\",,\nLast updated: May,,\n"),
    ("c,a,b\n" + named, "\nSource: World Bank, 2020, revised\n"),
    ("c,a,b\n" + named, "(1) with, without, or both\n"),
  ])
  func areLeftOutAndSaid(_ table: String, _ footer: String) throws {
    let reader = try CSVChunkReader(inputs: [.bytes(Array((table + footer).utf8), name: "in.csv")])
    #expect(try ReadTable(reader) == ReadTable(table))
    #expect(reader.table.notes.contains { $0.description.contains("footer") })
  }

  /// Totals, names and remarks that are data stay.
  @Test(arguments: [
    ("a,b\n" + rows, "Total,465\n"), ("a,b\n" + rows, "\nTotal, 465\n"),
    ("c,a,b\n" + named, "Total,465,150\n"), ("c,a,b\n" + named, "Total,,\n"),
    ("c,a,b\n" + named, "\nGrand total of all,,\n"), ("c,a,b\n" + named, "Sum: all,,\n"),
    ("c,a,b\n" + named, "c30,,\n"), ("c,a,b\n" + named, "New South Wales,5,6\n"),
    ("c,a,b\n" + named, "New South Wales,,\n"), ("a,b\n" + rows, "n/a,5\n"),
    (
      "place,note\n" + (0..<30).map { "p\($0),so it is, number \($0)\n" }.joined(),
      "p31,as it was, at last\n"
    ),
  ])
  func recordsStay(_ table: String, _ last: String) throws {
    let reader = try CSVChunkReader(inputs: [.bytes(Array((table + last).utf8), name: "in.csv")])
    #expect(try ReadTable(reader).rows.count == ReadTable(table).rows.count + 1)
    #expect(!reader.table.notes.contains { $0.description.contains("footer:") })
  }

  /// A last record that takes a column's type away is said, with the option that leaves it out.
  @Test func aLastRecordOfWordsIsSaid() throws {
    func notes(_ text: String) throws -> [String] {
      try CSVChunkReader(inputs: [.bytes(Array(text.utf8), name: "in.csv")]).table.notes.map(
        \.description)
    }
    #expect(
      try notes("a,b\n" + Self.rows + "Total,465\n").contains { $0.contains("--skip-footer 1") })
    #expect(try notes("c,a,b\n" + Self.named + "Total,465,150\n").isEmpty)
    #expect(try notes("a,b\n" + Self.rows).isEmpty)
  }

  /// Without its last lines a file is the text that ends before them, however lines end.
  @Test(arguments: ["\n", "\r\n", "\r"]) func skippedLines(lineEnd: String) throws {
    let lines = ["a,b"] + (0..<3000).map { "\($0),\"x\($0)\"" } + ["", "end, of", "it"]
    for count in [0, 1, 2, 3, 4, 3000, 4000] {
      for last in ["", lineEnd] {
        var options = CSVReadingOptions(delimiter: UInt8(ascii: ","), chunkByteCount: 64)
        options.skippedFooterLineCount = count
        let text = lines.joined(separator: lineEnd) + last
        let rest = lines.dropLast(min(count, lines.count)).map { $0 + lineEnd }.joined()
        options.hasHeader = true
        let read = try ReadTable(text, options)
        options.skippedFooterLineCount = 0
        let expected = try ReadTable(count == 0 ? text : rest, options)
        #expect(read == expected, "\(count) of \(lines.count) lines")
      }
    }
  }
}
