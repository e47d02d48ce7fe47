import Columnar

/// Reads Arrow IPC files as `ArrowFileWriter` makes them: uncompressed, without nested columns.
///
/// Every length and offset is checked before it is followed, the metadata's when the file is opened,
/// a column's when it is asked for; its bytes are read then.
package struct ArrowFileReader: Sendable {
  /// The path.
  package let name: String
  package let rowCount: Int
  /// What the writer said about the whole, in its order.
  package let metadata: [ArrowMetadata]
  let fields: [ArrowField]
  /// For each batch its columns' arrays, in the order of `fields`.
  private let batches: [(rowCount: Int, places: [ArrowArrayPlace])]
  private let dictionaries: [Int: ArrowArrayPlace]
  private let file: ArrowFileBytes

  private static let magic = Array("ARROW1".utf8)

  package init(path: String) throws(ArrowReadingError) {
    try self.init(try ArrowFileBytes(path: path))
  }

  init(_ file: ArrowFileBytes) throws(ArrowReadingError) {
    self.file = file
    let path = file.name
    name = path
    let start = try file.read(0..<min(file.count, Self.magic.count))
    guard start.withUnsafeBytes({ $0.elementsEqual(Self.magic) }) else {
      throw ArrowReadingError(
        .notArrow, file: path, byteOffset: 0, "the file does not start with `ARROW1`")
    }
    // Magic, padding; footer's length, magic.
    let footerEnd = file.count - 10
    let tail = footerEnd >= 8 ? try file.read(footerEnd..<file.count) : nil
    guard let tail, tail.withUnsafeBytes({ $0[4...].elementsEqual(Self.magic) }) else {
      throw ArrowReadingError(
        .corrupt, file: path, byteOffset: file.count,
        "the file does not end with `ARROW1`: it was cut short, or is a stream")
    }
    let length = Int(tail.pointer(as: Int32.self).pointee)
    guard length >= 4, length <= footerEnd - 8 else {
      throw ArrowReadingError(
        .corrupt, file: path, byteOffset: footerEnd,
        "a footer of \(length) bytes does not fit the file")
    }
    let footerStart = footerEnd - length
    let footer = try FlatBufferView(
      bytes: try file.read(footerStart..<footerEnd), offset: footerStart, file: path
    ).root
    guard let schemaTable = try footer.table(1) else {
      throw ArrowReadingError(
        .corrupt, file: path, byteOffset: footerStart, "the footer has no schema")
    }
    let schema = try ArrowSchema(schemaTable)
    let messages = ArrowMessageReader(bytes: file, end: footerStart)

    var dictionaries: [Int: ArrowArrayPlace] = [:]
    for block in try footer.structs(2, wordCount: 3) {
      let (id, place) = try messages.dictionary(block, fields: schema.fields)
      guard dictionaries.updateValue(place, forKey: id) == nil else {
        throw ArrowReadingError(
          .unsupported, file: path, byteOffset: Int(block[0]), "dictionary \(id) comes twice")
      }
    }
    var batches: [(rowCount: Int, places: [ArrowArrayPlace])] = []
    var rowCount = 0
    for block in try footer.structs(3, wordCount: 3) {
      let batch = try messages.batch(block, fields: schema.fields)
      rowCount += batch.rowCount
      guard rowCount <= ArrowMessageReader.maximumRowCount else {
        throw ArrowReadingError(
          .corrupt, file: path, byteOffset: Int(block[0]), "the batches have too many rows")
      }
      batches.append(batch)
    }
    fields = schema.fields
    metadata = schema.metadata
    self.dictionaries = dictionaries
    self.batches = batches
    self.rowCount = rowCount
  }

  package var columnNames: [String] { fields.map(\.name) }
  /// The columns' types as pyarrow prints them.
  package var columnTypes: [String] { fields.map(\.typeDescription) }

  /// The value of the first entry of the metadata with that key.
  package func metadata(_ key: String) -> String? { metadata.first { $0.key == key }?.value }

  var batchCount: Int { batches.count }

  func rowCount(ofBatch batch: Int) -> Int { batches[batch].rowCount }

  /// The values of a column's dictionary; `nil` where it has none.
  func dictionary(column: Int) throws(ArrowReadingError) -> ArrowArray? {
    guard let id = fields[column].dictionary?.id else { return nil }
    guard let place = dictionaries[id] else {
      throw ArrowReadingError(
        .corrupt, file: name, column: fields[column].name, "dictionary \(id) is missing")
    }
    return try place.array(in: file, dictionary: nil)
  }

  /// A column in a batch.
  ///
  /// - Parameter dictionary: What `dictionary(column:)` gave, which is the same for all batches.
  func array(
    batch: Int, column: Int, dictionary: ArrowArray?
  ) throws(ArrowReadingError) -> ArrowArray {
    try batches[batch].places[column].array(in: file, dictionary: dictionary)
  }
}
