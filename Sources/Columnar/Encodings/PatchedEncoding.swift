/// Integers of which nearly all lie close together, in as many bits as these take from a base on; the others
/// are listed. (Zukowski, Héman, Nes, Boncz: Super-Scalar RAM-CPU Cache Compression, ICDE 2006.)
///
///     base 5, values [ 0 | 2 | 0 | 1 ] uint2     outside { 2 } [ 90000 ] int32      5, 7, 90000, 6
///
/// A listed row holds 0 among the others, and so does one without a value.
struct PatchedEncoding: Encoding {
  let name = "patched"
  let isTiedToValues = true
  let storesRows = false

  /// Of a hundred rows, how many may be listed: more would slow every loop down.
  private static let greatestPercentage = 3
  /// What holds the listed values.
  private static let valueEncoding = IntegerEncoding()

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard policy.storage.isDense, profile.type.domain == .integer, profile.type != .boolean,
      let integers = profile.integers, let spread = integers.spread, let values = integers.words,
      spread.count == profile.valueCount
    else { return [] }
    let bits = PackedBlocks.bits(
      upTo: UInt64(bitPattern: values.upperBound &- values.lowerBound))
    let listed = Self.valueEncoding.layouts(for: profile.listed(0), policy: LayoutPolicy())
    let costs = spread.windows(below: bits, of: values)
      .filter { $0.outsideCount * 100 <= profile.rowCount * Self.greatestPercentage }
      .map { window in
        let layout = Layout(
          encoding: name, base: window.base, bits: window.bits, values: listed.first)
        return (layout, footprint(of: layout, for: profile).total)
      }
    guard let best = costs.min(by: { $0.1 < $1.1 }),
      best.1 < profile.footprintPacked(bits: bits).total
    else { return [] }
    return [best.0]
  }

  func leastStorage(of layout: Layout) -> StoragePolicy { .packed }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool {
    guard type.domain == .integer, type != .boolean, layout.base != nil, let bits = layout.bits,
      layout.values?.count == 1, let values = layout.values?.first
    else { return false }
    return (1...IntegerSpread.greatestBits).contains(bits)
      && values.encoding == Self.valueEncoding.name
      && Self.valueEncoding.isSound(values, for: type)
  }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    let (base, bits) = (layout.base ?? 0, layout.bits ?? IntegerSpread.greatestBits)
    var footprint = profile.footprintPacked(bits: bits)
    let count =
      profile.integers?.words.flatMap {
        profile.integers?.spread?.outsideCount(from: base, bits: bits, of: $0)
      } ?? 0
    footprint.add(
      RowSet.byteCount(rowCount: profile.rowCount, memberCount: count), to: \.offsets)
    guard let values = layout.values?.first else { return footprint }
    return footprint
      + Self.valueEncoding.footprint(of: values, for: profile.listed(count)).asDictionary
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    switch PackedBlocks.wordByteCount(bits: layout.bits ?? IntegerSpread.greatestBits) {
    case 1: try encode(&chunks, layout, UInt8.self)
    case 2: try encode(&chunks, layout, UInt16.self)
    case 4: try encode(&chunks, layout, UInt32.self)
    default: try encode(&chunks, layout, UInt64.self)
    }
  }

  private func encode<Word: PackedWord>(
    _ chunks: inout ChunkedValues, _ layout: Layout, _ type: Word.Type
  ) throws(LayoutError) -> Column {
    let (name, description) = (chunks.name, layout.description)
    let (base, bits) = (layout.base ?? 0, layout.bits ?? IntegerSpread.greatestBits)
    try chunks.refuseSignBits(layout)
    let held = chunks.integerBounds.flatMap {
      IntegerSpread.held(from: base, bits: bits, of: $0)
    }
    let blocks = Buffer(
      uninitializedByteCount: PackedBlocks.byteCount(rowCount: chunks.rowCount, bits: bits))
    var packer = BlockPacker<Word>(bits: bits, to: blocks)
    var (rows, values, firstRow) = ([Int](), [Int64](), 0)
    for case let chunk? in chunks.chunks {
      let bad = packer.append(chunk.rowCount) { target in
        target.update(repeating: 0, count: chunk.rowCount)
        chunk.forEachIntegerBlock { block in
          block.write(held, less: base, to: target + block.firstRow) { row, value in
            rows.append(firstRow + block.firstRow + row)
            values.append(value)
          }
        }
        return nil
      }
      if let bad { throw LayoutError(column: name, row: firstRow + bad, layout: description) }
      firstRow += chunk.rowCount
    }
    guard packer.finish() else { throw LayoutError(column: name, row: nil, layout: description) }
    let listed = try list(values, at: rows, of: chunks, layout)
    let validity = chunks.makeValidity()
    let column = Column(
      name: name, type: chunks.type, layout: layout, count: chunks.rowCount,
      nullCount: chunks.nullCount, validity: validity, values: blocks,
      offsets: RowSet(rows, of: chunks.rowCount).memory, dictionary: listed)
    try chunks.consumeComparing(with: column)
    return column
  }

  /// The values of the listed rows as a column.
  private func list(
    _ values: [Int64], at rows: [Int], of chunks: ChunkedValues, _ layout: Layout
  ) throws(LayoutError) -> Column {
    let description = layout.description
    guard let layout = layout.values?.first else {
      throw LayoutError(column: chunks.name, row: nil, layout: description)
    }
    var listed = ChunkedValues(values, of: chunks)
    do {
      return try Self.valueEncoding.encode(&listed, layout: layout)
    } catch {
      throw LayoutError(
        column: chunks.name, row: error.row.map { rows[$0] }, layout: description)
    }
  }

  func view(of column: Column) -> ColumnView {
    guard let blocks = column.values, let memory = column.offsets,
      let listed = column.dictionary.first
    else { fatalError("patched columns have blocks and list the rest") }
    let rows = RowSet(rowCount: column.count, memberCount: listed.count, memory: memory)
    return .decoded(
      DecodedView(
        .integers(
          PatchedDecoder(
            base: column.layout.base ?? 0, blocks: blocks,
            bits: column.layout.bits ?? IntegerSpread.greatestBits,
            rows: rows, listed: listed))))
  }

  func shape(of layout: Layout) -> ViewShape { .computed }

  func describe(_ layout: Layout) -> String {
    "patched<uint\(layout.bits ?? IntegerSpread.greatestBits)>"
  }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    guard let integers = profile.integers, let values = integers.words,
      let base = layout.base, let bits = layout.bits,
      let held = IntegerSpread.held(from: base, bits: bits, of: values),
      let count = integers.spread?.outsideCount(from: base, bits: bits, of: values)
    else { return "most values are close together" }
    return "all but \(count) are \(held.lowerBound) to \(held.upperBound)"
  }
}

