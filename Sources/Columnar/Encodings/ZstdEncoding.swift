/// Text of varying length in blocks of 64 KiB that zstd has compressed: for long text, and for whoever reads few
/// rows of it.
///
///     blocks [ "…" | "…" ]   lengths [ 212 | 87 ]
///
/// The buffer of offsets has the lengths.
struct ZstdEncoding: Encoding {
  let name = "zstd"
  let isIndirect = true
  let isPlainText = true
  let storesRows = false
  let isForetold = true
  let takesThreads = true

  /// Where blocks may take a fifth less than tokens, which give a row back a thousand times faster. A small sample
  /// knows little of what neighbours share: the column itself is asked again.
  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    let layout = Layout(encoding: name)
    guard policy.storage == .smallest, policy.learnsText, profile.type == .string,
      profile.valueCount > 0,
      profile.text?.forecast != nil,
      footprint(of: layout, for: profile).total
        < TokensEncoding().footprint(of: layout, for: profile).total
    else { return [] }
    return [layout]
  }

  func leastStorage(of layout: Layout) -> StoragePolicy { .smallest }

  func listsNulls(in layout: Layout) -> Bool { true }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool { type.domain == .bytes }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    guard let text = profile.text, let forecast = text.forecast else { return Footprint() }
    let learned = forecast.learned(by: name, Self.learned)
    var footprint = Footprint()
    footprint.add(
      TextBlocks.byteCount(
        learned.itemCount(textByteCount: text.byteCount),
        text.byteCount / TextBlocks.blockByteCount + 1), to: \.values)
    footprint.add(
      PackedLengths.byteCount(profile.rowCount, likeThoseOf: learned.lengths), to: \.offsets)
    let validity = profile.listedValidityByteCount
    if validity > 0 { footprint.add(validity, to: \.validity) }
    return footprint
  }

  /// What blocks make of a sample.
  private static func learned(from sample: TextSample) -> TextForecast.Learned {
    let writer = TextBlockWriter()
    var learned = TextForecast.Learned()
    sample.forEachValue { _, text in
      learned.lengths.append(text.count)
      _ = writer.append(text)
    }
    if sample.byteCount > 0, let blocks = writer.finish() {
      learned.itemsPerByte = Double(blocks.byteCount) / Double(sample.byteCount)
    }
    return learned
  }

  func tables(
    for chunks: ChunkedValues, layout: Layout
  ) throws(LayoutError) -> EncodingTables {
    let level = TextBlocks.level(textByteCount: chunks.textByteCount)
    return EncodingTables(
      textDictionary: chunks.textDictionary.map { TextDictionary($0, level: level) })
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    let (name, rowCount) = (chunks.name, chunks.rowCount)
    @Sendable func misfit(_ row: Int?) -> LayoutError {
      LayoutError(column: name, row: row, layout: layout.description)
    }
    let validity = chunks.makeValidity()
    guard chunks.textByteCount <= UTF8Encoding.maximumByteCount else { throw misfit(nil) }
    let level = TextBlocks.level(textByteCount: chunks.textByteCount)
    let lengths = RowLengths(count: rowCount)
    var parts = try chunks.consumeShares { (share) throws(LayoutError) -> TextBlockPart? in
      let part = TextBlockPart(from: share.firstByte, tables.textDictionary, level: level)
      try share.consume { (firstRow, chunk) throws(LayoutError) in
        for row in 0..<chunk.rowCount {
          let text = chunk.text(at: row) ?? UnsafeBufferPointer(start: nil, count: 0)
          lengths[firstRow + row] = text.count
          guard part.append(text) else { throw misfit(firstRow + row) }
        }
      }
      part.finish()
      return part
    }
    let writer = TextBlockWriter(tables.textDictionary, level: level)
    for index in parts.indices {
      // Each part is gone once its blocks are the column's.
      guard let part = parts[index], writer.append(part) else { throw misfit(nil) }
      parts[index] = nil
    }
    guard let values = writer.finish() else { throw misfit(nil) }
    return Column(
      name: name, type: chunks.type, layout: layout, count: rowCount,
      nullCount: chunks.nullCount, validity: validity, values: values, offsets: lengths.packed())
  }

  func view(of column: Column) -> ColumnView {
    guard let values = column.values, let offsets = column.offsets else {
      fatalError("blocks of text have bytes and lengths")
    }
    return .decoded(
      DecodedView(
        .texts(
          TextBlockDecoder(
            lengths: PackedLengths(rowCount: column.count, memory: offsets),
            blocks: TextBlocks(values), byteCount: column.footprint.total,
            owners: [values, offsets]))))
  }

  func shape(of layout: Layout) -> ViewShape { .utf8 }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    "long text, a fifth smaller than in tokens"
  }
}
