/// Integers as their distance from the smallest, without a sign: base + u8, u16 or u32.
///
///     base 1_356_998_400, values [ 0 | 3600 | 7200 ]  uint16
struct FrameOfReferenceEncoding: Encoding {
  let name = "frame_of_reference"
  let isTiedToValues = true

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard profile.type.domain == .integer, let range = profile.integers,
      let base = Int64(exactly: range.minimum), range.maximum <= Int64.max
    else { return [] }
    let span = range.maximum - range.minimum
    guard let width = [1, 2, 4].first(where: { span < Int128(1) << ($0 * 8) }) else { return [] }
    return [Layout(encoding: name, width: width, isUnsigned: true, base: base)]
  }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    guard type.domain == .integer, let width = layout.width, layout.base != nil else {
      return false
    }
    return [1, 2, 4].contains(width) && layout.isUnsigned == true
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    IntegerEncoding().footprint(of: layout, for: profile)
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    try chunks.encodeIntegers(layout: layout, base: layout.base ?? 0)
  }

  func view(of column: Column) -> ColumnView {
    .scaled(base: column.layout.base ?? 0, offsets: column.integerValues)
  }

  func shape(of layout: Layout) -> ViewShape { .computed }

  func describe(_ layout: Layout) -> String {
    "base+uint\((layout.width ?? 8) &* 8)"
  }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    guard let range = profile.integers else { return "numbers close together" }
    return "\(range.maximum - range.minimum) apart from \(layout.base ?? 0): \(layout)"
  }

  func headroom(of layout: Layout, profile: ColumnProfile) -> Double? {
    guard let range = profile.integers, let width = layout.width else { return nil }
    return 1 - Double(range.maximum - range.minimum) / Double((Int128(1) << (width * 8)) - 1)
  }
}
