import Testing

@testable import DelimitedText

/// A file as people write them, the records that are read, and words of the notes on it.
struct DirtyFile: CustomTestStringConvertible {
  let text: String
  let records: [[String]]
  var notes: [String] = []
  var testDescription: String { text.debugDescription }

  init(_ text: String, _ records: [[String]], notes: [String] = []) {
    self.text = text
    self.records = records
    self.notes = notes
  }

  static let all = [
    // Longer delimiters.
    DirtyFile("a||b||c\n1||2||3\n4||||6\n", [["a", "b", "c"], ["1", "2", "3"], ["4", "", "6"]]),
    DirtyFile("a::b\n1::2\n3::4\n", [["a", "b"], ["1", "2"], ["3", "4"]]),
    DirtyFile("a~|~b\n1~|~2\n3~|~4\n", [["a", "b"], ["1", "2"], ["3", "4"]]),
    DirtyFile("a~b\n1~2\n3~4\n", [["a", "b"], ["1", "2"], ["3", "4"]]),
    DirtyFile("a\u{1F}b\nx\u{1F}y\nz\u{1F}w\n", [["a", "b"], ["x", "y"], ["z", "w"]]),
    // What looks like a delimiter and is none. A quote that stays open speaks against the comma;
    // that records are even from the first to the last speaks for the semicolon.
    DirtyFile(
      "name;role,note\nann;cook,x\nbob;smith,y\neve;baker,\"z\n",
      [["name", "role,note"], ["ann", "cook,x"], ["bob", "smith,y"], ["eve", "baker,\"z"]],
      notes: ["1 record has stray quotes, on line 4"]),
    DirtyFile(
      "Survey, spring 2024\nmade by hand, twice\nfor the board, Bonn\nof directors\nto be read, once\n"
        + "then kept, always\nin the archive, Rome\non the shelf, left\nroom seven\nby the door, white\n"
        + "east;west\n1;2,5\n3;2,0\n4;7,5\n1;9,5\n6;2,5\n8;2,5\n9;1,5\n7;3,5\n2;4,5\n3;5,5\n",
      [
        ["east", "west"], ["1", "2,5"], ["3", "2,0"], ["4", "7,5"], ["1", "9,5"], ["6", "2,5"],
        ["8", "2,5"], ["9", "1,5"], ["7", "3,5"], ["2", "4,5"], ["3", "5,5"],
      ], notes: ["10 lines before the table are left out as a preamble"]),
    DirtyFile("at\n10:20:30\n10:20:31\n", [["at"], ["10:20:30"], ["10:20:31"]]),
    DirtyFile(
      "when\n2024-01-01 10:00\n2024-01-02 11:00\n",
      [["when"], ["2024-01-01 10:00"], ["2024-01-02 11:00"]]),
    DirtyFile("std::map\nstd::set\nstd::list\n", [["std::map"], ["std::set"], ["std::list"]]),
    DirtyFile(
      "a,,b\n1,,2\n3,,4\n", [["a", "", "b"], ["1", "", "2"], ["3", "", "4"]],
      notes: ["renamed: column 2, which has no name, is `column_2`"]),
    // Escapes.
    DirtyFile(
      "a,b\n\"say \\\"hi\\\", he said\",2\n\"x\",3\n",
      [["a", "b"], ["say \"hi\", he said", "2"], ["x", "3"]]),
    DirtyFile("a,b\nx\\,y,2\nz,3\n", [["a", "b"], ["x,y", "2"], ["z", "3"]]),
    DirtyFile(
      "a,b\n\"C:\\dir\\\",2\n\"D:\\\",3\n", [["a", "b"], ["C:\\dir\\", "2"], ["D:\\", "3"]]),
    // Spaces.
    DirtyFile(
      "a, b\n1, x\n2, y\n", [["a", "b"], ["1", "x"], ["2", "y"]],
      notes: ["spaces beside delimiters"]),
    DirtyFile("a,b\n1, x\n2, y\n", [["a", "b"], ["1", " x"], ["2", " y"]]),
    DirtyFile("a,b\n\"x\" ,2\n\"y, z\" ,3\n", [["a", "b"], ["x", "2"], ["y, z", "3"]]),
    DirtyFile(
      "a , b\n1 , x\n2 , y\n", [["a", "b"], ["1", "x"], ["2", "y"]],
      notes: ["spaces beside delimiters"]),
    // Comments.
    DirtyFile(
      "a,b\n1,2\n# checked\n3,4\n", [["a", "b"], ["1", "2"], ["3", "4"]],
      notes: ["1 line that begins with `#` is left out as a comment, on line 3"]),
    DirtyFile("a,b\n1,2\n#x,y\n3,4\n", [["a", "b"], ["1", "2"], ["#x", "y"], ["3", "4"]]),
    DirtyFile("#id,b\n1,2\n3,4\n5,6\n", [["#id", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]),
    DirtyFile(
      "a,b\n1,2\n# c\n#d,e\n3,4\n", [["a", "b"], ["1", "2"], ["# c"], ["#d", "e"], ["3", "4"]],
      notes: ["1 record is short"]),
    // Preamble and footer.
    DirtyFile(
      "Report\n\na,b\n1,2\n3,4\n5,6\n", [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]],
      notes: ["2 lines before the table are left out as a preamble: `Report`"]),
    DirtyFile(
      "Report,,\n,,\na,b,c\n1,2,3\n4,5,6\n7,8,9\n",
      [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]],
      notes: ["2 lines before the table"]),
    DirtyFile(
      "a,b\n1,2\n3,4\n5,6\nTotal of all: twelve\n",
      [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]],
      notes: ["1 line behind the table is left out as a footer: `Total of all: twelve`"]),
    DirtyFile(
      "1,x\n3,y\n5,z\n\nTotal of all: nine\n", [["1", "x"], ["3", "y"], ["5", "z"]],
      notes: ["1 line behind the table is left out"]),
    // What may be a record is one.
    DirtyFile(
      "a\n1,2\n3,4\n5,6\n", [["a"], ["1", "2"], ["3", "4"], ["5", "6"]],
      notes: ["3 records are long"]),
    DirtyFile(
      "a,b\n1,2\n3,4\n5,6\n7\n", [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"], ["7"]],
      notes: ["1 record is short, on line 5"]),
    DirtyFile(
      "a,b\nNew York,2\nBonn,4\nRome,6\nNew York\n",
      [["a", "b"], ["New York", "2"], ["Bonn", "4"], ["Rome", "6"], ["New York"]],
      notes: ["1 record is short, on line 5"]),
    DirtyFile(
      "a,b\n1,2\n3,4\n5,6\n\nc\n7\n8\n",
      [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"], ["c"], ["7"], ["8"]],
      notes: ["3 records are short, the first on line 6"]),
    // Headers of several lines.
    DirtyFile(
      "id,mass\n,(kg)\n1,2.5\n2,3.5\n3,4.5\n",
      [["id", "mass (kg)"], ["1", "2.5"], ["2", "3.5"], ["3", "4.5"]], notes: ["the header takes 2"]
    ),
    DirtyFile(
      ",2019,,2020\nname,low,high,low\na,1,2,3\nb,4,5,6\nc,7,8,9\n",
      [
        ["name", "2019 low", "high", "2020 low"], ["a", "1", "2", "3"], ["b", "4", "5", "6"],
        ["c", "7", "8", "9"],
      ], notes: ["the header takes 2"]),
    DirtyFile(
      "a,b\nx,y\n1,2\n3,4\n5,6\n",
      [["a", "b"], ["x", "y"], ["1", "2"], ["3", "4"], ["5", "6"]],
      notes: ["the second record has words"]),
    DirtyFile(
      "a,\nNA,NA\n1,2\n3,4\n5,6\n",
      [["a", ""], ["NA", "NA"], ["1", "2"], ["3", "4"], ["5", "6"]],
      notes: ["renamed: column 2"]),
    // Quotes.
    DirtyFile(
      "a,b\n5\" pipe,1\n6,2\n7\" pipe,3\" pipe\n",
      [["a", "b"], ["5\" pipe", "1"], ["6", "2"], ["7\" pipe", "3\" pipe"]],
      notes: ["2 records have stray quotes, the first on line 2"]),
    DirtyFile(
      "a,b\n5\" pipe,\"x, y\"\n6\" pipe,z\n\"q, r\",8\n9\" pipe,w\n",
      [["a", "b"], ["5\" pipe", "x, y"], ["6\" pipe", "z"], ["q, r", "8"], ["9\" pipe", "w"]],
      notes: ["3 records have stray quotes, the first on line 2"]),
    DirtyFile(
      "a,b\n1,\"big\"box\n2,x\n3,y\n",
      [["a", "b"], ["1", "\"big\"box"], ["2", "x"], ["3", "y"]],
      notes: ["1 record has stray quotes, on line 2"]),
    DirtyFile(
      "a,b\n\"x, y\"z,1\n\"q, r\",2\n", [["a", "b"], ["\"x, y\"z", "1"], ["q, r", "2"]],
      notes: ["1 record has stray quotes, on line 2"]),
    DirtyFile(
      "a,b\n5\" pipe,1\n7\" pipe,2\n", [["a", "b"], ["5\" pipe", "1"], ["7\" pipe", "2"]],
      notes: ["2 records have stray quotes, the first on line 2"]),
    DirtyFile(
      "a,b\n1,\"x\n" + (2...12).map { "\($0),y\n" }.joined(),
      [["a", "b"], ["1", "\"x"]] + (2...12).map { ["\($0)", "y"] },
      notes: ["quotes are read as text"]),
  ]
}

