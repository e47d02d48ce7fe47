import Glibc

/// Text of varying length: the bytes of all rows one after the other, and where each starts.
///
///     offsets [ 0 | 2 | 2 | 5 ]       bytes [ U A | J F K ]     "UA", "", "JFK"
struct UTF8Encoding: Encoding {
  let name = "utf8"

  /// The most bytes that 32-bit offsets reach.
  static let maximumByteCount = Int(UInt32.max)

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard profile.type == .string, profile.text != nil else { return [] }
    return [Layout(encoding: name)]
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    var footprint = Footprint()
    footprint.add(profile.text?.byteCount ?? 0, to: \.values)
    footprint.add((profile.rowCount + 1) * 4, to: \.offsets)
    if profile.validityByteCount > 0 { footprint.add(profile.validityByteCount, to: \.validity) }
    return footprint
  }

  func encode(_ chunks: inout ChunkedValues, layout: Layout) throws(EncodingError) -> Column {
    var byteCount = 0
    for case let chunk? in chunks.chunks { byteCount += chunk.textByteCount }
    let name = chunks.name
    guard byteCount <= Self.maximumByteCount else {
      throw EncodingError(column: name, row: nil, layout: layout.description)
    }
    let validity = chunks.makeValidity()
    let buffer = Buffer(uninitializedByteCount: byteCount)
    let offsets = Buffer(uninitializedByteCount: (chunks.rowCount + 1) * 4)
    let target = buffer.pointer(as: UInt8.self)
    let ends = offsets.pointer(as: UInt32.self) + 1
    ends[-1] = 0
    var position = 0
    try chunks.consume { (firstRow, chunk) throws(EncodingError) in
      let start = position
      if case .text(let text) = chunk.values {
        // Null rows are empty in a text chunk, so its bytes and ends carry over as they are.
        let source = text.ends.pointer(as: UInt32.self)
        for row in 0..<chunk.rowCount {
          ends[firstRow + row] = UInt32(truncatingIfNeeded: start &+ Int(source[row]))
        }
        let count = chunk.rowCount == 0 ? 0 : Int(source[chunk.rowCount - 1])
        memcpy(target + position, text.bytes.base, count)
        position += count
        guard memcmp(target + start, text.bytes.base, count) == 0 else {
          throw EncodingError(column: name, row: firstRow, layout: layout.description)
        }
      } else {
        for row in 0..<chunk.rowCount {
          if let text = chunk.text(at: row), text.count > 0 {
            memcpy(target + position, text.baseAddress!, text.count)
            position += text.count
          }
          ends[firstRow + row] = UInt32(truncatingIfNeeded: position)
        }
      }
    }
    return Column(
      name: name, type: chunks.type, layout: layout, count: chunks.rowCount,
      nullCount: chunks.nullCount, validity: validity, values: buffer, offsets: offsets)
  }

  func view(of column: Column) -> ColumnView {
    guard let values = column.values, let offsets = column.offsets else {
      fatalError("a text column holds bytes and offsets")
    }
    return .plain(
      .utf8(bytes: values.pointer(as: UInt8.self), offsets: offsets.pointer(as: UInt32.self)))
  }
}

extension ColumnChunk {
  /// The bytes of all rows' text.
  fileprivate var textByteCount: Int {
    switch values {
    case .text(let text):
      return rowCount == 0 ? 0 : Int(text.ends.pointer(as: UInt32.self)[rowCount - 1])
    case .codes(let codes):
      var sum = 0
      for row in 0..<rowCount where !isNull(row) {
        sum += codes.dictionary[codes.code(at: row)].count
      }
      return sum
    default: return 0
    }
  }
}
