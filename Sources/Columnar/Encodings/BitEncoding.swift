/// Booleans as bits, least significant first.
struct BitEncoding: Encoding {
  let name = "bits"

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    profile.type == .boolean ? [Layout(encoding: name)] : []
  }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    type == .boolean
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    var footprint = Footprint()
    footprint.add((profile.rowCount + 7) / 8, to: \.values)
    if profile.validityByteCount > 0 { footprint.add(profile.validityByteCount, to: \.validity) }
    return footprint
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    let validity = chunks.makeValidity()
    let buffer = chunks.makeZeroedBuffer((chunks.rowCount + 7) / 8)
    let bits = buffer.pointer(as: UInt8.self)
    let name = chunks.name
    try chunks.consume { (firstRow, chunk) throws(LayoutError) in
      guard case .integers(let integers) = chunk.values else { return }
      for row in 0..<chunk.rowCount where !chunk.isNull(row) {
        let value = integers.value(at: row)
        let position = firstRow + row
        bits[position >> 3] |= UInt8(truncatingIfNeeded: value & 1) << UInt8(position & 7)
        if value & ~1 != 0 {
          throw LayoutError(column: name, row: position, layout: layout.description)
        }
      }
    }
    return Column(
      name: name, type: chunks.type, layout: layout, count: chunks.rowCount,
      nullCount: chunks.nullCount, validity: validity, values: buffer)
  }

  func view(of column: Column) -> ColumnView {
    guard let values = column.values else { fatalError("a bit column holds values") }
    return .plain(.bits(values.pointer(as: UInt8.self)))
  }

  func shape(of layout: Layout) -> ViewShape { .bits }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    "two values: one bit a row"
  }
}
