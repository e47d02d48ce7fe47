import Columnar
import FileIO

/// Reads the messages of a file or stream: what frames them, and where their arrays lie.
struct ArrowMessageReader {
  /// A message, its header read, its body not.
  struct Message {
    let tag: UInt8
    let header: FlatTableView
    let offset: Int
    let body: Range<Int>
    /// What is said of the message, beside its header.
    let metadata: [ArrowMetadata]
  }

  let bytes: ArrowFileBytes
  /// Messages end before it.
  let end: Int

  private var file: String { bytes.name }

  /// Longer batches than this can only come from damaged metadata; sizes stay far from overflow.
  static let maximumRowCount = 1 << 48

  /// The message at `offset`; `nil` where the stream says that it ends, or the bytes do.
  func message(at offset: Int) throws(ReadingError) -> Message? {
    if offset == end { return nil }
    guard offset >= 0, offset <= end - 8 else { throw noMessage(offset) }
    let prefix = try bytes.read(offset..<offset + 8)
    let isFramed = prefix.withUnsafeBytes { $0[..<4].elementsEqual(ArrowMessage.continuation) }
    // Before version 0.15, writers put the length alone.
    let metadataCount = Int(prefix.pointer(as: Int32.self)[isFramed ? 1 : 0])
    if metadataCount == 0 { return nil }
    let start = offset + (isFramed ? 8 : 4)
    guard isFramed || metadataCount >= 8 && metadataCount <= end - start else {
      throw noMessage(offset)
    }
    guard metadataCount >= 8, metadataCount <= end - start else {
      throw ReadingError.arrow(
        .corruptInput, file: file, byteOffset: offset + 4,
        "metadata of \(metadataCount) bytes does not fit the file")
    }
    let bodyStart = start + metadataCount
    let message = try FlatBufferView(
      bytes: try bytes.read(start..<bodyStart), offset: start, file: file
    ).root
    try checkVersion(message)
    let bodyCount = try message.number(3, default: Int64(0))
    guard bodyCount >= 0, bodyCount <= Int64(end - bodyStart) else {
      throw corrupt(message, "a message of \(bodyCount) bytes does not fit the file")
    }
    guard let header = try message.table(2) else {
      throw corrupt(message, "a message has no header")
    }
    return Message(
      tag: try message.number(1, default: UInt8(0)), header: header, offset: offset,
      body: bodyStart..<bodyStart + Int(bodyCount),
      metadata: try ArrowMetadata.list(message.tables(4)))
  }

  /// The message that the footer lists in `block`.
  func message(_ block: [Int64], tag: UInt8) throws(ReadingError) -> Message {
    // The third word of the footer's struct is half padding.
    let headCount = Int64(Int32(truncatingIfNeeded: block[1]))
    guard block[0] >= 8, let offset = Int(exactly: block[0]), offset < end,
      let message = try message(at: offset), message.tag == tag,
      Int64(message.body.lowerBound - offset) == headCount, Int64(message.body.count) == block[2]
    else {
      throw ReadingError.arrow(
        .corruptInput, file: file, byteOffset: end,
        "the footer lists a message at byte \(block[0]) of \(headCount) and \(block[2]) bytes,"
          + " which is not there")
    }
    return message
  }

  /// The values of a dictionary. `place` is `nil` where no column has it, only one nested in another.
  struct Dictionary {
    var id: Int
    var isDelta: Bool
    var place: ArrowArrayPlace?
  }

  func dictionary(
    _ message: Message, fields: [ArrowField]
  ) throws(ReadingError) -> Dictionary {
    let header = message.header
    let id = Int(try header.number(0, default: Int64(0)))
    guard let data = try header.table(1) else {
      throw corrupt(header, "dictionary \(id) has no values")
    }
    let isDelta = try header.bool(2)
    guard var field = fields.first(where: { $0.dictionary?.id == id }) else {
      return Dictionary(id: id, isDelta: isDelta)
    }
    field.dictionary = nil
    let rowCount = Int(try data.number(0, default: Int64(0)))
    let places = try places(data, [field], rowCount: rowCount, message.body)
    return Dictionary(id: id, isDelta: isDelta, place: places[0])
  }

