import Testing

@testable import DelimitedText
@testable import FileIO

/// A file's start, and the dialect that it should be taken for.
struct DialectCase: CustomTestStringConvertible {
  let text: String
  let delimiter: Character
  var quote: Character = "\""
  var hasHeader = true
  var lineEnding = LineEnding.lf
  var testDescription: String { text.debugDescription }

  static let all = [
    DialectCase(text: "", delimiter: ","),
    DialectCase(text: "a\n", delimiter: ","),
    DialectCase(text: "a,b\n1,2\n", delimiter: ","),
    DialectCase(text: "a;b\n1;2\n", delimiter: ";"),
    DialectCase(text: "a\tb\n1\t2\n", delimiter: "\t"),
    DialectCase(text: "a|b\n1|2\n", delimiter: "|"),
    DialectCase(text: "a;b;c\n1,5;2,5;x\n3,5;4,5;y\n", delimiter: ";"),
    DialectCase(text: "1,5;2,5;3,5\n4,5;5,5;6,5\n", delimiter: ";", hasHeader: false),
    DialectCase(text: "a;b;c, EUR\nx;y;3,1\nz;y;4,1\nv;w;5,5\n", delimiter: ";"),
    DialectCase(text: "id;text\n1;\"a,b\"\n2;\"c,d,e\"\n", delimiter: ";"),
    DialectCase(text: "id,text\n1,\"a;b;c\"\n2,\"d;e;f\"\n", delimiter: ","),
    DialectCase(text: "time;note\n12:30;a, b\n12:40;c\n", delimiter: ";"),
    DialectCase(text: "a|b,c|d\n1|2,3|4\n5|6|7\n8|9|0\n", delimiter: "|", hasHeader: true),
    DialectCase(text: "a,b,c\n1,2\n1,2,3,4\n", delimiter: ","),
    DialectCase(text: "sep=;\na;b\n1;2\n", delimiter: ";"),
    DialectCase(text: "sep=|\r\na|b\r\n", delimiter: "|", lineEnding: .crlf),
    DialectCase(text: "a,b\n'x,y',2\n'z',3\n", delimiter: ",", quote: "'"),
    DialectCase(text: "a,b\nit's,2\nx,3\n", delimiter: ","),
    DialectCase(text: "a,b\n'tis,2\n\"x,y\",3\n", delimiter: ","),
    DialectCase(text: "a,b\r\n1,2\r\n", delimiter: ",", lineEnding: .crlf),
    DialectCase(text: "a,b\r1,2\r", delimiter: ",", lineEnding: .cr),
    DialectCase(text: "a,b\r\n1,2\n", delimiter: ",", lineEnding: .mixed),
    DialectCase(text: "1,x\n2,y\n", delimiter: ",", hasHeader: false),
    DialectCase(text: "2024-01-01,x\n2024-01-02,y\n", delimiter: ",", hasHeader: false),
    DialectCase(text: "x,y\nz,w\n", delimiter: ","),
    DialectCase(text: "name,2019,2020\na,x,1\nb,y,2\n", delimiter: ","),
    DialectCase(text: "id,2019\n1,5\n2,6\n", delimiter: ","),
    DialectCase(text: "1,2\n", delimiter: ",", hasHeader: false),
    DialectCase(text: ",1\nx,2\n", delimiter: ",", hasHeader: false),
  ]
}

struct DialectTests {
  @Test(arguments: DialectCase.all)
  func detected(_ test: DialectCase) throws {
    let reader = try CSVChunkReader(inputs: [.bytes(Array(test.text.utf8), name: "test.csv")])
    var expected = CSVDialect(
      delimiter: test.delimiter.asciiValue!, quote: test.quote.asciiValue,
      hasHeader: test.hasHeader, lineEnding: test.lineEnding)
    expected.quoteMendWidth = reader.table.dialect.quoteMendWidth
    #expect(reader.table.dialect == expected)
    // That a first record is taken for data is said.
    #expect(
      reader.table.notes.map { $0.description.contains("`--header`") }
        == (test.hasHeader ? [] : [true]))
  }

  @Test func forced() throws {
    let options = CSVReadingOptions(
      delimiter: UInt8(ascii: ":"), quoting: .none, hasHeader: false, skippedLineCount: 1)
    let table = try ReadTable("a,b\n\"1:2\"\n", options)
    #expect(table.names == ["column_1", "column_2"])
    #expect(table.rows == [["\"1", "2\""]])
  }

  @Test(arguments: [
    (["a", "b"], ["a", "b"]),
    (["a", "a", "a"], ["a", "a_2", "a_3"]),
    (["a", "a", "a_2"], ["a", "a_3", "a_2"]),
    (["a_2", "a", "a"], ["a_2", "a", "a_3"]),
    (["", "b", ""], ["column_1", "b", "column_3"]),
    (["", "column_1"], ["column_1_2", "column_1"]),
    (["a", "a", "a_2", "a_2"], ["a", "a_3", "a_2", "a_2_2"]),
  ])
  func headerNames(_ header: [String], _ names: [String]) {
    #expect(HeaderNames.unique(header.map { Array($0.utf8) }) == names)
  }

  @Test func dialectIsCodable() {
    #expect(CSVDialect().hashValue == CSVDialect().hashValue)
    #expect(TextEncoding(rawValue: "windows-1252") == .windows1252)
  }
}
