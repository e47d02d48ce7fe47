import Columnar
import Engines
import Foundation
import TestSupport
import Testing

@testable import ArrowFormat
@testable import FileIO

/// What the real pyarrow, polars and pandas see in the files that we write.
///
/// They run in `.venv-tests`: `python3 -m venv .venv-tests && .venv-tests/bin/pip install -r
/// Tests/requirements.txt`.
struct ArrowEngineTests {
  @Test(arguments: [0, 1, 65, 1000], [0, 4])
  func everyLayout(_ rowCount: Int, _ nullPeriod: Int) throws {
    let frame = try sampleFrame(rowCount: rowCount, nullPeriod: nullPeriod)
    try check(frame, .file, .none)
  }

  /// The same as a stream, and compressed.
  @Test(arguments: [0, 1000])
  func everyForm(_ rowCount: Int) throws {
    let frame = try sampleFrame(rowCount: rowCount, nullPeriod: 4)
    try check(frame, .stream, .none)
    try check(frame, .stream, .zstd)
    try check(frame, .file, .zstd)
  }

  private func check(
    _ frame: DataFrame, _ framing: ArrowWritingOptions.Framing, _ compression: FileCompression
  ) throws {
    var options = ArrowWritingOptions()
    options.batchRowCount = 512
    (options.framing, options.compression) = (framing, compression)
    options.metadata = [ArrowMetadata(key: "diet.certificate", value: "é")]
    let seen = try SeenByEngines(frame, options)
    #expect(seen.metadata["diet.certificate"] == "é")
    for (index, column) in frame.columns.enumerated() {
      let field = try ArrowColumn(column, dictionaryID: 0, path: "").field
      let expected = SeenByEngines.texts(column)
      #expect(seen.pyarrow[index].type.hasPrefix(field.pyarrowType), "\(column.name)")
      #expect(
        seen.pyarrow[index].values.elementsEqual(expected, by: SeenByEngines.isSame),
        "\(column.name)")
      #expect(
        seen.polars[index].values.elementsEqual(expected, by: SeenByEngines.isSame),
        "polars: \(column.name)"
      )
      // pandas has no null among plain floats: it shows NaN.
      #expect(
        seen.pandas[index].values.elementsEqual(expected) {
          SeenByEngines.isSame($0, $1)
            || (field.type.isFloat && $0 ?? "nan" == "nan" && $1 ?? "nan" == "nan")
        }, "pandas: \(column.name)")
    }
  }

  /// The types that pandas and polars would widen if they were not told.
  @Test func typesSurvive() throws {
    let generator = SeededGenerator(seed: 5)
    let kinds = SampleKinds(rowCount: 1000, seed: 5).samples
    func column(_ name: String, _ encoding: String, hasNulls: Bool = true) throws -> Column {
      var generator = generator
      var sample = try #require(kinds.first { $0.name == name })
      if hasNulls { sample = sample.withNulls(oneIn: 5, &generator) }
      return try #require(sample.columns(named: name).first { $0.layout.encoding == encoding })
    }
    let columns = [
      try column("int8", "integer"), try column("int8", "integer", hasNulls: false),
      try column("uint64", "integer"), try column("boolean", "bits"), try column("date", "integer"),
      try column("time us", "integer"), try column("instant ms", "integer"),
      try column("price", "integer"), try column("letter", "fixed"),
      try column("airport", "dictionary"), try column("categories", "dictionary"),
      try column("one text", "constant"),
    ].enumerated().map { index, column in
      Column(
        name: "\(index)\"\n", type: column.type, layout: column.layout, count: column.count,
        nullCount: column.nullCount, sharing: column.validity, values: column.values,
        offsets: column.offsets, dictionary: column.dictionary.first)
    }
    let frame = DataFrame(columns: columns, rowCount: 1000)
    let seen = try SeenByEngines(frame, ArrowWritingOptions())
    #expect(
      seen.pandas.map(\.summary) == [
        "int8[pyarrow]", "int8", "uint64[pyarrow]", "bool[pyarrow]", "date32[day][pyarrow]",
        "time64[us][pyarrow]",
        "datetime64[us, UTC]", "float64", "category int8", "category int8", "category int16",
        "category int8",
      ])
    #expect(
      seen.polars.map(\.summary) == [
        "Int8", "Int8", "UInt64", "Boolean", "Date", "Time",
        "Datetime(time_unit='us', time_zone='UTC')",
        "Float64", "Categorical UInt32", "Categorical UInt32", "Categorical UInt32",
        "Categorical UInt32",
      ])
  }

  /// Two files whose columns have the same name, and together more categories than either has codes
  /// for.
  @Test func categoriesOfTwoFiles() throws {
    let folder = try TemporaryFolder()
    for (file, prefix) in [("a", "x"), ("b", "y")] {
      let values = (0..<1000).map { Array("\(prefix)\($0 % 200)".utf8) as [UInt8]? }
      let sample = SampleValues(name: "city", type: .string, values: .text(values))
      let column = try #require(
        sample.columns(named: "city").first { $0.layout.encoding == "dictionary" })
      try ArrowFileWriter(DataFrame(columns: [column], rowCount: 1000))
        .write(to: "\(folder.path)/\(file).arrow")
    }
    let output = try TestPython.output([
      "-c",
      """
      import polars, sys
      a, b = (polars.read_ipc(sys.argv[1] + name) for name in ("/a.arrow", "/b.arrow"))
      both = polars.concat([a, b])["city"]
      print(a["city"][201], b["city"][201], both.n_unique(), both.to_physical().dtype)
      """, folder.path,
    ])
    #expect(String(decoding: output, as: UTF8.self) == "x1 y1 400 UInt32\n")
  }
}

