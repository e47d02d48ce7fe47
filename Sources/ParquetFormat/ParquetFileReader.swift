package import ArrowFormat
import Columnar
package import FileIO

/// Reads flat tables in Parquet, whoever wrote them.
///
/// Every length and offset is checked before it is followed, the footer's when the file is opened, a
/// column's when it is asked for; its bytes are read then.
package struct ParquetFileReader: ArrayTable, Sendable {
  /// The path.
  package let name: String
  package var rowCount: Int { footer.rowCount }
  /// What the writer said about the whole, in its order.
  package let metadata: [ArrowMetadata]
  /// The columns, in the types in which they are read.
  package let fields: [ArrowField]
  private let footer: ParquetFooter
  private let footerStart: Int
  private let file: ArrowFileBytes
  private let limit: ParquetGrowthLimit

  /// More rows than this can only come from damaged metadata; sizes stay far from overflow.
  private static let maximumRowCount = 1 << 48

  package init(path: String) throws(ReadingError) {
    try self.init(ArrowFileBytes(path: path))
  }

  package init(
    _ file: ArrowFileBytes, limit: ParquetGrowthLimit = ParquetGrowthLimit()
  ) throws(ReadingError) {
    self.file = file
    self.limit = limit
    name = file.name
    (footer, footerStart) = try Self.readFooter(file)
    metadata = footer.metadata
    let known = footer.arrowFields
    fields = footer.fields.map { field in
      switch field.reading {
      case .success(let type):
        let isUUID = field.type.annotation == .uuid
        return ArrowField(
          name: field.name, type: type, metadata: isUUID ? [.uuid] : [],
          storage: isUUID ? .uuid : .usual
        )
        .completed(by: known[field.name])
      case .failure(let reason):
        let foreign = ArrowForeignType(
          name: reason.typeWords, nodeCount: 1, bufferCount: 0, variadicCount: 0)
        return ArrowField(name: field.name, type: .null, storage: .foreign(foreign))
      }
    }
    try checkGroups()
  }

  private static func readFooter(
    _ file: ArrowFileBytes
  ) throws(ReadingError) -> (ParquetFooter, Int) {
    let magic = ParquetFileWriter.magic
    let start = try file.read(0..<min(file.count, 4))
    guard start.withUnsafeBytes({ $0.elementsEqual(magic) }) else {
      let isEncrypted = start.withUnsafeBytes { $0.elementsEqual(Array("PARE".utf8)) }
      if isEncrypted {
        throw ReadingError.parquet(
          .unsupportedInput, file: file.name, byteOffset: 0, "the Parquet file is encrypted")
      }
      throw ReadingError.parquet(
        .notParquet, file: file.name, byteOffset: 0, "the file does not start with `PAR1`")
    }
    // Magic; the footer's length, magic.
    let footerEnd = file.count - 8
    let tail = footerEnd >= 4 ? try file.read(footerEnd..<file.count) : nil
    guard let tail, tail.withUnsafeBytes({ $0[4...].elementsEqual(magic) }) else {
      throw ReadingError.parquet(
        .corruptInput, file: file.name, byteOffset: file.count,
        "the file does not end with `PAR1`: it was cut short")
    }
    let length = Int(UInt32(littleEndian: tail.pointer(as: UInt32.self).pointee))
    guard length > 0, length <= footerEnd - 4 else {
      throw ReadingError.parquet(
        .corruptInput, file: file.name, byteOffset: footerEnd,
        "a footer of \(length) bytes does not fit the file")
    }
    let footerStart = footerEnd - length
    let bytes = try file.read(footerStart..<footerEnd)
    var reader = ThriftReader(
      UnsafeRawBufferPointer(start: bytes.base, count: length), offset: footerStart,
      file: file.name)
    let footer = try ParquetFooter(&reader)
    withExtendedLifetime(bytes) {}
    return (footer, footerStart)
  }

  /// Holds what the row groups say against the schema.
  private func checkGroups() throws(ReadingError) {
    func corrupt(_ message: String) -> ReadingError {
      ReadingError.parquet(.corruptInput, file: name, byteOffset: footerStart, message)
    }
    var sum = 0
    for group in footer.groups {
      guard group.chunks.count == footer.chunkCount else {
        throw corrupt("a row group has \(group.chunks.count) columns of \(footer.chunkCount)")
      }
      guard group.rowCount >= 0, group.rowCount <= Self.maximumRowCount - sum else {
        throw corrupt("a row group has \(group.rowCount) rows")
      }
      sum += group.rowCount
    }
    guard sum == rowCount else {
      throw corrupt("the row groups have \(sum) rows, the footer says \(rowCount)")
    }
  }

  package var columnNames: [String] { fields.map(\.name) }
  /// The columns' types as pyarrow prints them.
  package var columnTypes: [String] { fields.map(\.typeDescription) }

  /// The value of the first entry of the metadata with that key.
  package func metadata(_ key: String) -> String? { metadata.first { $0.key == key }?.value }

  /// The rows of each row group.
  package var batchRowCounts: [Int] { footer.groups.map(\.rowCount) }

  /// A column in a row group.
  package func array(batch: Int, column: Int) throws -> ArrowArray {
    let rowCount = footer.groups[batch].rowCount
    let field = footer.fields[column]
    if case .failure(let reason) = field.reading {
      throw ReadingError.parquet(
        reason.code, file: name, byteOffset: field.fileOffset, column: field.name, reason.message)
    }
    if case .foreign(let type) = fields[column].storage {
      throw ReadingError.parquet(
        .unsupportedInput, file: name, byteOffset: field.fileOffset, column: field.name,
        "columns of the type \(type.name) cannot go on a diet")
    }
    let chunk = footer.groups[batch].chunks[field.chunk]
    let place = try place(chunk, field, rowCount: rowCount)
    let reader = try ParquetChunkReader(
      field, chunk, rowCount: rowCount, at: place, in: file, limit, writer: footer.writer)
    let values = try reader.values()
    do throws(PageFault) {
      return try values.array()
    } catch {
      throw ReadingError.parquet(
        error.code, file: name, byteOffset: place.lowerBound, column: field.name, error.message)
    }
  }

  /// Where a chunk's pages lie, all within the file.
  private func place(
    _ chunk: ParquetFooter.Chunk, _ field: ParquetFooter.Field, rowCount: Int
  ) throws(ReadingError) -> Range<Int> {
    func refuse(
      _ code: ReadingError.Code, _ message: String
    ) -> ReadingError {
      ReadingError.parquet(
        code, file: name, byteOffset: chunk.fileOffset, column: field.name, message)
    }
    if let path = chunk.path {
      throw refuse(.unsupportedInput, "the column is in another file, `\(path)`")
    }
    guard !chunk.isEncrypted else { throw refuse(.unsupportedInput, "the column is encrypted") }
    guard chunk.physical == field.type.physical.rawValue else {
      throw refuse(.corruptInput, "a row group has another type than the schema")
    }
    // Where a row group without rows lies means nothing.
    if rowCount == 0 { return 4..<4 }
    // Writers without a dictionary leave its offset out, or write 0.
    var start = chunk.dataOffset
    if let dictionary = chunk.dictionaryOffset, dictionary > 0 { start = min(start, dictionary) }
    guard start >= 4, start <= footerStart, chunk.byteCount >= 0,
      chunk.byteCount <= footerStart - start
    else {
      throw refuse(
        .corruptInput, "the column is said to have \(chunk.byteCount) bytes from byte \(start) on")
    }
    let end = min(start + chunk.byteCount + footer.writer.missingByteCount, footerStart)
    return start..<end
  }
}

extension PageFault {
  /// What a column is that is not read for this reason: `nested`, `INTERVAL`.
  fileprivate var typeWords: String {
    var words = message.prefix { $0 != ";" }
    if words.hasPrefix("the column is ") { words = words.dropFirst("the column is ".count) }
    for end in [" is not read", " are not read"] where words.hasSuffix(end) {
      words = words.dropLast(end.count)
    }
    return String(words)
  }
}
