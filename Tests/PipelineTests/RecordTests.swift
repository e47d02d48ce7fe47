import Testing

@testable import DelimitedText

/// Text without a header and its records, `nil` for an empty field without quotes.
struct RecordCase: CustomTestStringConvertible {
  let text: String
  let rows: [[String?]]
  var testDescription: String { text.debugDescription }

  init(_ text: String, _ rows: [[String?]]) {
    self.text = text
    self.rows = rows
  }
}

enum RecordCases {
  static let all = [
    RecordCase("", []),
    RecordCase("a\n", [["a"]]),
    RecordCase("a", [["a"]]),
    RecordCase("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
    RecordCase("a,b\nc,d", [["a", "b"], ["c", "d"]]),
    RecordCase("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
    RecordCase("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
    RecordCase("a,b\rc,d\ne,f\r\ng,h", [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]]),
    RecordCase("a,\n,b\n", [["a", nil], [nil, "b"]]),
    RecordCase(",\n,\n", [[nil, nil], [nil, nil]]),
    RecordCase("\"\",a\nb,\"\"\n", [["", "a"], ["b", ""]]),
    RecordCase("\"\"\n\"\"\n", [[""], [""]]),
    RecordCase("\"a,b\",c\n", [["a,b", "c"]]),
    RecordCase("\"a\nb\",\"c\r\nd\"\n", [["a\nb", "c\r\nd"]]),
    RecordCase("\"a\"\"b\",\"\"\"\"\n", [["a\"b", "\""]]),
    RecordCase("\"a\"\r\n\"b\"\r\n", [["a"], ["b"]]),
    RecordCase(" a , b\t\n", [[" a ", " b\t"]]),
    RecordCase("a,b\n\n\nc,d\n\n", [["a", "b"], ["c", "d"]]),
    RecordCase("a,b\r\n\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
    RecordCase("\n\na,b\n", [["a", "b"]]),
    RecordCase("a\n\nb\n", [["a"], [nil], ["b"]]),
    RecordCase("a\r\n\r\nb\r\n", [["a"], [nil], ["b"]]),
    RecordCase("a\r\rb\r", [["a"], [nil], ["b"]]),
    RecordCase("a\r\r\nb\r", [["a"], [nil], ["b"]]),
    RecordCase("a,b,c\nd\ne,f\n", [["a", "b", "c"], ["d", nil, nil], ["e", "f", nil]]),
    RecordCase("a,b\nc,d,e\nf,g\n", [["a", "b", nil], ["c", "d", "e"], ["f", "g", nil]]),
    RecordCase("a,b\nc,d,\n", [["a", "b"], ["c", "d"]]),
    RecordCase("a,b\nc,d,,,\n", [["a", "b"], ["c", "d"]]),
    RecordCase("a,b\nc,d,\"\"\n", [["a", "b", nil], ["c", "d", ""]]),
    RecordCase("a,b\nc,d,,x\n", [["a", "b", nil, nil], ["c", "d", nil, "x"]]),
    RecordCase("a,b\n\"c,\",\"d\"\"\",\"\n\"\n", [["a", "b", nil], ["c,", "d\"", "\n"]]),
    RecordCase("a\0b,\0\n", [["a\0b", "\0"]]),
    RecordCase("ä,日本\n", [["ä", "日本"]]),
  ]
}

struct RecordTests {
  @Test(arguments: RecordCases.all, CSVReadingOptions.Engine.allCases)
  func records(_ test: RecordCase, engine: CSVReadingOptions.Engine) throws {
    let options = CSVReadingOptions(
      delimiter: UInt8(ascii: ","), hasHeader: false, engine: engine)
    #expect(try ReadTable(test.text, options).rows == test.rows)
  }

  @Test func withoutQuoting() throws {
    let options = CSVReadingOptions(quoting: .none, hasHeader: false, chunkByteCount: 3)
    let rows: [[String?]] = [["\"a", "b\"", nil], ["c", nil, nil], ["\"\"", "d", "e"]]
    #expect(try ReadTable("\"a,b\"\nc\n\n\"\",d,e\n", options).rows == rows)
  }

  @Test func otherQuote() throws {
    let options = CSVReadingOptions(
      quoting: .enclosed(by: UInt8(ascii: "'")), hasHeader: false, chunkByteCount: 3)
    let rows: [[String?]] = [["a,b", "it's"], ["\"c\"", nil]]
    #expect(try ReadTable("'a,b','it''s'\n\"c\"\n", options).rows == rows)
  }

  @Test func anomaliesAreCounted() throws {
    let text = "a,b\n1,2\n3\n\n4,5,6\n7,8\n9\n"
    let reader = try CSVChunkReader(inputs: [.bytes(Array(text.utf8), name: "test.csv")])
    let raw = RawChunk()
    #expect(try reader.next(into: raw))
    let anomalies = try ChunkScanner(table: reader.table).scan(raw).anomalies
    #expect([anomalies.short.count, anomalies.short.firstRow] == [2, 1])
    #expect([anomalies.long.count, anomalies.long.firstRow] == [1, 2])
    #expect([anomalies.blank.count, anomalies.blank.firstRow] == [1, 2])
    #expect(anomalies.reference.count == 0)
    #expect(reader.table.position(ofRow: 2, in: raw) == InputPosition(line: 5, byteOffset: 11))
  }

  /// Records with irregular quotes are counted one by one, whatever stands around them.
  @Test func irregularRecordsAreCounted() throws {
    let text = "a,b\r1,\"x\"\r\r5\" pipe,y\r2,z\r\"q\"r\",s\r"
    let reader = try CSVChunkReader(inputs: [.bytes(Array(text.utf8), name: "test.csv")])
    let raw = RawChunk()
    #expect(try reader.next(into: raw))
    let chunk = try ChunkScanner(table: reader.table).scan(raw)
    #expect(chunk.rows == 4)
    #expect([chunk.anomalies.reference.count, chunk.anomalies.reference.firstRow] == [2, 1])
  }
}
