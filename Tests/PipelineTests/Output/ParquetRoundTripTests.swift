import Columnar
import Synchronization
import TestSupport
import Testing

@testable import ArrowFormat
@testable import FileIO
@testable import ParquetFormat
@testable import Pipeline

struct ParquetRoundTripTests {
  private struct Setup: CustomStringConvertible {
    var compression = FileCompression.zstd
    var groupRowCount = 1 << 20
    var pageRowCount = 1 << 17
    var pageByteCount = 1 << 20

    var options: ParquetWritingOptions {
      var options = ParquetWritingOptions()
      (options.compression, options.groupRowCount) = (compression, groupRowCount)
      (options.pageRowCount, options.pageByteCount) = (pageRowCount, pageByteCount)
      options.metadata = [ArrowMetadata(key: "diet.certificate", value: "{\"é\":1}")]
      return options
    }

    var description: String {
      "\(compression), groups of \(groupRowCount), pages of \(pageRowCount) rows, "
        + "\(pageByteCount) bytes"
    }
  }

  /// Row groups and pages of all sizes.
  private static let setups = [
    Setup(), Setup(compression: .none),
    Setup(groupRowCount: 512, pageRowCount: 96), Setup(groupRowCount: 64, pageByteCount: 40),
    Setup(compression: .none, groupRowCount: 328, pageByteCount: 1),
  ]

  private static func bytes(_ frame: DataFrame, _ options: ParquetWritingOptions) throws -> [UInt8]
  {
    let sink = MemorySink()
    try ParquetFileWriter(frame, options: options).write(to: sink, path: "memory") { _ in [] }
    return sink.bytes.withLock { $0 }
  }

  /// Every kind of values in every layout: written, read and found equal.
  @Test(arguments: [0, 1, 63, 64, 65, 1001], [0, 3, 1])
  func everyLayout(_ rowCount: Int, _ nullPeriod: Int) throws {
    let frame = try sampleFrame(rowCount: rowCount, nullPeriod: nullPeriod)
    for setup in Self.setups {
      let bytes = try Self.bytes(frame, setup.options)
      let file = try ParquetFileReader(ArrowFileBytes(bytes, name: "lean.parquet"))
      #expect(file.rowCount == rowCount)
      #expect(file.columnNames == frame.columns.map(\.name))
      #expect(file.metadata("diet.certificate") == "{\"é\":1}")
      let comparison = try ArrayComparison(file, with: frame)
      #expect(comparison.differences.map(\.description) == [], "\(setup)")
    }
  }

  /// The file does not show how many threads made it, where the chunks were cut, or whether the
  /// columns were there before; and is the same through a pipe.
  @Test(arguments: [0, 1, 64, 1000], [0, 1, 4])
  func blocksAreTheFrame(_ rowCount: Int, _ nullPeriod: Int) throws {
    let samples = try SampleColumns.all(rowCount: rowCount, nullPeriod: nullPeriod)
    let frame = DataFrame(columns: samples.flatMap(\.columns), rowCount: rowCount)
    for (threads, block, chunk, group) in [(1, 64, 37, 64), (3, 128, 300, 384), (2, 64, 1000, 512)]
    {
      var options = ParquetWritingOptions()
      (options.threadCount, options.groupRowCount) = (threads, group)
      let folder = try TemporaryFolder()
      try ParquetFileWriter(frame, options: options).write(to: folder.path + "/frame.parquet") {
        _ in
        [ArrowMetadata(key: "k", value: "v")]
      }
      let expected = fileBytes(folder.path + "/frame.parquet")
      let sources = try samples.flatMap {
        try $0.values.sources(of: $0.columns, chunkRowCount: chunk, rowsPerBlock: block)
      }
      var digests: [String] = []
      try ParquetFileWriter(sources, rowCount: rowCount, options: options)
        .write(to: folder.path + "/lean.parquet") {
          digests = $0.map { $0.digest(.xxh3) }
          return [ArrowMetadata(key: "k", value: "v")]
        }
      let written = fileBytes(folder.path + "/lean.parquet")
      // Entries of the metadata may come in another order.
      #expect(written.count == expected.count, "\(threads) threads, blocks of \(block)")
      let file = try ParquetFileReader(ArrowFileBytes(written, name: "lean.parquet"))
      let comparison = try ArrayComparison(file, with: frame)
      #expect(comparison.differences.map(\.description) == [])
      #expect(digests.count == frame.columns.count)
    }
  }

  /// A law that cannot fail proves nothing: one changed value is found, where it is.
  @Test func differencesAreFound() throws {
    for (index, sample) in SampleKinds(rowCount: 200, seed: 1).samples.enumerated() {
      var changed = sample
      let row = 150 - index
      switch sample.values {
      case .integers(var values, let isUnsigned):
        if sample.type == .null { continue }
        values[row] = values[row]! == 1 ? 0 : 1
        changed.values = .integers(values, isUnsigned: isUnsigned)
      case .floats(var values):
        values[row] = 0.5
        changed.values = .floats(values)
      case .text(var values):
        values[row] = nil
        changed.values = .text(values)
      }
      let original = try #require(try sample.columns(named: sample.name).first)
      let other = try #require(try changed.columns(named: sample.name).first)
      let bytes = try Self.bytes(
        DataFrame(columns: [original], rowCount: 200), ParquetWritingOptions())
      let comparison = try ArrayComparison(
        ParquetFileReader(ArrowFileBytes(bytes, name: "lean.parquet")),
        with: DataFrame(columns: [other], rowCount: 200))
      let difference = try #require(comparison.differences.first, "\(sample.name)")
      #expect(difference.row == row, "\(difference)")
    }
  }

