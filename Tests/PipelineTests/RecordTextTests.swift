import TestSupport
import Testing

@testable import DelimitedText
@testable import FileIO

/// A file and what its records look like as CSV and as JSON Lines.
struct RecordTextCase: CustomTestStringConvertible {
  let text: String
  let csv: String
  let json: String
  var hasHeader: Bool?
  var testDescription: String { text.debugDescription }

  init(_ text: String, csv: String, json: String, hasHeader: Bool? = nil) {
    self.text = text
    self.csv = csv
    self.json = json
    self.hasHeader = hasHeader
  }

  static let all = [
    // Nothing, and headers alone.
    RecordTextCase("", csv: "", json: ""),
    RecordTextCase("\n\n", csv: "", json: ""),
    RecordTextCase("a,b\n", csv: "a,b\n", json: #"["a","b"]"# + "\n"),
    RecordTextCase("a,b", csv: "a,b\n", json: #"["a","b"]"# + "\n"),
    RecordTextCase(
      "a,,a\n1,2,3\n", csv: "a,,a\n1,2,3\n", json: json(["a", "", "a"], ["1", "2", "3"])),
    // No header: none is invented.
    RecordTextCase("1,x\n2,y\n", csv: "1,x\n2,y\n", json: json(["1", "x"], ["2", "y"])),
    RecordTextCase(
      "a,b\nc,d\n", csv: "a,b\nc,d\n", json: json(["a", "b"], ["c", "d"]), hasHeader: false),
    // Records as wide as they are; blank lines.
    RecordTextCase(
      "a,b\n1\n1,2,3\n\n4,5,\n,\n", csv: "a,b\n1\n1,2,3\n4,5,\n,\n",
      json: json(["a", "b"], ["1"], ["1", "2", "3"], ["4", "5", ""], ["", ""])),
    RecordTextCase(
      "a,b\n\n\r\n1,2\n\n", csv: "a,b\n1,2\n", json: json(["a", "b"], ["1", "2"])),
    RecordTextCase(
      "a,b\n\"\"\n1,2\n", csv: "a,b\n\"\"\n1,2\n", json: json(["a", "b"], [""], ["1", "2"])),
    // One column, where a blank line is a record.
    RecordTextCase(
      "a\nx\n\ny\n\n", csv: "a\nx\n\"\"\ny\n\"\"\n", json: json(["a"], ["x"], [""], ["y"], [""])),
    RecordTextCase(
      "a\r\nx\r\n\r\n", csv: "a\nx\n\"\"\n", json: json(["a"], ["x"], [""])),
    RecordTextCase("a\n\"\"\nx,y\n", csv: "a\n\"\"\nx,y\n", json: json(["a"], [""], ["x", "y"])),
    // Line ends.
    RecordTextCase(
      "a,b\r\n1,2\r\n3,4\r\n", csv: "a,b\n1,2\n3,4\n",
      json: json(["a", "b"], ["1", "2"], ["3", "4"])),
    RecordTextCase(
      "a,b\r1,2\r3,4", csv: "a,b\n1,2\n3,4\n", json: json(["a", "b"], ["1", "2"], ["3", "4"])),
    // Quotes: kept only where they are needed.
    RecordTextCase(
      "a,b\n\"x\",\"y, z\"\n\"l\nm\",\"l\r\nm\"\n\"say \"\"hi\"\"\",\"\"\"\"\n",
      csv: "a,b\nx,\"y, z\"\n\"l\nm\",\"l\r\nm\"\n\"say \"\"hi\"\"\",\"\"\"\"\n",
      json: json(["a", "b"], ["x", "y, z"], [#"l\nm"#, #"l\r\nm"#], [#"say \"hi\""#, #"\""#])),
    RecordTextCase(
      "a,b\n,\"\"\n\"\",\n", csv: "a,b\n,\"\"\n\"\",\n",
      json: json(["a", "b"], ["", ""], ["", ""])),
    RecordTextCase(
      "\"a\",\"b,c\"\n1,2\n", csv: "a,\"b,c\"\n1,2\n", json: json(["a", "b,c"], ["1", "2"])),
    RecordTextCase(
      "a,b\n5\" pipe,x\n\"p\"q\",y\n", csv: "a,b\n\"5\"\" pipe\",x\n\"p\"\"q\",y\n",
      json: json(["a", "b"], [#"5\" pipe"#, "x"], [#"p\"q"#, "y"])),
    // Nothing is typed, trimmed or replaced.
    RecordTextCase(
      "a,b\n007, 1.50 \nNA,+3\n", csv: "a,b\n007, 1.50 \nNA,+3\n",
      json: json(["a", "b"], ["007", " 1.50 "], ["NA", "+3"])),
    RecordTextCase(
      "a,b\nx\0y,\u{1B}\u{7F}\n日本,é\\t\t\n", csv: "a,b\nx\0y,\u{1B}\u{7F}\n日本,é\\t\t\n",
      json: json(["a", "b"], [#"x\u0000y"#, #"\u001b"# + "\u{7F}"], ["日本", #"é\\t\t"#])),
    RecordTextCase("\u{FEFF}a,b\n1,2\n", csv: "a,b\n1,2\n", json: json(["a", "b"], ["1", "2"])),
    // Other delimiters become commas.
    RecordTextCase(
      "a;b\n1,5;x\n\"y;z\";2,5\n", csv: "a,b\n\"1,5\",x\ny;z,\"2,5\"\n",
      json: json(["a", "b"], ["1,5", "x"], ["y;z", "2,5"])),
    RecordTextCase(
      "a\tb\n1\tx, y\n2\tz\n", csv: "a,b\n1,\"x, y\"\n2,z\n",
      json: json(["a", "b"], ["1", "x, y"], ["2", "z"])),
    RecordTextCase("sep=;\na;b\n1;2\n", csv: "a,b\n1,2\n", json: json(["a", "b"], ["1", "2"])),
    RecordTextCase(
      "\"sep=\",b\nsep=,1\n", csv: "\"sep=\",b\nsep=,1\n",
      json: json(["sep=", "b"], ["sep=", "1"])),
    RecordTextCase(
      "\nsep=,b\n", csv: "\"sep=\",b\n", json: json(["sep=", "b"]), hasHeader: false),
    RecordTextCase(
      "a,b\n'x,y',\"q\"\n'it''s',2\n", csv: "a,b\n'x,y',q\n'it''s',2\n",
      json: json(["a", "b"], ["'x", "y'", "q"], ["'it''s'", "2"])),
  ]

  /// Records as lines, their fields escaped already.
  private static func json(_ records: [String]...) -> String {
    records.map { "[" + $0.map { "\"\($0)\"" }.joined(separator: ",") + "]\n" }.joined()
  }
}

/// The text of a file's records, errors included.
private func recordText<Spelling: RecordSpelling>(
  _ bytes: [UInt8], as spelling: Spelling.Type, _ options: CSVReadingOptions,
  recordLimit: Int = .max
) -> String {
  let sink = GatheringSink()
  do {
    let inputs = [CSVInput.bytes(bytes, name: "test.csv")]
    try RecordText(inputs, options: options, as: spelling, recordLimit: recordLimit).write(to: sink)
    return sink.text
  } catch {
    return "\(error)"
  }
}

struct RecordTextTests {
  private typealias Engine = CSVReadingOptions.Engine

  @Test(arguments: RecordTextCase.all, Engine.allCases)
  func records(_ test: RecordTextCase, engine: CSVReadingOptions.Engine) {
    for chunkByteCount in [1, 2, 3, 5, 8, 13, 1 << 20] {
      let options = CSVReadingOptions(
        hasHeader: test.hasHeader, engine: engine, chunkByteCount: chunkByteCount)
      let bytes = Array(test.text.utf8)
      #expect(recordText(bytes, as: CSVRecords.self, options) == test.csv, "\(chunkByteCount)")
      #expect(recordText(bytes, as: JSONRecords.self, options) == test.json, "\(chunkByteCount)")
    }
  }

  /// What is written reads back as the same records, by both engines, in chunks of any size.
  @Test(arguments: 0..<32 as Range<UInt64>)
  func generated(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<8 {
      var file = CSVGenerator.file(using: &generator)
      if round % 2 == 1 { file = CSVGenerator.mutation(of: file, using: &generator) }
      var options = CSVReadingOptions(
        delimiter: UInt8(ascii: ","), quoting: .enclosed(by: UInt8(ascii: "\"")),
        hasHeader: round % 4 < 2, engine: .libcsv, invalidUTF8: .replace)
      let csv = recordText(file, as: CSVRecords.self, options)
      let json = recordText(file, as: JSONRecords.self, options)
      guard !csv.hasPrefix("test.csv") else { continue }
      #expect(recordText(Array(csv.utf8), as: CSVRecords.self, options) == csv)
      #expect(recordText(Array(csv.utf8), as: JSONRecords.self, options) == json)
      options.engine = .automatic
      for chunkByteCount in [1, 7, 30, 1 << 20] {
        options.chunkByteCount = chunkByteCount
        #expect(
          recordText(file, as: CSVRecords.self, options) == csv, "seed \(seed), round \(round)")
        #expect(
          recordText(file, as: JSONRecords.self, options) == json, "seed \(seed), round \(round)")
      }
    }
  }

  @Test(arguments: [1, 4, 1 << 20])
  func head(chunkByteCount: Int) {
    let options = CSVReadingOptions(chunkByteCount: chunkByteCount)
    let plain = Array("a,b\n1,2\n3,4\n5,6\n".utf8)
    let odd = Array("a,b\n1\n\n\"x\ny\",\"4\"\n5,6\n".utf8)
    func text(_ bytes: [UInt8], _ limit: Int) -> String {
      recordText(bytes, as: CSVRecords.self, options, recordLimit: limit)
    }
    #expect(text(plain, 0) == "a,b\n")
    #expect(text(plain, 2) == "a,b\n1,2\n3,4\n")
    #expect(text(plain, 3) == "a,b\n1,2\n3,4\n5,6\n")
    #expect(text(plain, 9) == "a,b\n1,2\n3,4\n5,6\n")
    #expect(text(odd, 1) == "a,b\n1\n")
    #expect(text(odd, 2) == "a,b\n1\n\"x\ny\",4\n")
  }

  @Test func withoutQuoting() {
    let options = CSVReadingOptions(quoting: .none, chunkByteCount: 3)
    let text = recordText(Array("x,y\n\"a,b\"\n\"\",c\n".utf8), as: CSVRecords.self, options)
    #expect(text == "x,y\n\"\"\"a\",\"b\"\"\"\n\"\"\"\"\"\",c\n")
  }

  @Test func otherQuote() {
    let options = CSVReadingOptions(quoting: .enclosed(by: UInt8(ascii: "'")))
    let text = recordText(
      Array("x,y\n'a,b','it''s'\n\"c\",''\n".utf8), as: CSVRecords.self, options)
    #expect(text == "x,y\n\"a,b\",it's\n\"\"\"c\"\"\",\"\"\n")
  }

  /// The header comes once, though every file has it.
  @Test func manyFiles() throws {
    let inputs = ["a,b\n1,2\n", "a,b\n", "a,b\n3,4"].map {
      CSVInput.bytes(Array($0.utf8), name: "")
    }
    let sink = GatheringSink()
    try RecordText(inputs, options: CSVReadingOptions(), as: CSVRecords.self).write(to: sink)
    #expect(sink.text == "a,b\n1,2\n3,4\n")
  }

  @Test(arguments: CSVReadingOptions.Engine.allCases)
  func strict(_ engine: CSVReadingOptions.Engine) {
    let options = CSVReadingOptions(engine: engine, isStrict: true)
    let text = recordText(Array("a,b\n1,2\n\n3\n".utf8), as: CSVRecords.self, options)
    #expect(text.hasPrefix("test.csv, line 4, byte 9: the record has fewer fields"))
  }

  /// More than a block, so that texts of all sizes pass through the output.
  @Test func manyBlocks() {
    let plain = "a,b\n" + (0..<60_000).map { "\($0),\($0 % 7)\n" }.joined()
    let quoted = plain.replacing("\n", with: ",\" , \"\n")
    for (text, chunk) in [(plain, 1 << 20), (plain, 1 << 12), (quoted, 1 << 20)] {
      let options = CSVReadingOptions(chunkByteCount: chunk)
      #expect(recordText(Array(text.utf8), as: CSVRecords.self, options) == text)
    }
  }
}
