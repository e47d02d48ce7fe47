/// Integers as their distance from the smallest, several in a group that is a number with as many digits: of a hundred
/// values, nine in 60 bits. For `smallest` alone, as digits are worked out one after the other.
///
///     base 1, radix 100      [ 8 | 43 | 100 ] in uint20
///
/// A row without a value holds 0.
struct RadixEncoding: Encoding {
  let name = "radix"
  let isTiedToValues = true

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard policy.storage == .smallest, profile.type.domain == .integer, profile.type != .boolean,
      let range = profile.integers, range.maximum <= Int64.max,
      let base = Int64(exactly: range.minimum),
      let radix = UInt64(exactly: range.maximum - range.minimum + 1),
      let groups = RadixGroups.best(radix: radix, rowCount: profile.rowCount)
    else { return [] }
    return [
      Layout(encoding: name, base: base, step: Int64(groups.radix), bits: groups.bits)
    ]
  }

  func leastStorage(of layout: Layout) -> StoragePolicy { .smallest }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    guard type.domain == .integer, type != .boolean, let base = layout.base,
      let groups = layout.groups
    else { return false }
    return groups.radix < 1 << 31 && base <= Int64.max - Int64(groups.radix - 1)
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    layout.groups.map { profile.footprintGrouped($0) } ?? Footprint()
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    guard let groups = layout.groups else {
      throw LayoutError(column: chunks.name, row: nil, layout: layout.description)
    }
    let (base, isUnsigned) = (layout.base ?? 0, chunks.isUnsigned)
    return try chunks.encodeGroups(groups, layout: layout) { chunk, target in
      // Words with the sign set stand for numbers past 2^63 − 1 here, which no base leads to.
      if isUnsigned, let bad = chunk.firstRow(where: { $0 < 0 }) { return bad }
      return transferIntegers(chunk, base: base, to: target)
    }
  }

  func view(of column: Column) -> ColumnView {
    guard let decoder = column.radixDecoder else { fatalError("the column holds no groups") }
    return .decoded(DecodedView(.integers(decoder)))
  }

  func shape(of layout: Layout) -> ViewShape { .computed }

  func describe(_ layout: Layout) -> String { "base+radix\(layout.step ?? 0)" }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    guard let groups = layout.groups else { return "numbers close together" }
    return "\(groups.radix) values apart from \(layout.base ?? 0): \(groups.count) rows in"
      + " \(groups.bits) bits"
  }

  func headroom(of layout: Layout, profile: ColumnProfile) -> Double? { 0 }
}

extension Layout {
  /// The groups of a layout that has some.
  var groups: RadixGroups? {
    guard let radix = step.flatMap(UInt64.init(exactly:)), let bits else { return nil }
    return RadixGroups(radix: radix, bits: bits)
  }
}

extension ColumnProfile {
  /// The bytes of the column's rows in groups.
  func footprintGrouped(_ groups: RadixGroups) -> Footprint {
    var footprint = Footprint()
    footprint.add(groups.byteCount(rowCount: rowCount), to: \.values)
    if listedValidityByteCount > 0 { footprint.add(listedValidityByteCount, to: \.validity) }
    return footprint
  }
}

extension Column {
  /// What decodes the groups of a column that holds some: integers, or codes.
  var radixDecoder: RadixDecoder? {
    guard let values, let groups = layout.groups else { return nil }
    return RadixDecoder(
      rowCount: count, groups: groups, blocks: values, base: layout.base ?? 0)
  }
}