extension ArrowType {
  var isFloat: Bool { if case .float = self { true } else { false } }
}

extension ArrowField {
  /// The start of the type as pyarrow prints it.
  var pyarrowType: String {
    guard let dictionary else { return type.description }
    return "dictionary<values=\(type), indices=int\(dictionary.codeBits), ordered=0"
  }
}

/// A file as the engines read it.
struct SeenByEngines: Decodable {
  struct Column: Decodable {
    var type: String
    var codes: String?
    var values: [String?]

    /// The type, and for categories the type of their codes.
    var summary: String {
      guard let codes else { return type }
      return "\(type.prefix { $0 != "(" }) \(codes)"
    }
  }

  var metadata: [String: String]
  var pyarrow: [Column]
  var polars: [Column]
  var pandas: [Column]
  /// Of Parquet files.
  var duckdb: [Column]?

  /// - Parameter path: Of an Arrow or a Parquet file, as its end says.
  init(contentsOfFile path: String) throws {
    let json = try TestPython.output([testFolder.appending(path: "read_arrow.py").path, path])
    self = try JSONDecoder().decode(SeenByEngines.self, from: json)
  }

  init(_ frame: DataFrame, _ options: ArrowWritingOptions) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + (options.framing == .file ? "/lean.arrow" : "/lean.arrows")
    var options = options
    options.hints = options.engine.schemaHints
    try ArrowFileWriter(frame, options: options).write(to: path)
    try self.init(contentsOfFile: path)
  }

  /// The values as the script prints them.
  static func texts(_ column: Columnar.Column) -> [String?] {
    let isNumber = column.type.domain == .integer && column.type.scale == nil
    let texts = isNumber ? nil : ValueText(column)
    let integers = isNumber ? IntegerRows(column.view) : nil
    return (0..<column.count).map { row in
      if column.isNull(row) { return nil }
      if let texts { return texts.text(row: row).map { String(decoding: $0, as: UTF8.self) } }
      return integers.map {
        let value = $0.value(at: row)
        if $0.isUnsigned { return "\(UInt64(bitPattern: value))" }
        return
          "\(Int128(value) * Int128(1_000_000_000 / (column.type.unit ?? .nanosecond).perSecond))"
      }
    }
  }

  /// The same text, or the same bits of a floating point number.
  static func isSame(_ a: String?, _ b: String?) -> Bool {
    if a == b { return true }
    guard let a = a.flatMap(Double.init), let b = b.flatMap(Double.init) else { return false }
    return a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
  }
}

let testFolder = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent()
