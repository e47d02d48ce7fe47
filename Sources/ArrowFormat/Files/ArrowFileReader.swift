package import Columnar
package import FileIO

/// Reads Arrow IPC, files and streams, whoever wrote them: plain or compressed with zstd or LZ4.
///
/// Every length and offset is checked before it is followed, the metadata's when the file is opened,
/// a column's when it is asked for; its bytes are read then.
package struct ArrowFileReader: ArrayTable {
  /// The path.
  package let name: String
  package let rowCount: Int
  /// What the writer said about the whole, in its order.
  package let metadata: [ArrowMetadata]
  /// What the writer said about this file, beside the schema.
  private let fileMetadata: [ArrowMetadata]
  package let fields: [ArrowField]
  /// Whether it is a stream: messages without a footer.
  package let isStream: Bool
  package let notes: [Note]
  private let batches: [Batch]
  private let dictionaries: ArrowDictionaries
  private let file: ArrowFileBytes

  private struct Batch {
    var rowCount: Int
    /// The columns' arrays, in the order of `fields`.
    var places: [ArrowArrayPlace]
    /// For the columns that have one, the number of the dictionary that was in force.
    var dictionaries: [Int: Int]
  }

  static let magic = Array("ARROW1".utf8)

  package init(path: String) throws(ReadingError) {
    try self.init(try ArrowFileBytes(path: path))
  }

  package init(_ file: ArrowFileBytes) throws(ReadingError) {
    self.file = file
    name = file.name
    let start = try file.read(0..<min(file.count, 8))
    var walk: Walk
    if start.withUnsafeBytes({ $0.prefix(6).elementsEqual(Self.magic) }) {
      isStream = false
      walk = try Walk(fileIn: file)
    } else if start.withUnsafeBytes({ $0.prefix(4).elementsEqual(ArrowMessage.continuation) }) {
      isStream = true
      walk = try Walk(streamIn: file)
    } else {
      let isOld = start.withUnsafeBytes { $0.prefix(4).elementsEqual("FEA1".utf8) }
      throw ReadingError.arrow(
        isOld ? .unsupportedInput : .notArrow, file: name, byteOffset: 0,
        isOld
          ? "this is Feather of version 1; write it again with `pyarrow.feather.write_feather`"
          : "the file does not start with `ARROW1`, nor as a stream does")
    }
    notes =
      walk.saysItsEnd
      ? []
      : [
        Note(
          .streamWithoutEnd,
          "\(name): the stream stops without saying that it ends; it may have been cut short")
      ]
    fields = walk.schema.fields
    metadata = walk.schema.metadata
    fileMetadata = walk.fileMetadata
    batches = walk.batches
    rowCount = walk.rowCount
    dictionaries = ArrowDictionaries(walk.dictionaries, in: file)
  }

  package var columnNames: [String] { fields.map(\.name) }
  /// The columns' types as pyarrow prints them.
  package var columnTypes: [String] { fields.map(\.typeDescription) }

  /// The value of the first entry of the metadata with that key: beside the schema, or within it.
  package func metadata(_ key: String) -> String? {
    (fileMetadata + metadata).first { $0.key == key }?.value
  }

  package var batchRowCounts: [Int] { batches.map(\.rowCount) }

  package func array(batch: Int, column: Int) throws(ReadingError) -> ArrowArray {
    let batch = batches[batch]
    guard fields[column].dictionary != nil else {
      return try batch.places[column].array(in: file, dictionary: nil)
    }
    guard let number = batch.dictionaries[column] else {
      throw ReadingError.arrow(
        .corruptInput, file: name, column: fields[column].name, "its dictionary is missing")
    }
    return try batch.places[column].array(
      in: file, dictionary: try dictionaries.values(number))
  }
}

extension ArrowFileReader {
  /// What opening a file finds.
  private struct Walk {
    let schema: ArrowSchema
    let fileMetadata: [ArrowMetadata]
    private(set) var batches: [Batch] = []
    private(set) var rowCount = 0
    /// Some writers of streams just stop.
    private(set) var saysItsEnd = true
    /// Each with the values that were added to it later.
    private(set) var dictionaries: [[ArrowArrayPlace]] = []
    /// The number of each id's dictionary.
    private var inForce: [Int: Int] = [:]