struct DirtyFileTests {
  static func read(
    _ text: String, _ options: CSVReadingOptions = CSVReadingOptions()
  ) throws -> (records: String, table: CSVTableSource) {
    let sink = GatheringSink()
    let records = try RecordText(
      [.bytes(Array(text.utf8), name: "test.csv")], options: options, as: JSONRecords.self)
    try records.write(to: sink)
    return (sink.text, records.table)
  }

  static func lines(_ records: [[String]]) -> String {
    records.map { record in
      var line: [UInt8] = Array("[".utf8)
      for (index, field) in record.enumerated() {
        if index > 0 { line.append(UInt8(ascii: ",")) }
        Array(field.utf8).withUnsafeBufferPointer { line.append(jsonString: $0) }
      }
      return String(decoding: line, as: UTF8.self) + "]\n"
    }.joined()
  }

  @Test(arguments: DirtyFile.all)
  func read(_ file: DirtyFile) throws {
    for chunkByteCount in [1, 3, 7, 1 << 20] {
      let options = CSVReadingOptions(chunkByteCount: chunkByteCount)
      let found = try Self.read(file.text, options)
      #expect(found.records == Self.lines(file.records), "\(chunkByteCount) bytes")
      // That a first record is taken for data is told elsewhere.
      let notes = found.table.notes.map(\.description).filter {
        !$0.hasPrefix("the first record is read as data")
      }
      #expect(notes.count == file.notes.count, "\(notes)")
      for (note, words) in zip(notes, file.notes) { #expect(note.contains(words)) }
    }
  }

  /// Typed reading sees the same records.
  @Test(arguments: DirtyFile.all)
  func readAsATable(_ file: DirtyFile) throws {
    for chunkByteCount in [2, 1 << 20] {
      let table = try ReadTable(file.text, CSVReadingOptions(chunkByteCount: chunkByteCount))
      let text = try Self.read(file.text).table
      let data = file.records.dropFirst(text.dialect.hasHeader ? 1 : 0)
      let rows = table.rows.map { $0.map { $0 ?? "" } }
      let width = rows.first?.count ?? 0
      #expect(rows == data.map { $0 + Array(repeating: "", count: max(0, width - $0.count)) })
    }
  }

  /// Who names the delimiter gets every line as a record.
  @Test(arguments: [
    "Report\n\na,b\n1,2\n3,4\n5,6\n", "a,b\n1,2\n# checked\n3,4\n",
    "a,b\n1,2\n3,4\n5,6\nTotal of all: twelve\n", "a, b\n1, x\n2, y\n",
    "id,mass\n,(kg)\n1,2.5\n2,3.5\n3,4.5\n",
  ])
  func aForcedDelimiterGuessesNothing(_ text: String) throws {
    let found = try Self.read(text, CSVReadingOptions(delimiter: UInt8(ascii: ",")))
    let lines = text.split(separator: "\n")
    let expected = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(found.records.filter { $0 == "\n" }.count >= lines.count)
    #expect(
      found.records.replacing("[\"\"]\n", with: "")
        == Self.lines(expected.map { $0.map(String.init) }))
  }

