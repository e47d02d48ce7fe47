import Columnar
import TestSupport
import Testing

@testable import ArrowFormat
@testable import FileIO
@testable import Pipeline

struct ArrowRoundTripTests {
  /// Every kind of values in every layout: written, read and found equal; in one batch and in many.
  @Test(arguments: [0, 1, 63, 64, 65, 1000], [0, 3, 1])
  func everyLayout(_ rowCount: Int, _ nullPeriod: Int) throws {
    let frame = try sampleFrame(rowCount: rowCount, nullPeriod: nullPeriod)
    for (batchRowCount, framing, compression) in Self.forms {
      var options = ArrowWritingOptions()
      options.batchRowCount = batchRowCount
      (options.framing, options.compression) = (framing, compression)
      options.metadata = [ArrowMetadata(key: "diet.certificate", value: "{\"é\":1}")]
      let folder = try TemporaryFolder()
      let path = folder.path + "/lean.arrow"
      try ArrowFileWriter(frame, options: options).write(to: path)
      #expect(folder.names == ["lean.arrow"])
      let file = try ArrowFileReader(path: path)
      #expect(file.rowCount == rowCount)
      #expect(file.columnNames == frame.columns.map(\.name))
      #expect(file.metadata("diet.certificate") == "{\"é\":1}")
      let comparison = try ArrayComparison(file, with: frame)
      #expect(comparison.differences.map(\.description) == [])
      #expect(fileBytes(path) == (try streamed(frame, options)))
    }
  }

  private static let forms: [(Int, ArrowWritingOptions.Framing, FileCompression)] =
    [1 << 20, 64].flatMap { rows in
      FileCompression.allCases.flatMap { [(rows, .file, $0), (rows, .stream, $0)] }
    }

