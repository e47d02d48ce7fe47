import CZstd
import Columnar

/// A column chunk, complete but for its place in the file.
struct ParquetChunk {
  /// The pages with their headers, the dictionary's first.
  var pages = PageStore()
  /// The bytes of the pages before they were compressed, headers included.
  var uncompressedByteCount = 0
  /// Where the data pages start; `nil` where there is no dictionary before them.
  var dictionaryByteCount: Int?
  var encodings: [ParquetEncoding] = []
  var rowCount = 0
  var statistics = ParquetStatistics()
}

/// Compresses pages and puts them one after the other.
struct ParquetPageOutput: ~Copyable {
  private(set) var chunk = ParquetChunk()
  private let codec: ParquetCodec
  private let level: Int32
  private let context: OpaquePointer?
  private var compressed = PageBytes()

  init(_ options: ParquetWritingOptions) {
    level = Int32(options.compressionLevel)
    switch options.compression {
    case .none: (codec, context) = (.uncompressed, nil)
    case .zstd: (codec, context) = (.zstd, ZSTD_createCCtx())
    }
  }

  deinit { ZSTD_freeCCtx(context) }

  /// Hands over what was made, and starts anew.
  mutating func finish(rowCount: Int, _ statistics: ParquetStatistics) -> ParquetChunk {
    var finished = chunk
    chunk = ParquetChunk()
    finished.rowCount = rowCount
    finished.statistics = statistics
    return finished
  }

  /// Adds the page of the dictionary, which has to be the first.
  mutating func addDictionary(_ page: borrowing PageBytes, count: Int) {
    let header = ThriftStruct(
      (1, .int32(count)), (2, .int32(ParquetEncoding.plain.rawValue)), (3, .bool(false)))
    add(page, .dictionary, header: (7, header))
    use(.plain)
    chunk.dictionaryByteCount = chunk.pages.byteCount
  }

  mutating func addData(_ page: borrowing PageBytes, rowCount: Int, _ encoding: ParquetEncoding) {
    let levels = ParquetEncoding.runLength.rawValue
    let header = ThriftStruct(
      (1, .int32(rowCount)), (2, .int32(encoding.rawValue)), (3, .int32(levels)),
      (4, .int32(levels)))
    add(page, .data, header: (5, header))
    use(encoding)
    use(.runLength)
  }

  private mutating func use(_ encoding: ParquetEncoding) {
    if !chunk.encodings.contains(encoding) { chunk.encodings.append(encoding) }
  }

  private mutating func add(
    _ page: borrowing PageBytes, _ type: ParquetPageType, header: (id: Int, fields: ThriftStruct)
  ) {
    let content: UnsafeRawBufferPointer
    if codec == .zstd {
      compressed.removeAll()
      let bound = ZSTD_compressBound(page.count)
      let target = compressed.end(withRoom: bound)
      let count = ZSTD_compressCCtx(context, target, bound, page.base, page.count, level)
      guard ZSTD_isError(count) == 0 else {
        fatalError("zstd: \(String(cString: ZSTD_getErrorName(count)))")
      }
      compressed.advance(count)
      content = compressed.bytes
    } else {
      content = page.bytes
    }
    let head = ThriftStruct(
      (1, .int32(type.rawValue)), (2, .int32(page.count)), (3, .int32(content.count)),
      (header.id, .structure(header.fields))
    ).serialized()
    head.withUnsafeBytes { chunk.pages.append($0) }
    chunk.pages.append(content)
    chunk.uncompressedByteCount += head.count + page.count
  }
}
