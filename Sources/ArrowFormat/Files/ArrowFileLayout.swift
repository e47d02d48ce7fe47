import Columnar
import FileIO

/// Where everything in an Arrow file lies, before it is written. What a column has in a batch is
/// known by its length alone: the values may still have to be made.
final class ArrowFileLayout: @unchecked Sendable {
  // Sound: nothing changes after `init`, and the memory that pieces point to belongs to columns,
  // which `columns` keeps.

  /// Gaps between sections are zeros.
  enum Section {
    case piece(ArrowPiece)
    /// The rows of a batch, each column's at places of its own.
    case batch(ArrowBatchPlaces)
  }

  let columns: [ArrowColumn]
  /// What lies between the schema and the footer.
  private(set) var sections: [Section] = []
  private(set) var schema: ArrowSchema
  private let framing: ArrowWritingOptions.Framing
  private var startByteCount = 0
  private var endingOffset = 0
  private var end = 0
  private var dictionaryBlocks: [ArrowMessage] = []
  private var batchBlocks: [ArrowMessage] = []

  init(
    _ sources: [ColumnSource], rowCount: Int, options: ArrowWritingOptions, path: String
  ) throws(OutputError) {
    var columns: [ArrowColumn] = []
    for (index, source) in sources.enumerated() {
      columns.append(
        try ArrowColumn(
          source, dictionaryID: index, path: path, for: options.engine,
          categories: options.categories))
    }
    self.columns = columns
    framing = options.framing
    schema = ArrowSchema(columns, metadata: options.metadata, hints: options.hints)
    schema.fileMetadata = options.fileMetadata

    startByteCount = schema.start(framing).count
    end = startByteCount
    for column in columns { try addDictionary(of: column, path: path) }
    for rows in try columns.batches(rowCount: rowCount, options, path: path) {
      addBatch(rows, blockRowCount: options.blockRowCount)
    }
    endingOffset = end
    end += ending(schema).count
  }

  /// The batches, in the order of their rows.
  var batches: [ArrowBatchPlaces] {
    sections.compactMap { if case .batch(let batch) = $0 { batch } else { nil } }
  }

  /// The first and the last piece of the file, which hold the schema, with other values in its
  /// metadata: as long as the first ones.
  func schemaPieces(with metadata: [ArrowMetadata] = []) -> [ArrowPiece] {
    let schema = schema.replacing(metadata)
    let start = schema.start(framing)
    let ending = ending(schema)
    precondition(
      start.count == startByteCount && endingOffset + ending.count == end,
      "the metadata changed its length")
    return [
      ArrowPiece(offset: 0, byteCount: start.count, content: .bytes(start)),
      ArrowPiece(offset: endingOffset, byteCount: ending.count, content: .bytes(ending)),
    ]
  }

  /// The most bytes that an item of a piece takes.
  var itemByteCount: Int {
    var byteCount = 16
    for column in columns {
      if case .plain(.fixed(_, let width, let form)) = column.source.outline.view {
        byteCount = max(byteCount, FixedTextWriter(form: form, width: width).maximumByteCount)
      }
      byteCount = max(byteCount, column.longestCodedText)
    }
    for case .piece(let piece) in sections {
      if case .produced(_, let item, _) = piece.content { byteCount = max(byteCount, item) }
    }
    return byteCount
  }

  private func ending(_ schema: ArrowSchema) -> [UInt8] {
    schema.ending(framing, dictionaries: dictionaryBlocks, batches: batchBlocks)
  }

  private func append(_ message: ArrowMessage) {
    let head = ArrowPiece(
      offset: end, byteCount: message.head.count, content: .bytes(message.head))
    sections.append(.piece(head))
    end = message.end
  }

  private func addDictionary(of column: ArrowColumn, path: String) throws(OutputError) {
    guard let id = column.field.dictionary?.id, let dictionary = column.dictionary else { return }
    let nulls = ArrowNulls(validity: nil)
    let text = dictionary.values.textByteCount(0..<dictionary.count, nulls)
    guard text <= Int(Int32.max) else {
      throw OutputError(
        .notRepresentable, path: path, column: column.field.name,
        "its dictionary has more than 2 GiB of text", remedy: "keep the column as text")
    }
    let part = ArrowPart(rows: 0..<dictionary.count, position: 0, text: 0..<text)
    var batch = ArrowBatchLayout(rowCount: dictionary.count)
    batch.addArray(rowCount: dictionary.count, nullCount: 0)
    batch.addBuffer(byteCount: 0)
    let pieces = dictionary.values.pieces(part, nulls)
    let offsets = pieces.map { batch.addBuffer(byteCount: $0.byteCount) }
    let message = ArrowMessage(
      at: end, tag: ArrowTag.dictionaryHeader,
      header: FlatTable(.int64(id), .table(batch.flatTable), .bool(false)),
      bodyByteCount: batch.bodyByteCount)
    dictionaryBlocks.append(message)
    append(message)
    for (offset, piece) in zip(offsets, pieces) where piece.byteCount > 0 {
      sections.append(
        .piece(
          ArrowPiece(
            offset: message.bodyOffset + offset, byteCount: piece.byteCount,
            content: piece.content)))
    }
  }

  private func addBatch(_ rows: Range<Int>, blockRowCount: Int) {
    var batch = ArrowBatchLayout(rowCount: rows.count)
    var places = ArrowBatchPlaces(rows: rows, blockRowCount: blockRowCount)
    for column in columns { places.add(column, to: &batch) }
    let message = ArrowMessage(
      at: end, tag: ArrowTag.recordHeader, header: batch.flatTable,
      bodyByteCount: batch.bodyByteCount)
    batchBlocks.append(message)
    append(message)
    places.bodyOffset = message.bodyOffset
    sections.append(.batch(places))
  }
}
