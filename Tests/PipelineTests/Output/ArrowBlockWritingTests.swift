import Columnar
import Synchronization
import TestSupport
import Testing

@testable import ArrowFormat
@testable import FileIO

/// A file whose columns are made while it is written is the file that the finished table gives, byte
/// for byte.
struct ArrowBlockWritingTests {
  private struct Setup: CustomStringConvertible {
    var rowCount: Int
    var nullPeriod: Int
    var chunkRowCount: Int
    var options: ArrowWritingOptions

    var description: String {
      "\(rowCount) rows, one null in \(nullPeriod), chunks of \(chunkRowCount), \(options)"
    }
  }

  /// - Parameter samples: Of as many rows and nulls as the setup says.
  private func check(_ setup: Setup, _ samples: [SampleColumns]) throws {
    let frame = DataFrame(columns: samples.flatMap(\.columns), rowCount: setup.rowCount)
    func sources() throws -> [ColumnSource] {
      try samples.flatMap {
        try $0.values.sources(
          of: $0.columns, chunkRowCount: setup.chunkRowCount,
          rowsPerBlock: setup.options.blockRowCount)
      }
    }
    var options = setup.options
    options.fileMetadata = [ArrowMetadata(key: "k", value: "last")]
    let folder = try TemporaryFolder()
    try ArrowFileWriter(frame, options: options).write(to: folder.path + "/frame")
    options.fileMetadata[0].value = "none"
    var digests: [String] = []
    try ArrowFileWriter(try sources(), rowCount: setup.rowCount, options: options)
      .write(to: folder.path + "/blocks") {
        digests = $0.map { $0.digest(.xxh3) }
        return [ArrowMetadata(key: "k", value: "last")]
      }
    #expect(folder.names == ["blocks", "frame"])
    let expected = fileBytes(folder.path + "/frame")
    #expect(fileBytes(folder.path + "/blocks") == expected, "\(setup)")
    #expect(
      digests
        == zip(try sources(), frame.columns).map { source, column in
          if case .whole = source { return column.digest }
          return column.digest(rowsPerBlock: options.blockRowCount)
        }, "\(setup)")
    // A pipe.
    let sink = MemorySink()
    try ArrowFileWriter(try sources(), rowCount: setup.rowCount, options: options)
      .write(to: sink, path: "memory") { _ in [ArrowMetadata(key: "k", value: "last")] }
    #expect(sink.bytes.withLock { $0 } == expected, "\(setup)")
  }

  @Test(arguments: [0, 1, 64, 1000], [0, 1, 4])
  func everyLayout(_ rowCount: Int, _ nullPeriod: Int) throws {
    let setups = [
      (1, 64, 37, 64), (3, 128, 300, 328), (2, 65_536, 100, 1 << 20), (2, 64, 1000, 328),
    ]
    let samples = try SampleColumns.all(rowCount: rowCount, nullPeriod: nullPeriod)
    for (threads, blockRowCount, chunkRowCount, batchRowCount) in setups {
      var options = ArrowWritingOptions()
      (options.threadCount, options.blockRowCount) = (threads, blockRowCount)
      options.batchRowCount = batchRowCount
      try check(
        Setup(
          rowCount: rowCount, nullPeriod: nullPeriod, chunkRowCount: chunkRowCount,
          options: options), samples)
    }
  }

  /// Batches that end within a block, because their text would be too long.
  @Test func textLimitsBatches() throws {
    var options = ArrowWritingOptions()
    (options.batchTextByteCount, options.blockRowCount) = (3000, 512)
    for nullPeriod in [5, 0] {
      try check(
        Setup(rowCount: 1000, nullPeriod: nullPeriod, chunkRowCount: 70, options: options),
        try SampleColumns.all(rowCount: 1000, nullPeriod: nullPeriod))
      options.framing = .stream
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
    var options = ArrowWritingOptions()
    (options.threadCount, options.blockRowCount) = (threads, 64)
    for _ in 0..<10 {
      let folder = try TemporaryFolder()
      let columns = try [
        column("a", misfits: []), column("b", misfits: [903, 950]), column("c", misfits: [3]),
      ]
      let writer = ArrowFileWriter(columns, rowCount: 1000, options: options)
      #expect(throws: LayoutError(column: "b", row: 903, layout: "int8")) {
        try writer.write(to: folder.path + "/lean.arrow") { _ in [] }
      }
      #expect(folder.names == [])
    }
  }

  /// A full disk is told as such, from whatever thread.
  @Test(arguments: [1, 3])
  func fullDisk(_ threads: Int) throws {
    let samples = SampleKinds(rowCount: 1000, seed: 3).samples
    var options = ArrowWritingOptions()
    (options.threadCount, options.blockRowCount) = (threads, 64)
    let columns = try samples.flatMap {
      try $0.sources(of: try $0.columns(), chunkRowCount: 64, rowsPerBlock: 64)
    }
    let error = #expect(throws: OutputError.self) {
      try ArrowFileWriter(columns, rowCount: 1000, options: options)
        .write(to: SmallDisk(), path: "small", late: nil)
    }
    #expect(error?.code == .diskFull)
  }
}

/// Takes bytes in any order, but not many.
final class SmallDisk: ByteSink {
  private let byteCount = Atomic(0)
  var allowsAnyOrder: Bool { true }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(OutputError) {
    guard byteCount.add(bytes.count, ordering: .relaxed).newValue < 20_000 else {
      throw OutputError(.diskFull, path: "small", "there is no room left")
    }
  }
}
