import ArrowFormat
import Columnar

/// Where a column chunk lies in the file.
struct ParquetChunkPlace {
  var offset: Int
  /// The chunk without its bytes.
  var chunk: ParquetChunk
  var byteCount: Int
}

/// The footer of a Parquet file that is written: parquet.thrift's struct FileMetaData.
struct ParquetFileMetadata {
  var columns: [ParquetColumn]
  var rowCount: Int
  /// The rows of each row group but the last.
  var groupRowCount: Int
  /// For each row group its columns' chunks.
  var groups: [[ParquetChunkPlace]]
  var codec: ParquetCodec
  var metadata: [ArrowMetadata]

  /// What readers look at when they decide which writer's faults to expect.
  private static let writer = "diet version \(dietVersion)"

  var thrift: ThriftStruct {
    let root = ThriftStruct((4, .string("schema")), (5, .int32(columns.count)))
    let order = ThriftStruct((1, .structure(ThriftStruct())))
    return ThriftStruct(
      (1, .int32(2)),
      (2, .structs([root] + columns.map { $0.type.schemaElement(named: $0.name) })),
      (3, .int64(rowCount)),
      (4, .structs(groups.enumerated().map { group($1, number: $0) })),
      (5, .structs(metadata.map { ThriftStruct((1, .string($0.key)), (2, .string($0.value))) })),
      (6, .string(Self.writer)),
      // Without it, readers take no bounds to be in the order of the type.
      (7, .structs(columns.map { _ in order })))
  }

  private func group(_ chunks: [ParquetChunkPlace], number: Int) -> ThriftStruct {
    ThriftStruct(
      (1, .structs(zip(columns, chunks).map(chunk))),
      (2, .int64(chunks.reduce(0) { $0 + $1.chunk.uncompressedByteCount })),
      (3, .int64(min(groupRowCount, rowCount - number * groupRowCount))),
      (5, chunks.first.map { .int64($0.offset) }),
      (6, .int64(chunks.reduce(0) { $0 + $1.byteCount })),
      // The number has 16 bits.
      (7, number <= Int(Int16.max) ? .int16(number) : nil))
  }

  private func chunk(_ column: ParquetColumn, _ place: ParquetChunkPlace) -> ThriftStruct {
    let chunk = place.chunk
    let metadata = ThriftStruct(
      (1, .int32(column.type.physical.rawValue)),
      (2, .int32s(chunk.encodings.map(\.rawValue))),
      (3, .strings([column.name])),
      (4, .int32(codec.rawValue)),
      (5, .int64(chunk.rowCount)),
      (6, .int64(chunk.uncompressedByteCount)),
      (7, .int64(place.byteCount)),
      (9, .int64(place.offset + (chunk.dictionaryByteCount ?? 0))),
      (11, chunk.dictionaryByteCount.map { _ in .int64(place.offset) }),
      (12, .structure(chunk.statistics.thrift)))
    return ThriftStruct((2, .int64(0)), (3, .structure(metadata)))
  }
}

extension ArrowSchema {
  /// The schema as Parquet files carry it under the key `ARROW:schema`: an IPC message in base64.
  var parquetMetadata: ArrowMetadata {
    let message = ArrowMessage(
      at: 0, tag: ArrowTag.schemaHeader, header: flatTable, bodyByteCount: 0)
    return ArrowMetadata(key: "ARROW:schema", value: base64(message.head))
  }
}

/// RFC 4648.
private func base64(_ bytes: [UInt8]) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  text.reserveCapacity((bytes.count + 2) / 3 * 4)
  for first in stride(from: 0, to: bytes.count, by: 3) {
    let taken = bytes[first..<min(first + 3, bytes.count)]
    var word = taken.reduce(0) { $0 << 8 | UInt32($1) }
    word <<= UInt32(8 * (3 - taken.count))
    for place in 0..<4 {
      let letter = letters[Int(word >> UInt32(18 - 6 * place)) & 63]
      text.append(place <= taken.count ? letter : UInt8(ascii: "="))
    }
  }
  return String(decoding: text, as: UTF8.self)
}