  @Test func everythingCanBeForced() throws {
    var options = CSVReadingOptions(delimiter: UInt8(ascii: "|"), skippedLineCount: 1)
    options.delimiterTail = Array("|".utf8)
    options.quoting = .enclosed(by: UInt8(ascii: "'"))
    options.escaping = .character(UInt8(ascii: "^"))
    options.comments = .prefix(Array("//".utf8))
    options.spacing = .trimmed
    options.headerRecordCount = 2
    let text = "x\na || b\nc||d\n// 1||2\n 'p||q' || r^||s^'\n\n 't^'u'||v\n"
    let found = try Self.read(text, options)
    #expect(
      found.records == Self.lines([["a c", "b d"], ["p||q", "r||s'"], ["t'u", "v"]]))
  }

  @Test(arguments: [
    ("--quote none", CSVReadingOptions(quoting: .none, engine: .libcsv)),
    (
      "--escape",
      { () -> CSVReadingOptions in
        var options = CSVReadingOptions(engine: .libcsv)
        options.escaping = .character(UInt8(ascii: "\\"))
        return options
      }()
    ),
    (
      "--comment",
      { () -> CSVReadingOptions in
        var options = CSVReadingOptions(engine: .libcsv)
        options.comments = .prefix([UInt8(ascii: "#")])
        return options
      }()
    ),
    (
      "--delimiter",
      { () -> CSVReadingOptions in
        var options = CSVReadingOptions(delimiter: UInt8(ascii: "|"), engine: .libcsv)
        options.delimiterTail = [UInt8(ascii: "|")]
        return options
      }()
    ),
    (
      "--spaces trim",
      { () -> CSVReadingOptions in
        var options = CSVReadingOptions(engine: .libcsv)
        options.spacing = .trimmed
        return options
      }()
    ),
  ])
  func libcsvRefusesByName(_ option: String, _ options: CSVReadingOptions) {
    let text = errorText("a,b\n1,2\n", options)
    #expect(text.contains("libcsv cannot read a file") && text.contains(option), "\(text)")
  }

  /// Footers are looked for at the end of files longer than the sample, too.
  @Test func footerOfALongFile() throws {
    let rows = (0..<200_000).map { "\($0),x\($0)\n" }.joined()
    let file = try TemporaryFile(Array(("id,name\n" + rows + "\nEnd of the report\n").utf8))
    let table = try ReadTable([.path(file.path)])
    #expect(table.rows.count == 200_000)
    #expect(table.rows.last == ["199999", "x199999"])
  }
}
