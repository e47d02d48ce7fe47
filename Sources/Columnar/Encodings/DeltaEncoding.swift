/// Integers as the difference from the row before, less the least difference, in as many bits as the largest
/// takes; each block of 1,024 rows begins with its first value. For sorted keys, and the values of runs.
///
///     firsts [ 100 ] int64      steps 1 + [ 0 | 0 | 24 | 0 ] uint5      100, 101, 102, 127, 128
///
/// A row without a value repeats the one before.
struct DeltaEncoding: Encoding {
  let name = "delta"
  let isIndirect = true
  let isTiedToValues = true
  let storesRows = false

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard policy.storage.isDense, profile.type.domain == .integer, profile.type != .boolean,
      let range = profile.integers, range.maximum <= Int64.max,
      let steps = range.order?.rowSteps
    else { return [] }
    let (span, overflow) = steps.upperBound.subtractingReportingOverflow(steps.lowerBound)
    let bits = PackedBlocks.bits(upTo: UInt64(max(span, 0)))
    guard !overflow, (1...62).contains(bits) else { return [] }
    return [Layout(encoding: name, base: steps.lowerBound, bits: bits)]
  }

  func leastStorage(of layout: Layout) -> StoragePolicy { .packed }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    guard type.domain == .integer, type != .boolean, layout.base != nil, let bits = layout.bits
    else { return false }
    return (1...62).contains(bits)
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    var footprint = profile.footprintPacked(bits: layout.bits ?? 64)
    footprint.add(PackedBlocks.blockCount(rowCount: profile.rowCount) * 8, to: \.offsets)
    return footprint
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    try PackedBlocks.accept(Steps(layout: layout), bits: layout.bits ?? 64, &chunks)
  }

  private struct Steps: PackedVisitor {
    let layout: Layout

    func visit<Word: PackedWord>(
      _ words: Word.Type, _ chunks: inout ChunkedValues
    ) throws(LayoutError) -> Column {
      try DeltaEncoding.encode(&chunks, layout, words)
    }
  }

  private static func encode<Word: PackedWord>(
    _ chunks: inout ChunkedValues, _ layout: Layout, _ type: Word.Type
  ) throws(LayoutError) -> Column {
    let (name, description) = (chunks.name, layout.description)
    let (bits, base) = (layout.bits ?? 64, layout.base ?? 0)
    let blockCount = PackedBlocks.blockCount(rowCount: chunks.rowCount)
    let firsts = Buffer(zeroedByteCount: blockCount * 8)
    let blocks = Buffer(
      uninitializedByteCount: PackedBlocks.byteCount(rowCount: chunks.rowCount, bits: bits))
    var packer = BlockPacker<Word>(bits: bits, to: blocks)
    let limit = Int64(truncatingIfNeeded: UInt64.max >> UInt64(64 - bits))
    // Nulls before the first value are as if they had it.
    var last = chunks.firstInteger ?? 0
    var row = 0
    try chunks.refuseSignBits(layout)
    for case let chunk? in chunks.chunks {
      let bad = packer.append(chunk.rowCount) { target in
        for place in 0..<chunk.rowCount {
          let value = chunk.integer(at: place) ?? last
          let isFirst = row % PackedBlocks.rowCount == 0
          if isFirst { firsts.pointer(as: Int64.self)[row / PackedBlocks.rowCount] = value }
          let step = isFirst ? 0 : value &- last &- base
          if step < 0 || step > limit { return place }
          target[place] = Word(truncatingIfNeeded: step)
          last = value
          row += 1
        }
        return nil
      }
      if let bad {
        throw LayoutError(
          column: name, row: chunk.isNull(bad) ? nil : row, layout: description)
      }
    }
    guard packer.finish() else { throw LayoutError(column: name, row: nil, layout: description) }
    let validity = chunks.makeValidity()
    let column = Column(
      name: name, type: chunks.type, layout: layout, count: chunks.rowCount,
      nullCount: chunks.nullCount, validity: validity, values: blocks, offsets: firsts)
    try chunks.consumeComparing(with: column)
    return column
  }

  func view(of column: Column) -> ColumnView {
    guard let firsts = column.offsets else { fatalError("deltas have the first values of blocks") }
    return .decoded(
      DecodedView(
        .integers(
          DeltaDecoder(
            rowCount: column.count, firsts: firsts, base: column.layout.base ?? 0,
            steps: column.values ?? firsts, bits: column.layout.bits ?? 64))))
  }

  func shape(of layout: Layout) -> ViewShape { .computed }

  func describe(_ layout: Layout) -> String { "delta<uint\(layout.bits ?? 64)>" }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    guard let steps = profile.integers?.order?.rowSteps else {
      return "neighbours are close together"
    }
    return "each row is \(steps.lowerBound) to \(steps.upperBound) more than the one before"
  }
}

