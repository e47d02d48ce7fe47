package import Columnar
package import FileIO

/// Writes a table as Arrow IPC, a file or a stream, plain or compressed.
///
///     ARROW1 │ schema │ dictionaries │ record batch │ … │ end of stream │ footer │ ARROW1
///
/// Of plain ones all sizes are known before the first byte is written, from the columns or from the chunks that
/// they will be made of. So each block of rows of each column has its place, threads write where
/// they please, and nothing is gathered in memory: what lies there as Arrow wants it is written from
/// there, the rest is made in blocks that fit the cache.
package struct ArrowFileWriter {
  /// What is said of the file and depends on what was written, given the columns once all their rows
  /// are made.
  package typealias LateMetadata = ([ColumnSource]) throws -> [ArrowMetadata]

  private let columns: [ColumnSource]
  private let rowCount: Int
  private let options: ArrowWritingOptions

  package init(_ frame: DataFrame, options: ArrowWritingOptions = ArrowWritingOptions()) {
    self.init(frame.columns.map { .whole($0) }, rowCount: frame.rowCount, options: options)
  }

  package init(_ columns: [ColumnSource], rowCount: Int, options: ArrowWritingOptions) {
    precondition(options.batchRowCount > 0 && options.batchRowCount % 8 == 0)
    precondition(options.blockRowCount > 0 && options.blockRowCount % 8 == 0)
    self.columns = columns
    self.rowCount = rowCount
    self.options = options
  }

  /// Whether a column of this shape is to be there as a whole before its first row is written.
  package static func needsWhole(_ view: ColumnView, _ categories: CategoryPolicy = .text) -> Bool {
    ArrowColumn.needsWhole(view, categories)
  }

  /// Writes to the file at `path`, which appears when it is complete; `-` is standard output.
  package func write(to path: String) throws(OutputError) {
    let file = try AtomicFile(path: path)
    try write(to: file, path: file.path)
    try file.commit()
  }

  /// Writes to `sink`; `path` is the name that errors give. All columns are there as wholes.
  package func write(to sink: any ByteSink, path: String) throws(OutputError) {
    do {
      try write(to: sink, path: path, late: nil)
    } catch let error as OutputError {
      throw error
    } catch {
      fatalError("a column that is there fits its layout: \(error)")
    }
  }

  /// Writes to the file at `path`, which appears when it is complete. Columns are made while they are
  /// written.
  ///
  /// - Parameter late: Values of the file's metadata in place of those in the options, which are as
  ///   long.
  /// - Throws: `OutputError`; `LayoutError` for a value that its column's layout does not hold: in
  ///   the first such column the first such row.
  package func write(to path: String, late: @escaping LateMetadata) throws {
    let file = try AtomicFile(path: path)
    try write(to: file, path: file.path, late: late)
    try file.commit()
  }

  /// Writes to `sink`; `path` is the name that errors give.
  func write(to sink: any ByteSink, path: String, late: LateMetadata?) throws {
    if options.compression == .zstd { return try writeCompressed(to: sink, path: path, late) }
    guard sink.allowsAnyOrder else { return try writeInOrder(to: sink, path: path, late) }
    let layout = try ArrowFileLayout(columns, rowCount: rowCount, options: options, path: path)
    sink.expect(byteCount: layout.schemaPieces().map(\.end).max() ?? 0)
    try ArrowBlockWriting(layout, rowCount: rowCount, options: options, sink: sink).run()
    var writer = ArrowPieceWriter(sink, itemByteCount: 1)
    let metadata = try late?(columns) ?? []
    for piece in layout.schemaPieces(with: metadata) { try writer.write(piece) }
    try writer.flush()
  }

  /// A pipe takes the first byte first, which may depend on the last row: columns are made before.
  private func writeInOrder(to sink: any ByteSink, path: String, _ late: LateMetadata?) throws {
    let (wholes, options) = try settled(late)
    let layout = try ArrowFileLayout(wholes, rowCount: rowCount, options: options, path: path)
    let rows = layout.columns.map { column in column.rows(of: column.source.outline, from: 0) }
    var writer = ArrowPieceWriter(sink, itemByteCount: layout.itemByteCount)
    let schema = layout.schemaPieces()
    try writer.write(schema[0])
    for section in layout.sections {
      switch section {
      case .piece(let piece): try writer.write(piece)
      case .batch(let batch):
        for (column, rows) in rows.enumerated() {
          for piece in batch.pieces(batch.rows, ofColumn: column, rows) { try writer.write(piece) }
        }
      }
    }
    try writer.write(schema[1])
    try writer.flush()
  }

  /// Compressed bytes come in order, too; only the certificate is put in later, where it can be.
  private func writeCompressed(to sink: any ByteSink, path: String, _ late: LateMetadata?) throws {
    var (columns, options) = (columns, options)
    options.batchRowCount = min(options.batchRowCount, options.compressedBatchRowCount)
    if !sink.allowsAnyOrder { (columns, options) = try settled(late, options) }
    var layout = try ArrowFileLayout(columns, rowCount: rowCount, options: options, path: path)
    // A block is made once, and a batch by one thread: where long text cuts batches within blocks,
    // columns are made first.
    let blockRowCount = options.blockRowCount
    if !layout.batches.allSatisfy({ $0.rows.lowerBound % blockRowCount == 0 }) {
      columns = try wholes()
      layout = try ArrowFileLayout(columns, rowCount: rowCount, options: options, path: path)
    }
    try ArrowCompressedWriting(layout, rowCount: rowCount, options: options, sink: sink).run {
      sink.allowsAnyOrder ? try late?(columns) ?? [] : []
    }
  }

  private func wholes() throws -> [ColumnSource] {
    try columns.map { source in
      if case .blocks(let blocks) = source { .whole(try blocks.whole()) } else { source }
    }
  }

  /// All columns as wholes, and the metadata that they lead to.
  private func settled(
    _ late: LateMetadata?, _ options: ArrowWritingOptions? = nil
  ) throws -> ([ColumnSource], ArrowWritingOptions) {
    let wholes = try wholes()
    var options = options ?? self.options
    if let late { options.fileMetadata = try late(wholes) }
    return (wholes, options)
  }
}
