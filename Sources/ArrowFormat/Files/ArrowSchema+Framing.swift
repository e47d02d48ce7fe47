extension ArrowSchema {
  /// What stands before the first message: in a file its magic, then the schema. Beside that of a
  /// stream, which has no footer, stands what is said of this one alone.
  func start(_ framing: ArrowWritingOptions.Framing) -> [UInt8] {
    let magic: [UInt8] = framing == .file ? ArrowFileReader.magic + [0, 0] : []
    let message = ArrowMessage(
      at: magic.count, tag: ArrowTag.schemaHeader, header: flatTable, bodyByteCount: 0,
      metadata: framing == .file ? [] : fileMetadata)
    return magic + message.head
  }

  /// What stands behind the last message: the mark that ends a stream, and in a file the footer,
  /// which lists the messages.
  func ending(
    _ framing: ArrowWritingOptions.Framing, dictionaries: [ArrowMessage], batches: [ArrowMessage]
  ) -> [UInt8] {
    let streamEnd = ArrowMessage.continuation + [0, 0, 0, 0]
    guard framing == .file else { return streamEnd }
    let footer = FlatTable(
      .int16(ArrowTag.version),
      .table(flatTable),
      .structs(dictionaries.flatMap(\.block), count: dictionaries.count),
      .structs(batches.flatMap(\.block), count: batches.count),
      fileMetadata.isEmpty ? nil : .tables(fileMetadata.map(\.flatTable))
    ).serialized()
    return streamEnd + footer + footer.count.littleEndianBytes + ArrowFileReader.magic
  }

  /// The schema with other values in what is said of the file, which are as long.
  func replacing(_ metadata: [ArrowMetadata]) -> ArrowSchema {
    let values = Dictionary(metadata.map { ($0.key, $0.value) }) { first, _ in first }
    var schema = self
    for index in fileMetadata.indices {
      if let value = values[fileMetadata[index].key] { schema.fileMetadata[index].value = value }
    }
    return schema
  }
}
