import ArrowFormat
import Columnar
import FileIO

/// What the footer of a file says: parquet.thrift's struct FileMetaData, as far as it is needed.
struct ParquetFooter {
  struct Field {
    var name = ""
    var type = ParquetType(.boolean)
    /// Whether rows may be null.
    var isOptional = true
    /// What values are read as; why there is no such type.
    var reading: Result<ArrowType, PageFault> = .success(.null)
    /// The number of its first chunk in a row group; a column that is nested has several.
    var chunk = 0
    /// Where in the file this is said.
    var fileOffset = 0
  }

  struct Group {
    var rowCount = 0
    var chunks: [Chunk] = []
  }

  /// Where a column's rows of a row group lie, before that is checked.
  struct Chunk {
    var physical = -1
    var codec = 0
    var valueCount = 0
    var byteCount = 0
    var dataOffset = 0
    var dictionaryOffset: Int?
    var statistics = ParquetChunkStatistics()
    var isEncrypted = false
    /// Another file that has it.
    var path: String?
    /// Where in the file this is said.
    var fileOffset = 0
  }

  var fields: [Field] = []
  /// The chunks of a row group.
  var chunkCount = 0
  var rowCount = 0
  var groups: [Group] = []
  var metadata: [ArrowMetadata] = []
  var writer = ParquetWriterVersion("")
  /// Of each chunk whether bounds are in the order of its type.
  private var hasTypeOrder: [Bool] = []

  init(_ reader: inout ThriftReader) throws(ReadingError) {
    var elements: [ParquetSchemaElement] = []
    var last = 0
    while let field = try reader.nextField(&last) {
      switch (field.id, field.type) {
      case (1, .int32):
        let version = try reader.integer()
        guard version == 1 || version == 2 else {
          throw ReadingError.parquet(
            .unsupportedInput, file: reader.file, byteOffset: reader.offset,
            "the metadata are of version \(version); versions 1 and 2 are read")
        }
      case (2, .list):
        elements = try reader.list(of: .structure) { reader throws(ReadingError) in
          try ParquetSchemaElement(&reader)
        }
      case (3, .int64): rowCount = try reader.integer()
      case (4, .list):
        groups = try reader.list(of: .structure) { reader throws(ReadingError) in
          try Group(&reader)
        }
      case (5, .list):
        metadata = try reader.list(of: .structure) { reader throws(ReadingError) in
          try ArrowMetadata(&reader)
        }
      case (6, .bytes): writer = ParquetWriterVersion(try reader.string())
      case (7, .list):
        hasTypeOrder = try reader.list(of: .structure) { reader throws(ReadingError) in
          try reader.isTypeOrder()
        }
      default: try reader.skip(field.type)
      }
    }
    try addFields(elements, reader)
    for group in groups.indices {
      for chunk in groups[group].chunks.indices
      where chunk >= hasTypeOrder.count || !hasTypeOrder[chunk] {
        groups[group].chunks[chunk].statistics = ParquetChunkStatistics()
      }
    }
  }

  /// The columns: the children of the root. Those that are nested, or of a type that is not read, are
  /// refused when they are asked for.
  private mutating func addFields(
    _ elements: [ParquetSchemaElement], _ reader: ThriftReader
  ) throws(ReadingError) {
    guard let root = elements.first else { throw reader.corrupt("the footer has no schema") }
    var next = 1
    while next < elements.count {
      let element = elements[next]
      var field = Field(
        name: element.name, isOptional: element.repetition == 1, chunk: chunkCount,
        fileOffset: element.fileOffset)
      let leafCount = try Self.leafCount(elements, &next, reader)
      chunkCount += leafCount
      do throws(PageFault) {
        field.type = try element.type
        field.reading = .success(try field.type.arrowType)
      } catch {
        field.reading = .failure(error)
      }
      fields.append(field)
    }
    guard root.childCount == fields.count else {
      throw reader.corrupt("the schema has \(fields.count) columns, not \(root.childCount)")
    }
  }

  /// How many columns without children an element is or has; `next` leads behind them.
  private static func leafCount(
    _ elements: [ParquetSchemaElement], _ next: inout Int, _ reader: ThriftReader
  ) throws(ReadingError) -> Int {
    var leafCount = 0
    // Elements that are still to come.
    var pending = 1
    while pending > 0 {
      guard next < elements.count else {
        throw reader.corrupt("the schema ends in the middle of a column")
      }
      let element = elements[next]
      next += 1
      pending -= 1
      guard element.childCount >= 0, element.childCount <= elements.count - next else {
        throw reader.corrupt(
          "`\(element.name)` is said to have \(element.childCount) columns within")
      }
      if element.childCount == 0 { leafCount += 1 }
      pending += element.childCount
    }
    return leafCount
  }
}

extension ParquetFooter.Group {
  fileprivate init(_ reader: inout ThriftReader) throws(ReadingError) {
    var last = 0
    while let field = try reader.nextField(&last) {
      switch (field.id, field.type) {
      case (1, .list):
        chunks = try reader.list(of: .structure) { reader throws(ReadingError) in
          try ParquetFooter.Chunk(&reader)
        }
      case (3, .int64): rowCount = try reader.integer()
      default: try reader.skip(field.type)
      }
    }
  }
}

extension ParquetFooter.Chunk {
  fileprivate init(_ reader: inout ThriftReader) throws(ReadingError) {
    fileOffset = reader.fileOffset
    var last = 0
    while let field = try reader.nextField(&last) {
      switch (field.id, field.type) {
      case (1, .bytes): path = try reader.string()
      case (3, .structure): try readMetadata(&reader)
      case (8, .structure):
        isEncrypted = true
        try reader.skip(.structure)
      default: try reader.skip(field.type)
      }
    }
  }

  /// The struct ColumnMetaData.
  private mutating func readMetadata(_ reader: inout ThriftReader) throws(ReadingError) {
    var last = 0
    while let field = try reader.nextField(&last) {
      switch (field.id, field.type) {
      case (1, .int32): physical = try reader.integer()
      case (4, .int32): codec = try reader.integer()
      case (5, .int64): valueCount = try reader.integer()
      case (7, .int64): byteCount = try reader.integer()
      case (9, .int64): dataOffset = try reader.integer()
      case (11, .int64): dictionaryOffset = try reader.integer()
      case (12, .structure): statistics = try ParquetChunkStatistics(&reader)
      default: try reader.skip(field.type)
      }
    }
  }
}

extension ArrowMetadata {
  /// The struct KeyValue.
  fileprivate init(_ reader: inout ThriftReader) throws(ReadingError) {
    self.init(key: "", value: "")
    var last = 0
    while let field = try reader.nextField(&last) {
      switch (field.id, field.type) {
      case (1, .bytes): key = try reader.string()
      case (2, .bytes): value = try reader.string()
      default: try reader.skip(field.type)
      }
    }
  }
}
