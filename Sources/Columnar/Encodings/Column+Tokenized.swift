extension Column {
  /// Whether text is held in tokens, in blocks, or by what neighbours do not share.
  package var isDenseText: Bool {
    type.domain == .bytes && TextLayouts.dense.contains(layout.encoding)
  }

  /// Text of columns one after the other, in tokens.
  ///
  /// The tokens are those of the first column that has some: texts of one kind are much alike, and learning takes longer
  /// than all else. Where no column has any, they are learned from a little.
  ///
  /// - Parameters:
  ///   - parts: The columns with a value, and the row at which each begins; between them rows are null.
  ///   - threads: How many make tokens.
  ///   - other: A column of such text.
  /// - Returns: `nil` where the text does not fit one column.
  package static func tokenized(
    _ parts: [(column: Column, start: Int)], name: String, type: LogicalType, count: Int,
    nullCount: Int, threads: Int, like other: Column? = nil
  ) -> Column? {
    var chunks: [ColumnChunk] = []
    var row = 0
    for (column, start) in parts {
      if row < start { chunks.append(.nulls(start - row)) }
      chunks += ChunkedValues(decoding: column).chunks.compactMap { $0 }
      row = start + column.count
    }
    if row < count { chunks.append(.nulls(count - row)) }
    var values = ChunkedValues(
      name: name, type: type, rowCount: count, nullCount: nullCount, chunks: chunks)
    values.threadCount = threads
    guard values.textByteCount <= UTF8Encoding.maximumByteCount else { return nil }
    let encoding = TokensEncoding()
    let vocabulary =
      other?.vocabulary ?? parts.lazy.compactMap(\.column.vocabulary).first
      ?? TokenVocabulary.trial(
        bits: TokenVocabulary.usualBits, values.makeTextSample(byteCount: 1 << 19).shuffled(),
        textByteCount: values.textByteCount
      ).vocabulary
    return try? encoding.encode(
      &values, layout: Layout(encoding: encoding.name),
      tables: EncodingTables(vocabulary: vocabulary))
  }

  /// The tokens that the text is held in; `nil` where it is not.
  private var vocabulary: TokenVocabulary? {
    guard case .decoded(let view) = view, case .texts(let decoder) = view.decoder else {
      return nil
    }
    if let front = decoder as? FrontDecoder { return front.rests.vocabulary }
    guard let tokens = decoder as? TokenDecoder else { return nil }
    var vocabulary = TokenVocabulary(bits: tokens.stream.bits)
    for token in vocabulary.count..<tokens.tokenCount { vocabulary.append(tokens.table[token]) }
    return vocabulary
  }
}

private enum TextLayouts {
  static let dense = Set([TokensEncoding().name, FrontEncoding().name, ZstdEncoding().name])
}
