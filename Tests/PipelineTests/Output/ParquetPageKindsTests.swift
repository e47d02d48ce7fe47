import CZlib
import Columnar
import Testing

@testable import ArrowFormat
@testable import FileIO
@testable import ParquetFormat

/// Pages as writers have made them over the years, by hand: read as pyarrow reads them, or refused for
/// what they are.
struct ParquetPageKindsTests {
  /// A file of one column and one row group.
  private struct File {
    var pages: [UInt8] = []
    var rowCount = 3
    var physical = ParquetPhysicalType.int32
    var isOptional = false
    var codec = ParquetCodec.uncompressed
    var writer = "test"
    var version = 2
    var statistics: ThriftStruct?
    var hasTypeOrder = true
    var isEncrypted = false
    /// Bytes that the footer does not count.
    var missingByteCount = 0

    mutating func addData(
      _ content: [UInt8], rowCount: Int? = nil, byteCount: Int? = nil, checksum: UInt32? = nil,
      encoding: ParquetEncoding = .plain, levels: Int = ParquetEncoding.runLength.rawValue
    ) {
      let data = ThriftStruct(
        (1, .int32(rowCount ?? self.rowCount)), (2, .int32(encoding.rawValue)),
        (3, .int32(levels)), (4, .int32(levels)))
      add(content, byteCount, checksum, .data, (5, data))
    }

    mutating func addDataV2(
      repetition: [UInt8] = [], levels: [UInt8] = [], _ content: [UInt8], byteCount: Int? = nil,
      nullCount: Int = 0, isCompressed: Bool? = nil
    ) {
      let data = ThriftStruct(
        (1, .int32(rowCount)), (2, .int32(nullCount)), (3, .int32(rowCount)), (4, .int32(0)),
        (5, .int32(levels.count)), (6, .int32(repetition.count)),
        (7, isCompressed.map { .bool($0) }))
      let count = repetition.count + levels.count + (byteCount ?? content.count)
      add(repetition + levels + content, count, nil, .dataV2, (8, data))
    }

    mutating func add(
      _ content: [UInt8], _ byteCount: Int?, _ checksum: UInt32?, _ type: ParquetPageType,
      _ header: (Int, ThriftStruct)
    ) {
      let head = ThriftStruct(
        (1, .int32(type.rawValue)), (2, .int32(byteCount ?? content.count)),
        (3, .int32(content.count)),
        (4, checksum.map { .int32(Int(Int32(bitPattern: $0))) }),
        (header.0, .structure(header.1)))
      pages += head.serialized() + content
    }

    var bytes: [UInt8] {
      let count = pages.count - missingByteCount
      let metadata = ThriftStruct(
        (1, .int32(physical.rawValue)), (2, .int32s([0])), (3, .strings(["a"])),
        (4, .int32(codec.rawValue)), (5, .int64(rowCount)), (6, .int64(count)),
        (7, .int64(count)), (9, .int64(4)), (11, .int64(0)),
        (12, statistics.map { .structure($0) }))
      let chunk = ThriftStruct(
        (2, .int64(0)), (3, .structure(metadata)),
        (8, isEncrypted ? .structure(ThriftStruct((1, .structure(ThriftStruct())))) : nil))
      let group = ThriftStruct(
        (1, .structs([chunk])), (2, .int64(count)), (3, .int64(rowCount)))
      let order = ThriftStruct((hasTypeOrder ? 1 : 2, .structure(ThriftStruct())))
      let column = ThriftStruct(
        (1, .int32(physical.rawValue)), (3, .int32(isOptional ? 1 : 0)), (4, .string("a")))
      let footer = ThriftStruct(
        (1, .int32(version)),
        (2, .structs([ThriftStruct((4, .string("schema")), (5, .int32(1))), column])),
        (3, .int64(rowCount)), (4, .structs([group])), (6, .string(writer)),
        (7, .structs([order]))
      ).serialized()
      let magic = ParquetFileWriter.magic
      return magic + pages + footer + footer.count.littleEndianBytes + magic
    }

    /// The values; `nil` for null.
    func values() throws -> [Int64?] {
      let reader = try ParquetFileReader(ArrowFileBytes(bytes, name: "FILE"))
      let array = try reader.array(batch: 0, column: 0)
      defer { withExtendedLifetime(array) {} }
      return try (0..<array.rowCount).map { row in
        if array.isAllNull || array.nulls.isNull(row) { return nil }
        return try #require(IntegerRows(array.view)).value(at: row)
      }
    }

    func failure() throws -> ReadingError? {
      #expect(throws: ReadingError.self) { _ = try values() }
    }
  }

