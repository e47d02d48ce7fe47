import Columnar
import Testing

@testable import DelimitedText

struct CSVFileWriterTests {
  private func written(_ frame: DataFrame) throws -> String {
    let sink = MemorySink()
    try CSVFileWriter(frame).write(to: sink)
    return String(decoding: sink.bytes.withLock { $0 }, as: UTF8.self)
  }

  private func column(_ name: String, _ values: [String?]) throws -> Column {
    try SampleValues(
      name: name, type: .string, values: .text(values.map { $0.map { Array($0.utf8) } })
    ).columns(named: name)[0]
  }

  @Test func quoting() throws {
    let values = ["a", "", nil, "b,c", "say \"hi\"", "two\nlines", "\r", " x "]
    let frame = DataFrame(
      columns: [try column("sep=x", values), try column("a,\"b\"", values)], rowCount: 8)
    #expect(
      try written(frame) == """
        "sep=x","a,""b""\"
        a,a
        "",""
        ,
        "b,c","b,c"
        "say ""hi""\","say ""hi""\"
        "two
        lines","two
        lines"
        "\r","\r"
         x , x \n
        """)
  }

  @Test func noColumns() throws {
    #expect(try written(DataFrame(columns: [], rowCount: 0)) == "")
  }

  /// What is written reads back as the same fields, by either engine.
  @Test(arguments: [0, 1, 65, 300], CSVReadingOptions.Engine.allCases)
  func readsBack(_ rowCount: Int, _ engine: CSVReadingOptions.Engine) throws {
    let frame = try sampleFrame(rowCount: rowCount, nullPeriod: 5)
    var options = CSVReadingOptions(delimiter: 0x2C, hasHeader: true)
    options.engine = engine
    let table = try ReadTable(try written(frame), options)
    #expect(table.names == frame.columns.map(\.name))
    let texts = frame.columns.map(ValueText.init)
    let rows = (0..<rowCount).map { row in
      texts.map { $0.text(row: row).map { String(decoding: $0, as: UTF8.self) } }
    }
    #expect(table.rows == rows)
  }
}
