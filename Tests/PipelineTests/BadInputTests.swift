import Platform
import Testing

@testable import DelimitedText
@testable import FileIO

/// Inputs that are wrong, and what the user reads then.
struct BadInputTests {
  @Test func missingFile() {
    #expect(
      errorText([.path("/nowhere/x.csv")])
        == "/nowhere/x.csv: there is no such file; check the path")
  }

  @Test func directory() {
    #expect(
      errorText([.path("/usr")])
        == "/usr: this is a directory, not a file;"
        + " name the files in it, for example `/usr/*.csv`")
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func noPermission() throws {
    let file = try TemporaryFile([97])
    chmod(file.path, 0)
    #expect(errorText([.path(file.path)]).contains("no permission to read this file"))
  }

  @Test(arguments: ["", "\n", "\r\n\n", "\u{FEFF}"])
  func emptyFile(_ text: String) throws {
    #expect(try ReadTable(text) == ReadTable([.bytes([], name: "test.csv")]))
    #expect(try ReadTable(text).names == [])
  }

  @Test(arguments: ["a,b", "a,b\n", "\u{FEFF}a,b\n", "\u{FEFF}\"a\",b\n", "\na,b\n", "a,b\r"])
  func headerOnly(_ text: String) throws {
    let table = try ReadTable(text)
    #expect(table.names == ["a", "b"])
    #expect(table.rows == [])
  }

  private static let unterminated =
    "a quoted field opens here and is never closed: `%`;"
    + " close the quote, or leave the line out with `--on-bad-record skip`"

  private static func unterminated(_ text: String) -> String {
    unterminated.replacing("%", with: text)
  }

  @Test(arguments: CSVReadingOptions.Engine.allCases)
  func unterminatedQuote(_ engine: CSVReadingOptions.Engine) {
    let options = CSVReadingOptions(
      delimiter: UInt8(ascii: ","), engine: engine, chunkByteCount: 5)
    #expect(
      errorText("a,b\n1,2\n3,\"4\n5,6\n", options)
        == "test.csv, line 3, byte 10: "
        + Self.unterminated("\"4\\n5,6\\n"))
    #expect(
      errorText("a,b\n1,\"x\"\"\n\n", options)
        == "test.csv, line 2, byte 6: " + Self.unterminated("\"x\"\"\\n\\n"))
    #expect(
      errorText("\"a,b\n1,2\n", options)
        == "test.csv, line 1, byte 0: "
        + Self.unterminated("\"a,b\\n1,2\\n").replacing(
          "leave the line out with `--on-bad-record skip`",
          with: "read quotes as text with `--quote none`"))
  }

  @Test func longRecord() {
    let inputs = [
      CSVInput.bytes(Array(("a,b\n1,\"" + String(repeating: "x", count: 99)).utf8), name: "t.csv")
    ]
    var options = CSVReadingOptions(chunkByteCount: 4)
    options.delimiter = UInt8(ascii: ",")
    #expect(
      errorText(inputs, options, recordByteLimit: 32)
        == "t.csv, line 2, byte 4: the record that begins here does not end within 32 bytes;"
        + " look for a quote that is not closed, or read quotes as text with `--quote none`")
  }

  @Test func raggedUnderStrict() {
    let options = CSVReadingOptions(isStrict: true)
    #expect(
      errorText("a,b\n1,2\n\n3\n4,5,6\n", options)
        == "test.csv, line 4, byte 9: the record has fewer fields than the table's 2;"
        + " mend the line, or read without `--strict`: missing fields become null,"
        + " extra ones new columns")
    #expect(
      errorText("a,b\n\"1\n\",2\n4,5,6\n", options)
        == "test.csv, line 4, byte 11: the record has more fields than the table's 2;"
        + " mend the line, or read without `--strict`: missing fields become null,"
        + " extra ones new columns")
    #expect(errorText("a,b\n1,2\n\n3,4\n", options) == "")
  }

  @Test func irregularQuoteUnderStrict() {
    let options = CSVReadingOptions(delimiter: UInt8(ascii: ","), isStrict: true)
    #expect(
      errorText("a,b\n1,2\n3\" pipe,4\n", options)
        == "test.csv, line 3, byte 9: a quote stands inside a field without being doubled:"
        + " `\" pipe,4`; double it, or read without `--strict`: libcsv's rules then decide")
  }

  @Test func invalidUTF8() throws {
    let latin = Array("name\nZo".utf8) + [0xEB] + Array("\n".utf8)
    #expect(
      errorText([.bytes(latin, name: "l.csv")])
        == "l.csv, line 2, byte 7: the byte 0xEB is not UTF-8; read as latin-1 it is part of:"
        + " `Zoë`; use `--encoding latin-1`, or `--invalid-utf8 replace`")
    let windows = Array("a,b\n".utf8) + [0x93, 0x78, 0x94] + Array(",1\n".utf8)
    #expect(
      errorText([.bytes(windows, name: "w.csv")])
        == "w.csv, line 2, byte 4: the byte 0x93 is not UTF-8; read as windows-1252 it is part of:"
        + " `“x”`; use `--encoding windows-1252`, or `--invalid-utf8 replace`")
    #expect(
      errorText([.bytes(Array("a,Gr".utf8) + [0xF6, 0xDF, 0x65, 0x0A], name: "h.csv")])
        == "h.csv, line 1, byte 4: the byte 0xF6 is not UTF-8; read as latin-1 it is part of:"
        + " `Größe`; use `--encoding latin-1`, or `--invalid-utf8 replace`")
    let told = CSVReadingOptions(encoding: .windows1252)
    #expect(try ReadTable([.bytes(windows, name: "w.csv")], told).rows == [["“x”", "1"]])
    let replaced = CSVReadingOptions(invalidUTF8: .replace)
    #expect(try ReadTable([.bytes(latin, name: "l.csv")], replaced).rows == [["Zo\u{FFFD}"]])
  }

  @Test func zeroBytesAreText() throws {
    #expect(try ReadTable("a,b\n\0,x\0y\n").rows == [["\0", "x\0y"]])
  }

  @Test func longField() throws {
    let field = String(repeating: "0123456789", count: 100_000)
    let table = try ReadTable(
      "a,b\n\(field),1\n2,\"\(field)\"\n", CSVReadingOptions(chunkByteCount: 1 << 16))
    #expect(table.rows.map { $0.map { $0?.utf8.count } } == [[1_000_000, 1], [1, 1_000_000]])
  }

  @Test func longHeader() throws {
    let name = String(repeating: "name", count: 600_000)
    let table = try ReadTable("a,\"\(name)\"\n1,2\n")
    #expect(table.names.map(\.utf8.count) == [1, 2_400_000])
    #expect(table.rows == [["1", "2"]])
  }

  @Test func manyColumns() throws {
    let names = (0..<5000).map { "c\($0)" }
    let record = (0..<5000).map(String.init)
    let text = names.joined(separator: ",") + "\n" + record.joined(separator: ",") + "\n"
    let table = try ReadTable(text, CSVReadingOptions(chunkByteCount: 1000))
    #expect(table.names == names)
    #expect(table.rows == [record])
  }

  @Test func mixedLineEnds() throws {
    let rows: [[String?]] = [["1", "2"], ["3", "4"], ["5", "6"]]
    #expect(try ReadTable("a,b\r\n1,2\n3,4\r5,6").rows == rows)
    #expect(try ReadTable("a,b\r1,2\r3,4\r5,6\r").rows == rows)
  }

  @Test func headersThatDiffer() {
    let first = CSVInput.bytes(Array("a,b\n1,2\n".utf8), name: "1.csv")
    let advice =
      "; rename columns, or put them together by name, null where a file has none: `--union-by-name`"
    #expect(
      errorText([first, .bytes(Array("a,c\n3,4\n".utf8), name: "2.csv")])
        == "2.csv, line 1: the header differs from that of 1.csv: it lacks `b` and also has `c`"
        + advice)
    #expect(
      errorText([first, .bytes(Array("a,b,c\n".utf8), name: "2.csv")])
        == "2.csv, line 1: the header differs from that of 1.csv: it also has `c`" + advice)
  }

  @Test func libcsvCannotDoWithoutQuotes() {
    #expect(
      errorText("a\n", CSVReadingOptions(quoting: .none, engine: .libcsv))
        == "libcsv cannot read a file without quoting;"
        + " leave out `--engine libcsv` or `--quote none`")
  }

  @Test func unusableDelimiter() {
    #expect(
      errorText("a\n", CSVReadingOptions(delimiter: 10))
        == "the delimiter is not one plain ASCII character: `\\n`;"
        + " use for example `,`, `;`, `|` or a tab")
  }
}