  private static func plain(_ values: [Int32]) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
  }

  private let three = Self.plain([1, 2, 3])

  private static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    defer { deflateEnd(&stream) }
    var source = bytes
    var target = [UInt8](repeating: 0, count: bytes.count + 100)
    let targetCount = target.count
    source.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(targetCount)
        _ = deflate(&stream, Z_FINISH)
      }
    }
    return Array(target[..<(targetCount - Int(stream.avail_out))])
  }

  /// Text of snappy that is one literal.
  private static func snappy(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8(bytes.count), UInt8(bytes.count - 1) << 2] + bytes
  }

  @Test func gzipMembers() throws {
    for count in 1...3 {
      var file = File(rowCount: 3 * count, codec: .gzip)
      let members = (0..<count).flatMap { _ in Self.gzip(three) }
      file.addData(members, byteCount: 12 * count)
      #expect(try file.values() == (0..<count).flatMap { _ in [1, 2, 3] })
      file.pages = []
      file.addData(members + [1, 2, 3], byteCount: 12 * count)
      #expect(try file.failure()?.code == .corruptInput)
    }
  }

  @Test func checksums() throws {
    for isRight in [true, false] {
      var file = File()
      let sum = UInt32(crc32(0, three, UInt32(three.count)))
      file.addData(three, checksum: isRight ? sum : sum ^ 1)
      if isRight {
        #expect(try file.values() == [1, 2, 3])
      } else {
        #expect(
          try file.failure()?.description
            == "FILE, column `a`, byte 4: the bytes of a page do not have its checksum;"
            + " the file is damaged: copy it again, or write it again")
      }
    }
  }

  @Test func leftoverBytes() throws {
    for count in 0...9 {
      var file = File()
      file.addData(three + [UInt8](repeating: 0, count: count))
      if count == 0 {
        #expect(try file.values() == [1, 2, 3])
      } else {
        let error = try file.failure()
        #expect(error?.message == "\(count) bytes are left over in a page")
      }
    }
    // Bits are filled up by some.
    for (rest, isRead) in [([], true), ([0, 0, 0], true), ([1], false)] as [([UInt8], Bool)] {
      var file = File(physical: .boolean)
      file.addData([0b101] + rest)
      if isRead {
        #expect(try file.values().count == 3)
      } else {
        #expect(try file.failure()?.code == .corruptInput)
      }
    }
  }

  @Test func repetitionLevelsOfFlatPages() throws {
    var file = File(isOptional: true)
    file.addDataV2(
      repetition: [6, 0], levels: [2, 1, 2, 0, 2, 1], Self.plain([7, 8]), nullCount: 1)
    #expect(try file.values() == [7, nil, 8])
  }

  /// What parquet-cpp wrote before version 2: always compressed, said to be not.
  /// A bit a row, the highest of a byte first, as it was before 2014.
  @Test(arguments: [1, 3, 7, 8, 9, 16, 17, 200])
  func bitPackedLevels(_ rowCount: Int) throws {
    let expected = (0..<rowCount).map { $0 % 3 == 1 ? nil : Int64($0) }
    var levels = [UInt8](repeating: 0, count: (rowCount + 7) / 8)
    for (row, value) in expected.enumerated() where value != nil {
      levels[row / 8] |= 0x80 >> UInt8(row % 8)
    }
    let values = Self.plain(expected.compactMap { $0.map(Int32.init) })
    var file = File(rowCount: rowCount, isOptional: true)
    file.addData(levels + values, levels: ParquetEncoding.bitPacked.rawValue)
    #expect(try file.values() == expected)
    // Required columns have none, whatever the header says of them.
    var required = File()
    required.addData(three, levels: ParquetEncoding.bitPacked.rawValue)
    #expect(try required.values() == [1, 2, 3])
    var short = File(rowCount: rowCount, isOptional: true)
    short.addData(levels.dropLast(), levels: ParquetEncoding.bitPacked.rawValue)
    #expect(try short.failure()?.code == .corruptInput)
    var unknown = File(rowCount: rowCount, isOptional: true)
    unknown.addData(levels + values, levels: ParquetEncoding.deltaByteArray.rawValue)
    let error = try unknown.failure()
    #expect(error?.code == .unsupportedInput && error?.message.contains("DELTA_BYTE_ARRAY") == true)
  }

  @Test func compressedPagesThatSayTheyAreNot() throws {
    for (writer, isRead) in [
      ("parquet-cpp version 1.5.1-SNAPSHOT", true), ("parquet-cpp version 2.0.0", false),
      ("parquet-cpp-arrow version 1.5.1", false), ("parquet-mr version 1.5.1 (build x)", false),
    ] {
      var file = File(codec: .snappy, writer: writer)
      file.addDataV2(Self.snappy(three), byteCount: 12, isCompressed: false)
      if isRead {
        #expect(try file.values() == [1, 2, 3])
      } else {
        #expect(try file.failure()?.code == .corruptInput, "\(writer)")
      }
    }
    for writer in ["parquet-cpp version 2.0.0", "test"] {
      var file = File(codec: .snappy, writer: writer)
      file.addDataV2(three, isCompressed: false)
      #expect(try file.values() == [1, 2, 3])
    }
  }

  @Test func emptyPagesOfVersion2() throws {
    var file = File(isOptional: true, codec: .snappy)
    file.addDataV2(levels: [6, 0], [], nullCount: 3)
    #expect(try file.values() == [nil, nil, nil])
    file.codec = .zstd
    file.pages = []
    file.addDataV2(
      levels: [6, 0], [0x28, 0xB5, 0x2F, 0xFD, 0x20, 0, 1, 0, 0], byteCount: 0, nullCount: 3)
    #expect(try file.values() == [nil, nil, nil])
  }

  @Test func oldLZ4() throws {
    // A block of one literal.
    let block = [UInt8(12 << 4)] + three
    let framed: [UInt8] = [0, 0, 0, 12, 0, 0, 0, 13] + block
    for content in [block, framed] {
      var file = File(codec: .lz4)
      file.addData(content, byteCount: 12)
      #expect(try file.values() == [1, 2, 3])
    }
    var two = File(rowCount: 6, codec: .lz4)
    two.addData(framed + framed, byteCount: 24)
    #expect(try two.values() == [1, 2, 3, 1, 2, 3])
    var cut = File(codec: .lz4)
    cut.addData(Array(framed.dropLast()), byteCount: 12)
    #expect(try cut.failure()?.code == .corruptInput)
  }

  @Test func bytesThatTheFooterDoesNotCount() throws {
    for (writer, isRead) in [
      ("parquet-mr version 1.2.8", true), ("parquet-mr version 1.2.9", false),
    ] {
      var file = File(writer: writer, missingByteCount: 5)
      file.addData(three)
      if isRead {
        #expect(try file.values() == [1, 2, 3])
      } else {
        #expect(try file.failure()?.code == .corruptInput)
      }
    }
  }

  @Test func versionsOfTheMetadata() throws {
    for version in [-1, 0, 1, 2, 3, 9] {
      var file = File(version: version)
      file.addData(three)
      if version == 1 || version == 2 {
        #expect(try file.values() == [1, 2, 3])
      } else {
        let error = try file.failure()
        #expect(error?.code == .unsupportedInput)
        #expect(
          error?.message == "the metadata are of version \(version); versions 1 and 2 are read")
      }
    }
  }

  @Test func statisticsAgainstValues() throws {
    func statistics(_ nulls: Int, _ low: Int32, _ high: Int32) -> ThriftStruct {
      ThriftStruct(
        (3, .int64(nulls)), (5, .bytes(Self.plain([high]))), (6, .bytes(Self.plain([low]))))
    }
    for (nulls, low, high, isRight) in [
      (0, 1, 3, true), (0, -5, 9, true), (1, 1, 3, false), (0, 2, 3, false), (0, 1, 2, false),
    ] as [(Int, Int32, Int32, Bool)] {
      for hasTypeOrder in [true, false] {
        var file = File(statistics: statistics(nulls, low, high), hasTypeOrder: hasTypeOrder)
        file.addData(three)
        // An order that is not known says nothing.
        if isRight || !hasTypeOrder {
          #expect(try file.values() == [1, 2, 3])
        } else {
          let error = try file.failure()
          #expect(error?.code == .corruptInput && error?.message.contains("statistics") == true)
        }
      }
    }
  }

  @Test func boundsThatAreNoNumbers() throws {
    func bits(_ values: [Double]) -> [UInt8] {
      values.flatMap { value in withUnsafeBytes(of: value) { Array($0) } }
    }
    for (low, high) in [(Double.nan, Double.nan), (1, .nan), (0.0, 1), (-0.0, 1)] {
      var file = File(
        physical: .double,
        statistics: ThriftStruct((5, .bytes(bits([high]))), (6, .bytes(bits([low])))))
      file.addData(bits([1, .nan, low == 1 ? 1 : -0.0]))
      let reader = try ParquetFileReader(ArrowFileBytes(file.bytes, name: "FILE"))
      #expect(try reader.array(batch: 0, column: 0).rowCount == 3)
    }
  }

  @Test func encryptedColumns() throws {
    var file = File(isEncrypted: true)
    file.addData(three)
    let error = try file.failure()
    #expect(error?.code == .unsupportedInput && error?.message == "the column is encrypted")
    let whole = #expect(throws: ReadingError.self) {
      _ = try ParquetFileReader(
        ArrowFileBytes(Array("PARE".utf8) + [44, 0, 0, 0] + Array("PARE".utf8), name: "FILE"))
    }
    #expect(whole?.code == .unsupportedInput && whole?.message == "the Parquet file is encrypted")
  }
}
