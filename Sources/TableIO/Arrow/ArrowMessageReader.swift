/// Reads the messages that a footer lists.
struct ArrowMessageReader {
  let bytes: ArrowFileBytes
  /// Where the footer starts: messages end before it.
  let end: Int

  private var file: String { bytes.name }

  /// Longer batches than this can only come from damaged metadata; sizes stay far from overflow.
  static let maximumRowCount = 1 << 48

  func batch(
    _ block: [Int64], fields: [ArrowField]
  ) throws(ArrowReadingError) -> (rowCount: Int, places: [ArrowArrayPlace]) {
    let (header, body) = try message(block, tag: ArrowTag.recordHeader)
    let rowCount = Int(try header.number(0, default: Int64(0)))
    return (rowCount, try places(header, fields, rowCount: rowCount, body))
  }

  func dictionary(
    _ block: [Int64], fields: [ArrowField]
  ) throws(ArrowReadingError) -> (id: Int, place: ArrowArrayPlace) {
    let (header, body) = try message(block, tag: ArrowTag.dictionaryHeader)
    let id = Int(try header.number(0, default: Int64(0)))
    guard var field = fields.first(where: { $0.dictionary?.id == id }) else {
      throw corrupt(header, "no column has dictionary \(id)")
    }
    guard let data = try header.table(1), try !header.bool(2) else {
      throw corrupt(header, "dictionary \(id) has no values of its own")
    }
    field.dictionary = nil
    let rowCount = Int(try data.number(0, default: Int64(0)))
    let place = try places(data, [field], rowCount: rowCount, body)[0]
    guard place.nullCount == 0 else {
      throw corrupt(data, "dictionary \(id) has nulls")
    }
    return (id, place)
  }

  /// The header of the message in `block`, and where its body lies.
  private func message(
    _ block: [Int64], tag: UInt8
  ) throws(ArrowReadingError) -> (header: FlatTableView, body: Range<Int>) {
    let offset = block[0]
    // The third word of the footer's struct is half padding.
    let headCount = Int64(Int32(truncatingIfNeeded: block[1]))
    let bodyCount = block[2]
    let limit = Int64(end)
    guard offset >= 8, offset % 8 == 0, offset <= limit, headCount >= 16, headCount % 8 == 0,
      headCount <= limit - offset, bodyCount >= 0, bodyCount <= limit - offset - headCount
    else {
      throw ArrowReadingError(
        .corrupt, file: file, byteOffset: end,
        "the footer lists a message at byte \(offset) of \(headCount) and \(bodyCount) bytes")
    }
    let start = Int(offset)
    let bodyStart = start + Int(headCount)
    let prefix = try bytes.read(start..<start + 8)
    guard prefix.withUnsafeBytes({ $0[..<4].elementsEqual(ArrowMessage.continuation) }),
      Int(prefix.pointer(as: Int32.self)[1]) == Int(headCount) - 8
    else {
      throw ArrowReadingError(
        .corrupt, file: file, byteOffset: start, "there is no message where the footer says")
    }
    let buffer = FlatBufferView(
      bytes: try bytes.read(start + 8..<bodyStart), offset: start + 8, file: file)
    let message = try buffer.root
    guard try message.number(1, default: UInt8(0)) == tag,
      try message.number(3, default: Int64(0)) == bodyCount, let header = try message.table(2)
    else { throw corrupt(message, "the message is not what the footer says") }
    return (header, bodyStart..<bodyStart + Int(bodyCount))
  }

  /// The arrays of a record batch: one node a field, and the buffers that its type has.
  private func places(
    _ batch: FlatTableView, _ fields: [ArrowField], rowCount: Int, _ body: Range<Int>
  ) throws(ArrowReadingError) -> [ArrowArrayPlace] {
    guard try batch.table(3) == nil else {
      throw ArrowReadingError(
        .unsupported, file: file, byteOffset: batch.fileOffset, "the file is compressed")
    }
    guard rowCount >= 0, rowCount <= Self.maximumRowCount else {
      throw corrupt(batch, "a batch has \(rowCount) rows")
    }
    let nodes = try batch.structs(1, wordCount: 2)
    let buffers = try batch.structs(2, wordCount: 2)
    let counts = fields.map { $0.dictionary == nil ? $0.type.bufferCount : 2 }
    guard nodes.count == fields.count, buffers.count == counts.reduce(0, +) else {
      throw corrupt(
        batch,
        "a batch has \(nodes.count) arrays and \(buffers.count) buffers for the schema's "
          + "\(fields.count) and \(counts.reduce(0, +))")
    }
    var places: [ArrowArrayPlace] = []
    var first = 0
    for (index, field) in fields.enumerated() {
      let (length, nullCount) = (nodes[index][0], nodes[index][1])
      guard length == rowCount, nullCount >= 0, nullCount <= length else {
        throw corrupt(
          batch, "column `\(field.name)` has \(length) rows with \(nullCount) nulls of \(rowCount)")
      }
      var ranges: [Range<Int>] = []
      for buffer in buffers[first..<first + counts[index]] {
        let (offset, count) = (buffer[0], buffer[1])
        guard offset >= 0, offset <= body.count, count >= 0, count <= Int64(body.count) - offset,
          (body.lowerBound + Int(offset)) % 8 == 0
        else {
          throw corrupt(batch, "a buffer of column `\(field.name)` lies outside its message")
        }
        let start = body.lowerBound + Int(offset)
        ranges.append(start..<start + Int(count))
      }
      first += counts[index]
      places.append(
        ArrowArrayPlace(
          field: field, rowCount: rowCount, nullCount: Int(nullCount), buffers: ranges))
    }
    return places
  }

  private func corrupt(_ table: FlatTableView, _ message: String) -> ArrowReadingError {
    ArrowReadingError(.corrupt, file: file, byteOffset: table.fileOffset, message)
  }
}
