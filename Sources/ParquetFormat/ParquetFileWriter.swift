package import ArrowFormat
package import Columnar
package import FileIO

/// Writes a table as Parquet.
///
///     PAR1 │ row group: chunk of column 0: dictionary page, data pages │ … │ footer │ length │ PAR1
///
/// Threads make column chunks; they are written in order, each as soon as those before it are. So the
/// file is the same for any number of threads, goes to a pipe as well, and no more than a few chunks
/// are in memory.
package struct ParquetFileWriter {
  /// Metadata that depends on what was written, given the columns once all their rows are made.
  package typealias LateMetadata = ArrowFileWriter.LateMetadata

  private let columns: [ColumnSource]
  private let rowCount: Int
  private let options: ParquetWritingOptions

  static let magic = Array("PAR1".utf8)

  package init(_ frame: DataFrame, options: ParquetWritingOptions = ParquetWritingOptions()) {
    self.init(frame.columns.map { .whole($0) }, rowCount: frame.rowCount, options: options)
  }

  package init(_ columns: [ColumnSource], rowCount: Int, options: ParquetWritingOptions) {
    precondition(options.groupRowCount > 0 && options.groupRowCount % 8 == 0)
    precondition(options.pageRowCount >= 8 && options.pageRowCount % 8 == 0)
    self.columns = columns
    self.rowCount = rowCount
    self.options = options
  }

  /// Whether a column of this shape is to be there as a whole before its first row is written.
  package static func needsWhole(_ view: ColumnView) -> Bool { ArrowFileWriter.needsWhole(view) }

  /// Writes to the file at `path`, which appears when it is complete; `-` is standard output. All
  /// columns are there as wholes.
  package func write(to path: String) throws(OutputError) {
    do {
      try write(to: path) { _ in [] }
    } catch let error as OutputError {
      throw error
    } catch {
      fatalError("a column that is there fits its layout: \(error)")
    }
  }

  /// Writes to the file at `path`, which appears when it is complete. Columns are made while they are
  /// written.
  ///
  /// - Parameter late: What is said of the file, beside its Arrow schema.
  /// - Throws: `OutputError`; `LayoutError` for a value that its column's layout does not hold: in
  ///   the first such column the first such row.
  package func write(to path: String, late: LateMetadata) throws {
    let file = try AtomicFile(path: path)
    try write(to: file, path: file.path, late: late)
    try file.commit()
  }

  /// Writes to `sink`; `path` is the name that errors give.
  func write(to sink: any ByteSink, path: String, late: LateMetadata) throws {
    var columns: [ParquetColumn] = []
    for (number, source) in self.columns.enumerated() {
      columns.append(
        try ParquetColumn(
          source, number: number, path: path, for: options.engine, categories: options.categories))
    }
    let output = ParquetChunkOutput(sink, startingWith: Self.magic)
    try output.start()
    let writing = ParquetGroupWriting(columns, rowCount: rowCount, options: options, output: output)
    try writing.run()
    let schema = ArrowSchema(
      columns.map(\.arrow), metadata: options.metadata, hints: options.hints)
    // Readers that know the Arrow schema take its metadata from there, others from the file.
    let metadata = schema.metadata + (try late(self.columns)) + [schema.parquetMetadata]
    let footer = ParquetFileMetadata(
      columns: columns, rowCount: rowCount, groupRowCount: options.groupRowCount,
      groups: writing.groups,
      codec: options.compression == .zstd ? .zstd : .uncompressed, metadata: metadata
    ).thrift.serialized()
    try output.finish(footer + footer.count.littleEndianBytes + Self.magic)
  }
}