/// The integers of a column of differences: those of a block are sums from its first on.
package struct DeltaDecoder: IntegerDecoder {
  package let rowCount: Int
  let firsts: Buffer
  let base: Int64
  let steps: Buffer
  let bits: Int

  package var byteCount: Int { firsts.byteCount + steps.byteCount }
  package var isUnsigned: Bool { false }

  /// Numbers between which all lie, without a look at each: `nil` where the first ones of blocks are so much closer
  /// together that they would take narrower words.
  package var bounds: ClosedRange<Int64>? {
    let firsts = UnsafeBufferPointer(
      start: firsts.pointer(as: Int64.self),
      count: PackedBlocks.blockCount(rowCount: rowCount))
    guard let least = firsts.min(), let greatest = firsts.max() else { return nil }
    let stepCount = Int128(PackedBlocks.rowCount - 1)
    let limit = Int128(base) + Int128(UInt64.max >> UInt64(64 - bits))
    guard let low = Int64(exactly: Int128(least) + min(0, stepCount * Int128(base))),
      let high = Int64(exactly: Int128(greatest) + max(0, stepCount * limit))
    else { return nil }
    func width(_ value: Int64) -> Int {
      Int64.bitWidth - (value ^ (value >> 63)).leadingZeroBitCount
    }
    let isAsNarrow =
      [7, 15, 31, 63].first { max(width(low), width(high)) <= $0 }
      == [7, 15, 31, 63].first { max(width(least), width(greatest)) <= $0 }
    return isAsNarrow ? low...high : nil
  }

  /// Where rows never fall, they lie between the first values of their blocks and those of the next; where some may,
  /// as far apart as the steps within a block lead at most.
  package func bounds(of rows: Range<Int>) -> ClosedRange<Int64>? {
    let size = PackedBlocks.rowCount
    let blocks = rows.lowerBound / size..<(rows.upperBound + size - 1) / size
    let stepLimit = Int128(base) + Int128(UInt64.max >> UInt64(64 - bits))
    var (least, greatest) = (Int128.max, Int128.min)
    for block in blocks {
      let first = Int128(firsts.pointer(as: Int64.self)[block])
      let stepCount = Int128(min(size, rowCount - block * size) - 1)
      var (low, high) = (
        first + stepCount * min(0, Int128(base)), first + stepCount * max(0, stepLimit)
      )
      if (block + 1) * size < rowCount {
        let next = Int128(firsts.pointer(as: Int64.self)[block + 1])
        if base >= 0 { high = min(high, next) }
        if stepLimit <= 0 { low = max(low, next) }
      }
      (least, greatest) = (min(least, low), max(greatest, high))
    }
    // No row lies past the ends of the type, wherever the steps might lead.
    return Int64(clamping: least)...Int64(clamping: greatest)
  }

  package func decode(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    let packed = PackedValues(blocks: UnsafeRawPointer(steps.base), bits: bits)
    let firsts = firsts.pointer(as: Int64.self)
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: PackedBlocks.rowCount) { room in
      guard let scratch = room.baseAddress else { return }
      var row = rows.lowerBound
      while row < rows.upperBound {
        let block = row / PackedBlocks.rowCount
        let start = block * PackedBlocks.rowCount
        let end = min(rows.upperBound, start + PackedBlocks.rowCount)
        let words = PlainValues.packed(packed).words(start..<end, scratch)
        var value = firsts[block]
        for place in 1..<row - start + 1 { value &+= words[place] &+ base }
        target[row - rows.lowerBound] = value
        let behind = target + (start - rows.lowerBound)
        var place = row - start + 1
        while place < end - start {
          value &+= words[place] &+ base
          behind[place] = value
          place &+= 1
        }
        row = end
      }
    }
  }
}
