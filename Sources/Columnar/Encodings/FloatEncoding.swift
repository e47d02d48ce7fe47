/// Binary floating point: 8 bytes, or 4 where every value survives the way there and back, or comes
/// back as near as the user allows.
struct FloatEncoding: Encoding {
  let name = "float"

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard profile.type == .float, let floats = profile.floats else { return [] }
    let double = Layout(encoding: name, width: 8)
    if floats.fitsFloat32 { return [Layout(encoding: name, width: 4), double] }
    if let limit = policy.floatErrorLimit, floats.float32Error <= limit {
      return [Layout(encoding: name, width: 4, errorLimit: limit), double]
    }
    return [double]
  }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    guard type == .float, layout.width == 4 || layout.width == 8 else { return false }
    return layout.errorLimit.map { layout.width == 4 && $0 > 0 && $0 < 1 } ?? true
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    IntegerEncoding().footprint(of: layout, for: profile)
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    let width = layout.width ?? 8
    let validity = chunks.makeValidity()
    let buffer = chunks.makeBuffer(chunks.rowCount * width)
    let name = chunks.name
    try chunks.consume { (firstRow, chunk) throws(LayoutError) in
      for row in 0..<chunk.rowCount {
        var value = 0.0
        if case .floats(let floats) = chunk.values, !chunk.isNull(row) {
          value = floats.pointer(as: Double.self)[row]
        }
        if width == 8 {
          buffer.pointer(as: Double.self)[firstRow + row] = value
        } else {
          let narrow = Float(value)
          buffer.pointer(as: Float.self)[firstRow + row] = narrow
          guard
            Double(narrow).bitPattern == value.bitPattern
              || layout.errorLimit.map({ value.float32Error <= $0 }) ?? false
          else {
            throw LayoutError(column: name, row: firstRow + row, layout: layout.description)
          }
        }
      }
    }
    return Column(
      name: name, type: chunks.type, layout: layout, count: chunks.rowCount,
      nullCount: chunks.nullCount, validity: validity, values: buffer)
  }

  func view(of column: Column) -> ColumnView {
    guard let values = column.values else { fatalError("a float column holds values") }
    return column.layout.width == 4
      ? .plain(.float32(values.pointer(as: Float.self)))
      : .plain(.float64(values.pointer(as: Double.self)))
  }

  func shape(of layout: Layout) -> ViewShape {
    .floats(width: layout.width == 4 ? 4 : 8)
  }

  func describe(_ layout: Layout) -> String { "float\((layout.width ?? 8) &* 8)" }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    if let limit = layout.errorLimit, profile.floats?.fitsFloat32 == false {
      return "32 bits hold every value within \(limit) of itself"
    }
    return layout.width == 4
      ? "every value survives the way to 32 bits and back"
      : "some values need all 64 bits"
  }
}

extension Double {
  /// The difference that binary32 makes, as a share of the value: infinite where that overflows, and
  /// for a NaN whose bits it does not hold.
  package var float32Error: Double {
    let narrow = Double(Float(self))
    if narrow.bitPattern == bitPattern { return 0 }
    return isFinite && narrow.isFinite ? abs(narrow - self) / abs(self) : .infinity
  }
}
