import FileIO

/// What stands before a page that is read: parquet.thrift's struct PageHeader.
struct ParquetPageHeader {
  var type: Int?
  var uncompressedByteCount = 0
  var byteCount = 0
  /// The CRC-32 of the stored bytes, where the writer left one.
  var checksum: UInt32?
  /// Values with nulls; entries of a dictionary.
  var valueCount = 0
  var encoding = 0
  var levelEncoding = ParquetEncoding.runLength.rawValue
  /// Of a page of the second version: the levels lie before the values, uncompressed.
  var levelByteCount = 0
  var repetitionByteCount = 0
  var isCompressed = true

  init(_ reader: inout ThriftReader) throws(ReadingError) {
    var last = 0
    while let field = try reader.nextField(&last) {
      switch (field.id, field.type) {
      case (1, .int32): type = try reader.integer()
      case (2, .int32): uncompressedByteCount = try reader.integer()
      case (3, .int32): byteCount = try reader.integer()
      case (4, .int32): checksum = UInt32(truncatingIfNeeded: try reader.integer())
      case (5, .structure): try readData(&reader)
      case (7, .structure): try readDictionary(&reader)
      case (8, .structure): try readDataV2(&reader)
      default: try reader.skip(field.type)
      }
    }
    guard byteCount >= 0, uncompressedByteCount >= 0, valueCount >= 0, levelByteCount >= 0,
      repetitionByteCount >= 0, byteCount <= Int(Int32.max), valueCount <= Int(Int32.max),
      uncompressedByteCount <= Int(Int32.max), levelByteCount <= byteCount,
      repetitionByteCount <= byteCount - levelByteCount
    else { throw reader.corrupt("a page has a size below 0 or beyond 2 GiB") }
  }

  private mutating func readData(_ reader: inout ThriftReader) throws(ReadingError) {
    var last = 0
    while let field = try reader.nextField(&last) {
      switch (field.id, field.type) {
      case (1, .int32): valueCount = try reader.integer()
      case (2, .int32): encoding = try reader.integer()
      case (3, .int32): levelEncoding = try reader.integer()
      default: try reader.skip(field.type)
      }
    }
  }

  private mutating func readDictionary(_ reader: inout ThriftReader) throws(ReadingError) {
    var last = 0
    while let field = try reader.nextField(&last) {
      switch (field.id, field.type) {
      case (1, .int32): valueCount = try reader.integer()
      case (2, .int32): encoding = try reader.integer()
      default: try reader.skip(field.type)
      }
    }
  }

  private mutating func readDataV2(_ reader: inout ThriftReader) throws(ReadingError) {
    var last = 0
    while let field = try reader.nextField(&last) {
      switch (field.id, field.type) {
      case (1, .int32): valueCount = try reader.integer()
      case (4, .int32): encoding = try reader.integer()
      case (5, .int32): levelByteCount = try reader.integer()
      case (6, .int32): repetitionByteCount = try reader.integer()
      case (7, .no): isCompressed = false
      default: try reader.skip(field.type)
      }
    }
  }
}
