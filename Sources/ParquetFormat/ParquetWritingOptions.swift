package import ArrowFormat
package import Columnar
package import FileIO

/// How a table is written as Parquet.
package struct ParquetWritingOptions: Sendable {
  package var compression = FileCompression.zstd
  /// As `zstd -1` to `zstd -19` say it.
  package var compressionLevel = 1
  /// Added to the file's metadata and to its Arrow schema, in this order.
  package var metadata: [ArrowMetadata] = []
  /// Who reads the file: types that this engine lacks become the nearest exact ones.
  package var engine = TargetEngine.any
  /// Which columns engines see as dictionaries; pages have their own.
  package var categories = CategoryPolicy.text
  /// What makes readers keep the types that they would otherwise widen.
  package var hints: SchemaHints?
  /// Rows of a row group; a multiple of the rows of a block.
  package var groupRowCount = 1 << 20
  /// The most rows of a page.
  package var pageRowCount = 1 << 17
  /// Bytes of a page before it is compressed, unless one value is longer.
  package var pageByteCount = 1 << 20
  /// A dictionary that would be made for the page's sake alone takes at most so many bytes; engines
  /// give theirs up at the same size.
  package var dictionaryByteCount = 1 << 20
  /// Threads that make column chunks.
  package var threadCount = 2

  package init() {}
}