  func batch(
    _ message: Message, fields: [ArrowField]
  ) throws(ReadingError) -> (rowCount: Int, places: [ArrowArrayPlace]) {
    let rowCount = Int(try message.header.number(0, default: Int64(0)))
    return (rowCount, try places(message.header, fields, rowCount: rowCount, message.body))
  }

  /// The arrays of a record batch: a node for each array, and the buffers that its type has. Those
  /// that are nested in others are passed over.
  private func places(
    _ batch: FlatTableView, _ fields: [ArrowField], rowCount: Int, _ body: Range<Int>
  ) throws(ReadingError) -> [ArrowArrayPlace] {
    let compression: ArrowCompression?
    if let table = try batch.table(3) {
      compression = try ArrowCompression(table)
    } else {
      compression = nil
    }
    guard rowCount >= 0, rowCount <= Self.maximumRowCount else {
      throw corrupt(batch, "a batch has \(rowCount) rows")
    }
    let nodes = try batch.structs(1, wordCount: 2)
    let buffers = try batch.structs(2, wordCount: 2)
    var further = try batch.numbers(4)[...]
    var places: [ArrowArrayPlace] = []
    var (node, buffer) = (0, 0)
    for field in fields {
      var bufferCount = field.bufferCount
      for _ in 0..<field.variadicCount {
        guard let count = further.popFirst(), count >= 0, count <= Int64(buffers.count) else {
          throw corrupt(batch, "a batch does not say how many buffers column `\(field.name)` has")
        }
        bufferCount += Int(count)
      }
      guard node < nodes.count, node + field.nodeCount <= nodes.count,
        buffer + bufferCount <= buffers.count
      else { throw wrongCounts(batch, nodes.count, buffers.count, fields) }
      let (length, nullCount) = (nodes[node][0], nodes[node][1])
      guard length == rowCount, nullCount >= 0, nullCount <= length else {
        throw corrupt(
          batch, "column `\(field.name)` has \(length) rows with \(nullCount) nulls of \(rowCount)")
      }
      var ranges: [Range<Int>] = []
      for place in buffers[buffer..<buffer + bufferCount] {
        let (offset, count) = (place[0], place[1])
        guard offset >= 0, offset <= body.count, count >= 0, count <= Int64(body.count) - offset
        else { throw corrupt(batch, "a buffer of column `\(field.name)` lies outside its message") }
        let start = body.lowerBound + Int(offset)
        ranges.append(start..<start + Int(count))
      }
      node += field.nodeCount
      buffer += bufferCount
      places.append(
        ArrowArrayPlace(
          field: field, rowCount: rowCount, nullCount: Int(nullCount), buffers: ranges,
          compression: compression))
    }
    guard node == nodes.count, buffer == buffers.count else {
      throw wrongCounts(batch, nodes.count, buffers.count, fields)
    }
    return places
  }

  private func wrongCounts(
    _ batch: FlatTableView, _ nodes: Int, _ buffers: Int, _ fields: [ArrowField]
  ) -> ReadingError {
    corrupt(
      batch,
      "a batch has \(nodes) arrays and \(buffers) buffers, which are not those of the schema's"
        + " \(fields.count) columns")
  }

  /// Holds a message or a footer to the versions of the metadata that are read: the fourth and the
  /// fifth, which differ in types that no flat column has.
  func checkVersion(_ table: FlatTableView) throws(ReadingError) {
    let version = Int(try table.number(0, default: Int16(0))) + 1
    guard version == 4 || version == 5 else {
      throw ReadingError.arrow(
        .unsupportedInput, file: file, byteOffset: table.fileOffset,
        "the metadata are of version \(version); versions 4 and 5 are read")
    }
  }

  private func noMessage(_ offset: Int) -> ReadingError {
    ReadingError.arrow(.corruptInput, file: file, byteOffset: offset, "there is no message here")
  }

  private func corrupt(_ table: FlatTableView, _ message: String) -> ReadingError {
    ReadingError.arrow(.corruptInput, file: file, byteOffset: table.fileOffset, message)
  }
}
