import Columnar

/// Where everything in an Arrow file lies, before it is written.
final class ArrowFileLayout: @unchecked Sendable {
  // Sound: nothing changes after `init`, and the memory that pieces point to belongs to columns,
  // which `columns` keeps.

  /// The bytes of the file in order; gaps between them are zeros.
  private(set) var pieces: [ArrowPiece] = []
  private let columns: [ArrowColumn]
  private var end = 0
  private var dictionaryBlocks: [ArrowMessage] = []
  private var batchBlocks: [ArrowMessage] = []

  /// Pieces longer than this are cut, so that threads share them.
  private static let pieceByteCount = 4 << 20

  init(_ frame: DataFrame, options: ArrowWritingOptions, path: String) throws(OutputError) {
    var columns: [ArrowColumn] = []
    for (index, column) in frame.columns.enumerated() {
      columns.append(try ArrowColumn(column, dictionaryID: index, path: path))
    }
    self.columns = columns
    var schema = ArrowSchema(fields: columns.map(\.field), metadata: options.metadata)
    if options.keepsTypesInEngines { schema.addEngineMetadata(for: columns) }

    let magic = Array("ARROW1".utf8)
    let isFile = options.framing == .file
    if isFile { append(magic + [0, 0]) }
    append(
      ArrowMessage(
        at: end, tag: ArrowTag.schemaHeader, header: schema.flatTable, bodyByteCount: 0))
    for column in columns { try addDictionary(of: column, path: path) }
    for rows in try batches(frame.rowCount, options, path: path) { addBatch(rows) }
    append(ArrowMessage.continuation + [0, 0, 0, 0])
    guard isFile else { return }
    let footer = FlatTable(
      .int16(ArrowTag.version),
      .table(schema.flatTable),
      .structs(dictionaryBlocks.flatMap(\.block), count: dictionaryBlocks.count),
      .structs(batchBlocks.flatMap(\.block), count: batchBlocks.count)
    ).serialized()
    append(footer + footer.count.littleEndianBytes + magic)
  }

  /// Runs of pieces, about as long as each other, that may be written in any order.
  var groups: [Range<Int>] {
    var groups: [Range<Int>] = []
    var first = 0
    var byteCount = 0
    for (index, piece) in pieces.enumerated() {
      byteCount += piece.byteCount
      if byteCount >= Self.pieceByteCount || index == pieces.count - 1 {
        groups.append(first..<index + 1)
        (first, byteCount) = (index + 1, 0)
      }
    }
    return groups
  }

  /// Writes some of the pieces, in order, after zeros from `position` on.
  func write(
    _ range: Range<Int>, to sink: any ByteSink, from position: Int
  ) throws(OutputError) {
    var itemByteCount = 0
    for piece in pieces[range] {
      if case .produced(_, let byteCount, _) = piece.content {
        itemByteCount = max(itemByteCount, byteCount)
      }
    }
    var writer = ArrowPieceWriter(sink, position: position, itemByteCount: itemByteCount)
    for piece in pieces[range] { try writer.write(piece) }
    try writer.flush()
  }

  private func append(_ bytes: [UInt8]) {
    pieces.append(ArrowPiece(offset: end, byteCount: bytes.count, content: .bytes(bytes)))
    end += bytes.count
  }

  private func append(_ message: ArrowMessage) {
    append(message.head)
    end = message.end
  }

  private func addDictionary(of column: ArrowColumn, path: String) throws(OutputError) {
    guard let id = column.field.dictionary?.id, let dictionary = column.dictionary else { return }
    let rows = 0..<dictionary.count
    guard dictionary.values.textByteCount(rows) <= Int(Int32.max) else {
      throw OutputError(
        .notRepresentable, path: path, column: column.field.name,
        "its dictionary has more than 2 GiB of text", advice: "keep the column as text")
    }
    var batch = ArrowBatchLayout(rowCount: dictionary.count)
    let buffers = place(dictionary.values, rows, ArrowNulls(validity: nil), &batch)
    let message = ArrowMessage(
      at: end, tag: ArrowTag.dictionaryHeader,
      header: FlatTable(.int64(id), .table(batch.flatTable), .bool(false)),
      bodyByteCount: batch.bodyByteCount)
    dictionaryBlocks.append(message)
    append(message, buffers)
  }

  private func addBatch(_ rows: Range<Int>) {
    var batch = ArrowBatchLayout(rowCount: rows.count)
    var buffers: [(Int, ArrowValues.Buffer)] = []
    for column in columns { buffers += place(column.values, rows, column.nulls, &batch) }
    let message = ArrowMessage(
      at: end, tag: ArrowTag.recordHeader, header: batch.flatTable,
      bodyByteCount: batch.bodyByteCount)
    batchBlocks.append(message)
    append(message, buffers)
  }

  /// Notes an array in `batch`; returns its buffers and their offsets within the body.
  private func place(
    _ values: ArrowValues, _ rows: Range<Int>, _ nulls: ArrowNulls, _ batch: inout ArrowBatchLayout
  ) -> [(Int, ArrowValues.Buffer)] {
    if case .none = values {
      batch.addArray(rowCount: rows.count, nullCount: rows.count)
      return []
    }
    let nullCount = nulls.count(rows)
    batch.addArray(rowCount: rows.count, nullCount: nullCount)
    var placed: [(Int, ArrowValues.Buffer)] = []
    if nullCount > 0, let validity = nulls.validity {
      let bitmap = ArrowValues.Buffer(
        byteCount: (rows.count + 7) / 8, content: .memory(validity + rows.lowerBound / 8))
      placed.append((batch.addBuffer(byteCount: bitmap.byteCount), bitmap))
    } else {
      batch.addBuffer(byteCount: 0)
    }
    for buffer in values.buffers(rows, nullCount > 0 ? nulls : ArrowNulls(validity: nil)) {
      placed.append((batch.addBuffer(byteCount: buffer.byteCount), buffer))
    }
    return placed
  }

  private func append(_ message: ArrowMessage, _ buffers: [(Int, ArrowValues.Buffer)]) {
    append(message.head)
    for (offset, buffer) in buffers where buffer.byteCount > 0 {
      let start = message.bodyOffset + offset
      guard case .memory(let base) = buffer.content else {
        pieces.append(
          ArrowPiece(offset: start, byteCount: buffer.byteCount, content: buffer.content))
        continue
      }
      for first in stride(from: 0, to: buffer.byteCount, by: Self.pieceByteCount) {
        pieces.append(
          ArrowPiece(
            offset: start + first, byteCount: min(Self.pieceByteCount, buffer.byteCount - first),
            content: .memory(base + first)))
      }
    }
    end = message.end
  }

  /// The rows of each batch: as many as asked for, fewer where a column's text would be too long.
  private func batches(
    _ rowCount: Int, _ options: ArrowWritingOptions, path: String
  ) throws(OutputError) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var first = 0
    while first < rowCount {
      var end = min(first + options.batchRowCount, rowCount)
      for column in columns {
        while column.values.textByteCount(first..<end) > options.batchTextByteCount {
          guard end - first > 8 else {
            throw OutputError(
              .notRepresentable, path: path, column: column.field.name,
              "eight rows have more than 2 GiB of text")
          }
          end = first + max(8, (end - first) / 2 & ~7)
        }
      }
      batches.append(first..<end)
      first = end
    }
    return batches
  }
}
