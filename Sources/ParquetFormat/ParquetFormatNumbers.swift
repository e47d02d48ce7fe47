/// How values of a page are written, by the numbers of parquet.thrift's enum `Encoding`.
enum ParquetEncoding: Int, Sendable {
  case plain = 0
  case plainDictionary = 2
  case runLength = 3
  case bitPacked = 4
  case deltaBinaryPacked = 5
  case deltaLengthByteArray = 6
  case deltaByteArray = 7
  case runLengthDictionary = 8
  case byteStreamSplit = 9

  /// The name that the specification gives it.
  var name: String {
    switch self {
    case .plain: "PLAIN"
    case .plainDictionary: "PLAIN_DICTIONARY"
    case .runLength: "RLE"
    case .bitPacked: "BIT_PACKED"
    case .deltaBinaryPacked: "DELTA_BINARY_PACKED"
    case .deltaLengthByteArray: "DELTA_LENGTH_BYTE_ARRAY"
    case .deltaByteArray: "DELTA_BYTE_ARRAY"
    case .runLengthDictionary: "RLE_DICTIONARY"
    case .byteStreamSplit: "BYTE_STREAM_SPLIT"
    }
  }
}

extension ParquetEncoding {
  /// Whether values of the type end in bits, which writers fill up.
  func endsInBits(_ type: ParquetPhysicalType) -> Bool {
    switch self {
    case .plain: type == .boolean
    case .plainDictionary, .runLengthDictionary, .runLength, .bitPacked, .deltaBinaryPacked: true
    case .deltaLengthByteArray, .deltaByteArray, .byteStreamSplit: false
    }
  }
}

/// How pages are compressed, by the numbers of parquet.thrift's enum `CompressionCodec`.
enum ParquetCodec: Int, Sendable {
  case uncompressed = 0
  case snappy = 1
  case gzip = 2
  case lzo = 3
  case brotli = 4
  case lz4 = 5
  case zstd = 6
  case lz4Raw = 7

  /// The name that the specification gives it.
  var name: String {
    switch self {
    case .uncompressed: "UNCOMPRESSED"
    case .snappy: "SNAPPY"
    case .gzip: "GZIP"
    case .lzo: "LZO"
    case .brotli: "BROTLI"
    case .lz4: "LZ4"
    case .zstd: "ZSTD"
    case .lz4Raw: "LZ4_RAW"
    }
  }
}

/// The numbers of parquet.thrift's enum `PageType`.
enum ParquetPageType: Int, Sendable {
  case data = 0
  case index = 1
  case dictionary = 2
  case dataV2 = 3
}
