import Platform

/// Text of varying length: the bytes of all rows one after the other, and where each starts.
///
///     offsets [ 0 | 2 | 2 | 5 ]       bytes [ U A | J F K ]     "UA", "", "JFK"
struct UTF8Encoding: Encoding {
  let name = "utf8"
  let isPlainText = true

  /// The most bytes that 32-bit offsets reach.
  static let maximumByteCount = Int(UInt32.max)

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard profile.type == .string, profile.text != nil else { return [] }
    return [Layout(encoding: name)]
  }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    type.domain == .bytes
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    var footprint = Footprint()
    footprint.add(profile.text?.byteCount ?? 0, to: \.values)
    footprint.add((profile.rowCount + 1) * 4, to: \.offsets)
    if profile.validityByteCount > 0 { footprint.add(profile.validityByteCount, to: \.validity) }
    return footprint
  }

  func tables(
    for chunks: ChunkedValues, layout: Layout
  ) throws(LayoutError) -> EncodingTables {
    guard chunks.textByteCount <= Self.maximumByteCount else {
      throw LayoutError(column: chunks.name, row: nil, layout: layout.description)
    }
    return EncodingTables()
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    let name = chunks.name
    let validity = chunks.makeValidity()
    let buffer = chunks.makeBuffer(chunks.textByteCount)
    let offsets = chunks.makeBuffer((chunks.rowCount + 1) * 4)
    let target = buffer.pointer(as: UInt8.self)
    let ends = offsets.pointer(as: UInt32.self) + 1
    ends[-1] = 0
    var position = 0
    try chunks.consume { (firstRow, chunk) throws(LayoutError) in
      let start = position
      if case .text(let text) = chunk.values {
        // Null rows are empty in a text chunk, so its bytes and ends carry over as they are.
        let source = text.ends.pointer(as: UInt32.self)
        let shift = start &- text.start
        for row in 0..<chunk.rowCount {
          ends[firstRow + row] = UInt32(truncatingIfNeeded: shift &+ Int(source[row]))
        }
        let count = chunk.textByteCount
        memcpy(target + position, text.bytes.base + text.start, count)
        position += count
        guard memcmp(target + start, text.bytes.base + text.start, count) == 0 else {
          throw LayoutError(column: name, row: firstRow, layout: layout.description)
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

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    guard let count = profile.dictionaryCount else {
      return "too many distinct values for a dictionary"
    }
    return "a dictionary of \(count) values would not be a fifth smaller"
  }

  func shape(of layout: Layout) -> ViewShape { .utf8 }
}
