import FileIO

/// The frame around a schema, a dictionary or a batch of records:
///
///     FFFFFFFF │ Int32 length of the metadata with padding │ metadata │ body
///
/// The metadata is padded so that the body starts at a multiple of 64 bytes of the file; the body's
/// length is a multiple of 64 too, and so are its buffers' offsets. A mapped file then has aligned
/// buffers.
package struct ArrowMessage {
  /// Where the message starts in the file.
  var offset: Int
  /// The frame and the metadata, padded.
  package var head: [UInt8]
  var bodyByteCount: Int

  var bodyOffset: Int { offset + head.count }
  var end: Int { bodyOffset + bodyByteCount }

  /// A place in the file, as the footer lists it.
  var block: [UInt64] { [UInt64(offset), UInt64(head.count), UInt64(bodyByteCount)] }

  static let continuation: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]

  package init(
    at offset: Int, tag: UInt8, header: FlatTable, bodyByteCount: Int,
    metadata said: [ArrowMetadata] = []
  ) {
    self.offset = offset
    self.bodyByteCount = bodyByteCount
    var metadata = FlatTable(
      .int16(ArrowTag.version), .uint8(tag), .table(header), .int64(bodyByteCount),
      said.isEmpty ? nil : .tables(said.map(\.flatTable))
    ).serialized()
    while (offset + 8 + metadata.count) % 64 != 0 { metadata.append(0) }
    head = Self.continuation + metadata.count.littleEndianBytes + metadata
  }
}

/// The lengths of one array and of its buffers, which the metadata of a batch lists.
struct ArrowBatchLayout {
  private(set) var rowCount: Int
  private var nodes: [UInt64] = []
  private var buffers: [UInt64] = []
  /// The bytes of the body so far: each buffer's, rounded up.
  private(set) var bodyByteCount = 0
  private let compression: FileCompression

  init(rowCount: Int, compression: FileCompression = .none) {
    self.rowCount = rowCount
    self.compression = compression
  }

  /// Plain buffers can be mapped, and start at a multiple of 64 bytes.
  private var alignment: Int { compression == .none ? 64 : 8 }

  mutating func addArray(rowCount: Int, nullCount: Int) {
    nodes += [UInt64(rowCount), UInt64(nullCount)]
  }

  /// Returns the buffer's offset within the body.
  @discardableResult
  mutating func addBuffer(byteCount: Int) -> Int {
    let offset = bodyByteCount
    buffers += [UInt64(offset), UInt64(byteCount)]
    bodyByteCount += (byteCount + alignment - 1) & ~(alignment - 1)
    return offset
  }

  /// The table RecordBatch.
  var flatTable: FlatTable {
    FlatTable(
      .int64(rowCount),
      .structs(nodes, count: nodes.count / 2),
      .structs(buffers, count: buffers.count / 2),
      // CompressionType.ZSTD, BodyCompressionMethod.BUFFER.
      compression == .zstd ? .table(FlatTable(.uint8(1), .uint8(0))) : nil)
  }
}

extension Int {
  /// The low 32 bits as bytes.
  package var littleEndianBytes: [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
  }
}
