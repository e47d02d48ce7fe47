/// Integers as their distance from the smallest, in as many bits as the largest distance takes: base + u1
/// to u63, but for the whole bytes that frames of reference have.
///
///     base 517, values [ 0 | 2 | 7 | 5 ]  uint3, in blocks of 1,024 rows: include/packed_blocks.h
///
/// A row without a value holds 0. The last block is as long as the others.
struct PackedEncoding: Encoding {
  let name = "packed"
  let isTiedToValues = true

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard policy.storage.isDense, profile.type.domain == .integer, let range = profile.integers,
      let layout = Layout.packed(range.minimum...range.maximum)
    else { return [] }
    return [layout]
  }

  /// From here on the greatest number that there is room for would be past 2^63 − 1.
  fileprivate static func greatestBase(_ bits: Int) -> Int64 {
    Int64.max - Int64(UInt64.max >> UInt64(64 - bits))
  }

  func leastStorage(of layout: Layout) -> StoragePolicy { .packed }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    guard type.domain == .integer, layout.isUnsigned == true, let base = layout.base,
      let bits = layout.bits, PackedBlocks.holds(bits: bits)
    else { return false }
    return base <= Self.greatestBase(bits)
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    profile.footprintPacked(bits: layout.bits ?? 64)
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    try PackedBlocks.accept(Offsets(layout: layout), bits: layout.bits ?? 64, &chunks)
  }

  private struct Offsets: PackedVisitor {
    let layout: Layout

    func visit<Word: PackedWord>(
      _ words: Word.Type, _ chunks: inout ChunkedValues
    ) throws(LayoutError) -> Column {
      let base = layout.base ?? 0
      let isUnsigned = chunks.isUnsigned
      return try chunks.encodePacked(layout: layout, as: words) { chunk, target in
        // Words with the sign set stand for numbers past 2^63 − 1 here, which no base leads to.
        if isUnsigned, let bad = chunk.firstRow(where: { $0 < 0 }) { return bad }
        return transferIntegers(chunk, base: base, to: target)
      }
    }
  }

  func view(of column: Column) -> ColumnView {
    .scaled(base: column.layout.base ?? 0, offsets: .packed(column.packedValues))
  }

  func shape(of layout: Layout) -> ViewShape { .computed }

  func describe(_ layout: Layout) -> String { "base+uint\(layout.bits ?? 64)" }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    guard let range = profile.integers else { return "numbers close together" }
    return "\(range.maximum - range.minimum) apart from \(layout.base ?? 0): \(layout)"
  }

  func headroom(of layout: Layout, profile: ColumnProfile) -> Double? {
    guard let range = profile.integers, let bits = layout.bits else { return nil }
    return 1 - Double(range.maximum - range.minimum) / Double((Int128(1) << bits) - 1)
  }
}

extension Layout {
  /// Integers of that range in the fewest bits; `nil` where these are whole words, or not of 64 bits.
  package static func packed(_ range: ClosedRange<Int128>) -> Layout? {
    guard let minimum = Int64(exactly: range.lowerBound), range.upperBound <= Int64.max,
      let span = UInt64(exactly: range.upperBound - range.lowerBound)
    else { return nil }
    let bits = PackedBlocks.bits(upTo: span)
    guard PackedBlocks.holds(bits: bits) else { return nil }
    return Layout(
      encoding: PackedEncoding().name, isUnsigned: true,
      base: min(minimum, PackedEncoding.greatestBase(bits)), bits: bits)
  }
}

extension ColumnProfile {
  /// The bytes of the column's rows in so many bits each.
  func footprintPacked(bits: Int) -> Footprint {
    var footprint = Footprint()
    footprint.add(PackedBlocks.byteCount(rowCount: rowCount, bits: bits), to: \.values)
    if listedValidityByteCount > 0 { footprint.add(listedValidityByteCount, to: \.validity) }
    return footprint
  }
}

extension Column {
  /// The numbers of a column that holds packed blocks.
  var packedValues: PackedValues {
    guard let values, let bits = layout.bits else { fatalError("the column holds no blocks") }
    return PackedValues(blocks: UnsafeRawPointer(values.base), bits: bits)
  }
}