extension IntegerProfile {
  /// The ends of values that all fit a signed word; `nil` where some do not.
  fileprivate var words: ClosedRange<Int64>? {
    guard let low = Int64(exactly: minimum), let high = Int64(exactly: maximum) else { return nil }
    return low...high
  }
}

extension ColumnProfile {
  /// That of so many values of the column by themselves.
  fileprivate func listed(_ count: Int) -> ColumnProfile {
    var listed = ColumnProfile(name: name, type: type, rowCount: count, nullCount: 0)
    listed.integers = integers.map {
      IntegerProfile(minimum: $0.minimum, maximum: $0.maximum)
    }
    return listed
  }
}

extension ColumnChunk.IntegerBlock {
  /// Writes the integers of a range less a base, and 0 in rows that have another or none; calls `list` with each of
  /// the others.
  fileprivate func write<Word: PackedWord>(
    _ range: ClosedRange<Int64>?, less base: Int64, to target: UnsafeMutablePointer<Word>,
    _ list: (_ row: Int, _ value: Int64) -> Void
  ) {
    for row in 0..<rowCount {
      let value = values[row]
      if let range, range.contains(value) {
        target[row] = hasValue(row) ? Word(truncatingIfNeeded: value &- base) : 0
      } else if hasValue(row) {
        list(row, value)
      }
    }
  }
}