    /// Messages as the footer lists them: the dictionaries before all batches.
    init(fileIn file: ArrowFileBytes) throws(ReadingError) {
      // Magic, padding; footer's length, magic.
      let footerEnd = file.count - 10
      let tail = footerEnd >= 8 ? try file.read(footerEnd..<file.count) : nil
      guard let tail, tail.withUnsafeBytes({ $0[4...].elementsEqual(magic) }) else {
        throw ReadingError.arrow(
          .corruptInput, file: file.name, byteOffset: file.count,
          "the file does not end with `ARROW1`: it was cut short")
      }
      let length = Int(tail.pointer(as: Int32.self).pointee)
      guard length >= 4, length <= footerEnd - 8 else {
        throw ReadingError.arrow(
          .corruptInput, file: file.name, byteOffset: footerEnd,
          "a footer of \(length) bytes does not fit the file")
      }
      let footerStart = footerEnd - length
      let footer = try FlatBufferView(
        bytes: try file.read(footerStart..<footerEnd), offset: footerStart, file: file.name
      ).root
      let messages = ArrowMessageReader(bytes: file, end: footerStart)
      try messages.checkVersion(footer)
      guard let table = try footer.table(1) else {
        throw ReadingError.arrow(
          .corruptInput, file: file.name, byteOffset: footerStart, "the footer has no schema")
      }
      schema = try ArrowSchema(table)
      fileMetadata = try ArrowMetadata.list(footer.tables(4))
      for block in try footer.structs(2, wordCount: 3) {
        let message = try messages.message(block, tag: ArrowTag.dictionaryHeader)
        try add(
          try messages.dictionary(message, fields: schema.fields), message, mayReplace: false)
      }
      for block in try footer.structs(3, wordCount: 3) {
        let message = try messages.message(block, tag: ArrowTag.recordHeader)
        try add(try messages.batch(message, fields: schema.fields), message)
      }
    }

    init(streamIn file: ArrowFileBytes) throws(ReadingError) {
      let messages = ArrowMessageReader(bytes: file, end: file.count)
      guard let first = try messages.message(at: 0), first.tag == ArrowTag.schemaHeader else {
        throw ReadingError.arrow(
          .corruptInput, file: file.name, byteOffset: 0, "the stream does not begin with a schema")
      }
      schema = try ArrowSchema(first.header)
      fileMetadata = first.metadata
      var offset = first.body.upperBound
      while let message = try messages.message(at: offset) {
        offset = message.body.upperBound
        switch message.tag {
        case ArrowTag.dictionaryHeader:
          try add(
            try messages.dictionary(message, fields: schema.fields), message, mayReplace: true)
        case ArrowTag.recordHeader:
          try add(try messages.batch(message, fields: schema.fields), message)
        default:
          throw ReadingError.arrow(
            .unsupportedInput, file: file.name, byteOffset: message.offset,
            "there is a message of kind \(message.tag), neither dictionary nor record batch")
        }
      }
      saysItsEnd = offset < file.count
      guard offset == file.count || offset + 8 == file.count else {
        throw ReadingError.arrow(
          .corruptInput, file: file.name, byteOffset: offset + 8,
          "\(file.count - offset - 8) bytes follow the end of the stream")
      }
    }

    private mutating func add(
      _ dictionary: ArrowMessageReader.Dictionary, _ message: ArrowMessageReader.Message,
      mayReplace: Bool
    ) throws(ReadingError) {
      guard let place = dictionary.place else { return }
      if dictionary.isDelta, let number = inForce[dictionary.id] {
        dictionaries[number].append(place)
        return
      }
      guard !dictionary.isDelta, mayReplace || inForce[dictionary.id] == nil else {
        throw ReadingError.arrow(
          .corruptInput, file: message.header.buffer.file, byteOffset: message.offset,
          dictionary.isDelta
            ? "values are added to dictionary \(dictionary.id), which is not there"
            : "dictionary \(dictionary.id) comes twice")
      }
      inForce[dictionary.id] = dictionaries.count
      dictionaries.append([place])
    }

    private mutating func add(
      _ batch: (rowCount: Int, places: [ArrowArrayPlace]), _ message: ArrowMessageReader.Message
    ) throws(ReadingError) {
      rowCount += batch.rowCount
      guard rowCount <= ArrowMessageReader.maximumRowCount else {
        throw ReadingError.arrow(
          .corruptInput, file: message.header.buffer.file, byteOffset: message.offset,
          "the batches have too many rows")
      }
      var numbers: [Int: Int] = [:]
      for (column, field) in schema.fields.enumerated() {
        if let id = field.dictionary?.id, let number = inForce[id] { numbers[column] = number }
      }
      batches.append(Batch(rowCount: batch.rowCount, places: batch.places, dictionaries: numbers))
    }
  }
}
