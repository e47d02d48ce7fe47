import Columnar
import TestSupport
import Testing

@testable import ArrowFormat
@testable import FileIO
@testable import ParquetFormat
@testable import Pipeline

/// Whatever happened to a file, reading it gives an error or values, and never a crash.
struct DamagedParquetTests {
  private let frame: DataFrame
  private let bytes: [UInt8]

  init() throws {
    var generator = SeededGenerator(seed: 6)
    var columns: [Column] = []
    for sample in SampleKinds(rowCount: 20, seed: 6).samples {
      let layouts = try sample.withNulls(oneIn: 4, &generator).columns()
      columns.append(layouts[columns.count % layouts.count])
    }
    frame = DataFrame(columns: columns, rowCount: 20)
    var options = ParquetWritingOptions()
    options.compression = .none
    let sink = MemorySink()
    try ParquetFileWriter(frame, options: options).write(to: sink, path: "memory") { _ in [] }
    bytes = sink.bytes.withLock { $0 }
  }

  private enum Outcome: Equatable {
    case equal, different
    case failure(ReadingError.Code)
  }

  private func outcome(_ bytes: [UInt8]) throws -> Outcome {
    do {
      let file = try ParquetFileReader(ArrowFileBytes(bytes, name: "lean.parquet"))
      return try ArrayComparison(file, with: frame).isEqual ? .equal : .different
    } catch let error as ReadingError {
      return .failure(error.code)
    }
  }

  @Test func undamaged() throws {
    #expect(try outcome(bytes) == .equal)
  }

  @Test func cutShort() throws {
    var generator = SeededGenerator(seed: 4)
    let lengths = [0, 1, 3, 4, 5, 8, 11, 12, bytes.count - 1, bytes.count - 4, bytes.count - 8]
    for length in lengths
      + (0..<50).map({ _ in Int.random(in: 0..<bytes.count, using: &generator) })
    {
      let expected: ReadingError.Code = length < 4 ? .notParquet : .corruptInput
      #expect(try outcome(Array(bytes[..<length])) == .failure(expected), "\(length) bytes")
    }
  }

  /// Bits of the footer and of the pages: what leads elsewhere is noticed.
  @Test(arguments: 0..<8)
  func flippedBits(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var counts = (failures: 0, different: 0)
    for trial in 0..<200 {
      var damaged = bytes
      let first = trial % 2 == 0 ? bytes.count - bytes.count / 2 : 0
      for _ in 0...trial % 3 {
        let position = Int.random(in: first..<bytes.count, using: &generator)
        damaged[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      switch try outcome(damaged) {
      case .equal: break
      case .different: counts.different += 1
      case .failure: counts.failures += 1
      }
    }
    #expect(counts.failures > 0 && counts.different > 0, "seed \(seed): \(counts)")
  }

  /// Bytes all over the file, replaced by some that tempt arithmetic to overflow.
  @Test func hostileBytes() throws {
    for (index, position) in stride(from: 4, to: bytes.count - 8, by: 31).enumerated() {
      var damaged = bytes
      damaged[position] = [0xFF, 0x80, 0x00, 0x7F][index % 4]
      if index % 2 == 0 { damaged[position + 1] = 0xFF }
      _ = try outcome(damaged)
    }
  }

  /// A file of a kilobyte that claims 2 GB is an error, and takes no such memory.
  @Test func claims() throws {
    func file(rowCount: Int, pageByteCount: Int, pageRowCount: Int) -> [UInt8] {
      let data = ThriftStruct(
        (1, .int32(pageRowCount)), (2, .int32(0)), (3, .int32(3)), (4, .int32(3)))
      let page =
        ThriftStruct(
          (1, .int32(0)), (2, .int32(pageByteCount)), (3, .int32(3)), (5, .structure(data))
        ).serialized() + [1, 2, 3]
      let metadata = ThriftStruct(
        (1, .int32(2)), (2, .int32s([0])), (3, .strings(["a"])), (4, .int32(6)),
        (5, .int64(rowCount)), (6, .int64(page.count)), (7, .int64(page.count)), (9, .int64(4)))
      let chunk = ThriftStruct((2, .int64(0)), (3, .structure(metadata)))
      let group = ThriftStruct(
        (1, .structs([chunk])), (2, .int64(page.count)), (3, .int64(rowCount)))
      let footer = ThriftStruct(
        (1, .int32(2)),
        (
          2,
          .structs([
            ThriftStruct((4, .string("schema")), (5, .int32(1))),
            ThriftStruct((1, .int32(2)), (3, .int32(1)), (4, .string("a"))),
          ])
        ),
        (3, .int64(rowCount)), (4, .structs([group]))
      ).serialized()
      let magic = ParquetFileWriter.magic
      return magic + page + footer + footer.count.littleEndianBytes + magic
    }
    func failure(_ bytes: [UInt8]) throws -> ReadingError? {
      #expect(throws: ReadingError.self) {
        let reader = try ParquetFileReader(ArrowFileBytes(bytes, name: "FILE"))
        _ = try reader.array(batch: 0, column: 0)
      }
    }
    let page = try failure(file(rowCount: 10, pageByteCount: 2_000_000_000, pageRowCount: 10))
    #expect(page?.code == .expandsTooFar && page?.byteOffset == 4 && page?.column == "a")
    let rows = try failure(
      file(rowCount: 2_000_000_000, pageByteCount: 100, pageRowCount: 2_000_000_000))
    #expect(rows?.code == .expandsTooFar && rows?.byteOffset == 4)
    let some = try failure(file(rowCount: 1_000_000, pageByteCount: 100, pageRowCount: 1_000_000))
    #expect(some?.code == .corruptInput && some?.byteOffset == 4)
    #expect(
      try failure(file(rowCount: 1 << 50, pageByteCount: 100, pageRowCount: 1))?.code
        == .corruptInput)
  }

  @Test func messages() throws {
    func message(_ bytes: [UInt8]) throws -> String {
      let error = #expect(throws: ReadingError.self) {
        try ParquetFileReader(ArrowFileBytes(bytes, name: "FILE"))
      }
      return error?.description ?? ""
    }
    #expect(
      try message(Array("ARROW1".utf8))
        == "FILE, byte 0: the file does not start with `PAR1`; name a Parquet file")
    #expect(
      try message(Array(bytes[..<1000]))
        == "FILE, byte 1000: the file does not end with `PAR1`: it was cut short;"
        + " the file is damaged: copy it again, or write it again")
    #expect(
      try message(Array("PAR1".utf8) + [0, 1, 2, 3] + [0xFF, 0xFF, 0, 0] + Array("PAR1".utf8))
        == "FILE, byte 8: a footer of 65535 bytes does not fit the file;"
        + " the file is damaged: copy it again, or write it again")
    #expect(throws: ReadingError.self) { try ParquetFileReader(path: "/nonexistent/x") }
  }
}