  /// What is written for each shape.
  @Test func types() throws {
    var types: [String: Set<String>] = [:]
    for sample in SampleKinds(rowCount: 1000, seed: 2).samples {
      for column in try sample.columns() {
        let parquet = try ParquetColumn(.whole(column), number: 0, path: "")
        types[sample.name, default: []].insert(
          "\(parquet.type.physical.name) \(parquet.arrow.field.typeDescription)")
      }
    }
    #expect(types["int8"] == ["INT32 int8"])
    #expect(types["crossing"] == ["INT64 uint64"])
    #expect(types["boolean"] == ["BOOLEAN bool"])
    #expect(types["price"] == ["DOUBLE double"])
    #expect(types["many digits"] == ["FIXED_LEN_BYTE_ARRAY decimal128(19, 9)"])
    #expect(types["float"] == ["DOUBLE double"])
    #expect(types["one date"] == ["INT32 date32[day]"])
    // Parquet has no seconds.
    #expect(types["time s"] == ["INT32 time32[ms]"])
    #expect(types["instant s"] == ["INT64 timestamp[us, tz=UTC]"])
    #expect(types["instant ns"] == ["INT64 timestamp[ns, tz=UTC]"])
    #expect(
      types["categories"] == ["BYTE_ARRAY string", "BYTE_ARRAY dictionary<int16, string>"])
    #expect(types["letter"] == ["BYTE_ARRAY string", "BYTE_ARRAY dictionary<int8, string>"])
    #expect(types["nothing"] == ["INT32 null"])
  }

  /// Dictionaries of one value and of very many, and rows beyond a page.
  @Test func manyRows() throws {
    let rowCount = 200_003
    func text(_ name: String, _ make: (Int) -> String?) -> SampleValues {
      SampleValues(
        name: name, type: .string,
        values: .text((0..<rowCount).map { make($0).map { Array($0.utf8) } }))
    }
    func integers(_ name: String, _ make: (Int) -> Int64?) -> SampleValues {
      SampleValues(
        name: name, type: .integer,
        values: .integers((0..<rowCount).map(make), isUnsigned: false))
    }
    let samples = [
      text("one value") { _ in "always" },
      text("70,000 values") { "value \($0 &* 7919 % 70_000)" },
      text("long runs") { "run \($0 / 50_000)" },
      text("rare nulls") { $0 % 50_000 == 7 ? nil : "a\($0 % 3)" },
      integers("sorted") { Int64($0) / 3 },
      integers("nearly constant") { $0 == 199_999 ? 5 : 4 },
      integers("17 bits") { Int64($0 &* 104_729 % 100_003) },
      integers("last nulls") { $0 > 150_000 ? nil : Int64($0 % 100) },
    ]
    let columns = try samples.flatMap { sample in
      try sample.columns().filter {
        ["dictionary", "integer", "utf8", "constant"].contains($0.layout.encoding)
      }
    }
    let frame = DataFrame(columns: columns, rowCount: rowCount)
    for groupRowCount in [1 << 20, 1 << 16] {
      var options = ParquetWritingOptions()
      options.groupRowCount = groupRowCount
      let bytes = try Self.bytes(frame, options)
      let file = try ParquetFileReader(ArrowFileBytes(bytes, name: "lean.parquet"))
      let comparison = try ArrayComparison(file, with: frame)
      #expect(comparison.differences.map(\.description) == [])
    }
  }

  /// Whatever thread comes first, the error is that of the first column with one, at its first row;
  /// and no file is there.
  @Test(arguments: [1, 2, 4])
  func theFirstMisfitIsTheError(_ threads: Int) throws {
    func column(_ name: String, misfits: [Int]) throws -> ColumnSource {
      var values = [Int64?](repeating: 5, count: 1000)
      for row in misfits { values[row] = 300 }
      let sample = SampleValues(
        name: name, type: .integer, values: .integers(values, isUnsigned: false))
      return .blocks(
        try ColumnBlocks(
          sample.chunked(named: name, chunkRowCount: 90),
          layout: Layout(encoding: "integer", width: 1), integers: 5...300, rowsPerBlock: 64))
    }
    var options = ParquetWritingOptions()
    (options.threadCount, options.groupRowCount) = (threads, 128)
    for _ in 0..<10 {
      let folder = try TemporaryFolder()
      let columns = try [
        column("a", misfits: []), column("b", misfits: [903, 950]), column("c", misfits: [3]),
      ]
      let writer = ParquetFileWriter(columns, rowCount: 1000, options: options)
      #expect(throws: LayoutError(column: "b", row: 903, layout: "int8")) {
        try writer.write(to: folder.path + "/lean.parquet") { _ in [] }
      }
      #expect(folder.names == [])
    }
  }

  /// A full disk is told as such, from whatever thread.
  @Test(arguments: [1, 3])
  func fullDisk(_ threads: Int) throws {
    let frame = try sampleFrame(rowCount: 1000, nullPeriod: 0)
    var options = ParquetWritingOptions()
    (options.threadCount, options.groupRowCount) = (threads, 64)
    let error = #expect(throws: OutputError.self) {
      try ParquetFileWriter(frame, options: options)
        .write(to: SmallDisk(), path: "small") { _ in [] }
    }
    #expect(error?.code == .diskFull)
  }
}
