import Columnar
import DelimitedText
import FileIO
import TabularDiet
import Testing

/// A file and its values, as CSV and as JSON Lines.
struct ValueOutputCase: CustomTestStringConvertible {
  let text: String
  let csv: String
  let json: String
  var testDescription: String { text.debugDescription }

  init(_ text: String, csv: String, json: String) {
    self.text = text
    self.csv = csv
    self.json = json
  }

  static let all = [
    ValueOutputCase("", csv: "", json: ""),
    ValueOutputCase("a,b\n", csv: "a,b\n", json: ""),
    ValueOutputCase(
      "1,x\n2,y\n", csv: "column_1,column_2\n1,x\n2,y\n",
      json: """
        {"column_1":1,"column_2":"x"}
        {"column_1":2,"column_2":"y"}

        """),
    ValueOutputCase(
      "i,d,f\n+1, 12.3,1.5e5\n9007199254740993,4.25,-inf\n18446744073709551615,,NaN\n",
      csv: "i,d,f\n1,12.30,150000\n9007199254740993,4.25,-inf\n18446744073709551615,,nan\n",
      json: """
        {"i":1,"d":12.30,"f":150000}
        {"i":9007199254740993,"d":4.25,"f":"-inf"}
        {"i":18446744073709551615,"d":null,"f":"nan"}

        """),
    ValueOutputCase(
      "b,day,at,when\nTRUE,2024-02-29,23:59:59.50,2024-05-17 12:30:00+02:00\nNA,,,\n",
      csv: "b,day,at,when\ntrue,2024-02-29,23:59:59.5,2024-05-17T10:30:00Z\n,,,\n",
      json: """
        {"b":true,"day":"2024-02-29","at":"23:59:59.5","when":"2024-05-17T10:30:00Z"}
        {"b":null,"day":null,"at":null,"when":null}

        """),
    ValueOutputCase(
      "s,\"q\"\"\"\n\"a,b\",007\n\"\",NA\n,\"l\nm\"\nä\t\\,x\n",
      csv: "s,\"q\"\"\"\n\"a,b\",007\n\"\",NA\n,\"l\nm\"\nä\t\\,x\n",
      json: #"""
        {"s":"a,b","q\"":"007"}
        {"s":"","q\"":"NA"}
        {"s":null,"q\"":"l\nm"}
        {"s":"ä\t\\","q\"":"x"}

        """#),
    ValueOutputCase(
      "a,b\n1\n2,3,x\n", csv: "a,b,column_3\n1,,\n2,3,x\n",
      json: """
        {"a":1,"b":null,"column_3":null}
        {"a":2,"b":3,"column_3":"x"}

        """),
  ]
}

struct ValueOutputTests {
  private static func frame(
    _ text: String, first rowLimit: Int? = nil, chunkByteCount: Int = 1 << 20
  ) throws -> DataFrame {
    var options = ReadingOptions()
    options.text = CSVReadingOptions(threads: 2, chunkByteCount: chunkByteCount)
    return try TableReader(
      inputs: [.bytes(Array(text.utf8), name: "test.csv")], options: options
    ).head(rowLimit, onSource: { _ in })
  }

  @Test(arguments: ValueOutputCase.all)
  func values(_ test: ValueOutputCase) throws {
    let frame = try Self.frame(test.text)
    let csv = GatheringSink()
    try CSVFileWriter(frame).write(to: csv)
    #expect(csv.text == test.csv)
    let json = GatheringSink()
    try JSONLinesWriter(frame).write(to: json)
    #expect(json.text == test.json)
  }

  /// The first rows are those of the whole table, in the types of the whole table, wherever the
  /// value stands that settles a type.
  @Test(arguments: [1, 16, 1 << 20], [0, 1, 2, 7, 100])
  func firstRows(chunkByteCount: Int, count: Int) throws {
    let plain = (1...40).map { row in
      "\(row),\(row),\(row),2024-01-\(row % 9 + 10),true,\(row % 28 + 1)/\(row % 12 + 1)/2024,\n"
    }.joined()
    let table = "n,d,f,t,b,day,null\n" + plain
    let last = "x,1.25,1e-9,2024-01-01T00:00:00.5,false,31/12/2024,\n"
    for text in [table, table + last, table + "1,2,3,,,,,more\n"] {
      let whole = GatheringSink()
      try CSVFileWriter(try Self.frame(text), rowLimit: count).write(to: whole)
      let first = GatheringSink()
      let frame = try Self.frame(text, first: count, chunkByteCount: chunkByteCount)
      try CSVFileWriter(frame, rowLimit: count).write(to: first)
      #expect(first.text == whole.text)
      #expect(
        first.text.utf8.count { $0 == 10 } == 1 + min(count, text.utf8.count { $0 == 10 } - 1))
    }
  }
}

/// Keeps what is written.
private final class GatheringSink: ByteSink {
  private let written = Lock<[UInt8]>([])
  let allowsAnyOrder = false

  var text: String { String(decoding: written.withLock { $0 }, as: UTF8.self) }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(OutputError) {
    written.withLock { $0.append(contentsOf: bytes) }
  }
}
