/// Integers that rise or fall by the same step from row to row: two numbers, whatever the length.
///
///     values [ start | step ]         1, 2, 3, … is (1, 1)
struct SequenceEncoding: Encoding {
  let name = "sequence"
  let isTiedToValues = true
  let storesRows = false

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard profile.type.domain == .integer, profile.type != .boolean, profile.nullCount == 0,
      profile.rowCount > 1, let sequence = profile.integers?.sequence
    else { return [] }
    return [Layout(encoding: name, base: sequence.start, step: sequence.step)]
  }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    type.domain == .integer && type != .boolean && layout.base != nil && layout.step != nil
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    var footprint = Footprint()
    footprint.add(16, to: \.values)
    return footprint
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    let (start, step) = (layout.base ?? 0, layout.step ?? 0)
    let name = chunks.name
    let (length, overflow) = step.multipliedReportingOverflow(
      by: Int64(max(chunks.rowCount - 1, 0)))
    if overflow || start.addingReportingOverflow(length).overflow || chunks.isUnsigned {
      throw LayoutError(column: name, row: nil, layout: layout.description)
    }
    try chunks.consume { (firstRow, chunk) throws(LayoutError) in
      for row in 0..<chunk.rowCount {
        let expected = start &+ Int64(firstRow + row) &* step
        guard case .integers(let integers) = chunk.values, !chunk.isNull(row),
          integers.value(at: row) == expected
        else { throw LayoutError(column: name, row: firstRow + row, layout: layout.description) }
      }
    }
    let buffer = Buffer(uninitializedByteCount: 16)
    buffer.pointer(as: Int64.self)[0] = start
    buffer.pointer(as: Int64.self)[1] = step
    return Column(
      name: name, type: chunks.type, layout: layout, count: chunks.rowCount, nullCount: 0,
      validity: nil, values: buffer)
  }

  func view(of column: Column) -> ColumnView {
    .sequence(start: column.layout.base ?? 0, step: column.layout.step ?? 0)
  }

  func shape(of layout: Layout) -> ViewShape { .computed }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    "each row is \(layout.step ?? 0) more than the one before, from \(layout.base ?? 0)"
  }
}