  /// Threads that wait for others' batches are not overtaken for ever: this hung, one time in
  /// hundreds.
  @Test(.timeLimit(.minutes(5)), arguments: [2, 3, 8])
  func manySmallBatches(_ threadCount: Int) throws {
    let sample = SampleKinds(rowCount: 2000, seed: 1).samples[0]
    let frame = DataFrame(columns: [try sample.columns()[0]], rowCount: 2000)
    var options = ArrowWritingOptions()
    (options.batchRowCount, options.compression) = (8, .zstd)
    options.threadCount = threadCount
    let first = try streamed(frame, options)
    for _ in 0..<100 { #expect(try streamed(frame, options) == first) }
  }

  /// Batches are cut where a column's text would be too long for them.
  @Test func textLimitsBatches() throws {
    let frame = try sampleFrame(rowCount: 1000, nullPeriod: 5)
    var options = ArrowWritingOptions()
    options.batchTextByteCount = 3000
    let folder = try TemporaryFolder()
    let path = folder.path + "/lean.arrow"
    try ArrowFileWriter(frame, options: options).write(to: path)
    let file = try ArrowFileReader(path: path)
    #expect(file.batchRowCounts.count > 10)
    #expect(try ArrayComparison(file, with: frame).isEqual)
  }

  /// A law that cannot fail proves nothing: one changed value is found, where it is.
  @Test func differencesAreFound() throws {
    for (index, sample) in SampleKinds(rowCount: 200, seed: 1).samples.enumerated() {
      var changed = sample
      let row = 150 - index
      let file: String?
      let table: String?
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
      let original = try sample.columns()[0]
      let other = try changed.columns()[0]
      (file, table) = (text(original, row), text(other, row))
      let folder = try TemporaryFolder()
      let path = folder.path + "/lean.arrow"
      try ArrowFileWriter(DataFrame(columns: [original], rowCount: 200)).write(to: path)
      let renamed = Column(
        name: original.name, type: other.type, layout: other.layout, count: other.count,
        nullCount: other.nullCount, sharing: other.validity, values: other.values,
        offsets: other.offsets, dictionary: other.dictionary.first)
      let comparison = try ArrayComparison(
        ArrowFileReader(path: path), with: DataFrame(columns: [renamed], rowCount: 200))
      let difference = try #require(comparison.differences.first, "\(sample.name)")
      #expect(difference.row == row, "\(difference)")
      #expect(difference.table == table, "\(difference)")
      if sample.name != "price", sample.name != "fifteen digits" {
        #expect(difference.file == file, "\(difference)")
      }
    }
  }

  /// What is written for each shape.
  @Test func types() throws {
    var types: [String: Set<String>] = [:]
    for sample in SampleKinds(rowCount: 1000, seed: 2).samples {
      for column in try sample.columns() {
        let field = try ArrowColumn(column, dictionaryID: 0, path: "").field
        types[sample.name, default: []].insert(field.typeDescription)
      }
    }
    // Only text is a dictionary, whatever takes fewer bytes.
    #expect(types["int8"] == ["int8"])
    #expect(types["near a base"] == ["int64"])
    #expect(types["crossing"] == ["uint64"])
    #expect(types["sequence"]?.contains("int32") == true)
    #expect(types["boolean"] == ["bool"])
    #expect(types["price"] == ["double"])
    #expect(types["many digits"] == ["decimal128(19, 9)"])
    #expect(types["float"] == ["double"])
    #expect(types["one date"] == ["date32[day]"])
    #expect(types["time ms"]?.contains("time32[ms]") == true)
    for unit in ["s", "ms", "us"] {
      #expect(types["instant \(unit)"] == ["timestamp[us, tz=UTC]"])
    }
    #expect(types["instant ns"]?.contains("timestamp[ns, tz=UTC]") == true)
    #expect(types["categories"] == ["string", "dictionary<int16, string>"])
    #expect(types["letter"] == ["string", "dictionary<int8, string>"])
    #expect(types["one text"] == ["string", "dictionary<int8, string>"])
    #expect(types["nothing"] == ["null"])
  }

  @Test func anotherTypeIsADifference() throws {
    let samples = SampleKinds(rowCount: 10, seed: 3).samples
    let price = try #require(samples.first { $0.name == "price" }).columns()[0]
    let words = try #require(samples.first { $0.name == "words" }).columns()[0]
    let folder = try TemporaryFolder()
    let path = folder.path + "/lean.arrow"
    try ArrowFileWriter(DataFrame(columns: [price, price], rowCount: 10)).write(to: path)
    let file = try ArrowFileReader(path: path)
    let renamed = Column(
      name: price.name, type: words.type, layout: words.layout, count: words.count,
      nullCount: words.nullCount, sharing: words.validity, values: words.values,
      offsets: words.offsets)
    let other = DataFrame(columns: [words, renamed], rowCount: 10)
    #expect(
      try ArrayComparison(file, with: other).differences.map(\.description) == [
        "column `\(words.name)`: the file has column `\(price.name)`, "
          + "the table has column `\(words.name)`",
        "column `\(price.name)`: the file has double, the table has string",
      ])
    let fewer = DataFrame(columns: [price], rowCount: 10)
    #expect(
      try ArrayComparison(file, with: fewer).differences.map(\.description) == [
        "the file has 2 columns, the table has 1 columns"
      ])
  }

  private func text(_ column: Column, _ row: Int) -> String? {
    ValueText(column).text(row: row).map { String(decoding: $0, as: UTF8.self) }
  }

  private func streamed(_ frame: DataFrame, _ options: ArrowWritingOptions) throws -> [UInt8] {
    let sink = MemorySink()
    try ArrowFileWriter(frame, options: options).write(to: sink, path: "memory")
    return sink.bytes.withLock { $0 }
  }
}

/// Every kind of values in every layout.
///
/// - Parameter nullPeriod: About one value in so many is null; none for 0.
func sampleFrame(rowCount: Int, nullPeriod: Int) throws -> DataFrame {
  let samples = try SampleColumns.all(rowCount: rowCount, nullPeriod: nullPeriod)
  return DataFrame(columns: samples.flatMap(\.columns), rowCount: rowCount)
}

/// Takes bytes only in order, as a pipe does.
final class MemorySink: ByteSink {
  let bytes = Lock<[UInt8]>([])
  var allowsAnyOrder: Bool { false }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(OutputError) {
    self.bytes.withLock {
      precondition($0.count == offset, "bytes for \(offset) come at \($0.count)")
      $0 += bytes
    }
  }
}
