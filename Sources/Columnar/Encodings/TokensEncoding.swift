import Platform

/// Text as tokens, each of which stands for up to 16 bytes that are frequent in the column: 10, 12, 14 or 16
/// bits a token, whichever takes the fewest bytes.
///
///     tokens [ 300 | 97 ]   counts [ 2 ]   dictionary [ …, 97: "a", …, 300: "regular " ]   "regular a"
///
/// The tokens are learned from the column itself, so that any text fits: the single bytes are tokens, too.
/// The buffer of offsets has the counts, the dictionary the bytes of each token.
struct TokensEncoding: Encoding {
  let name = "tokens"
  let isIndirect = true
  let isPlainText = true
  let storesRows = false
  let isForetold = true
  let takesThreads = true

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard policy.storage.isDense, policy.learnsText, profile.type == .string,
      profile.valueCount > 0, profile.text?.forecast != nil
    else {
      return []
    }
    return [Layout(encoding: name)]
  }

  func leastStorage(of layout: Layout) -> StoragePolicy { .packed }

  func listsNulls(in layout: Layout) -> Bool { true }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool { type.domain == .bytes }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    guard let text = profile.text, let forecast = text.forecast else { return Footprint() }
    let bits = TokenVocabulary.usualBits
    // Entries of a dictionary have the forecast of the column, and fewer tokens are worth their place.
    let limit = TokenVocabulary.limit(bits: bits, textByteCount: text.byteCount)
    let learned = forecast.learned(by: "\(name) \(limit)") { sample in
      let trial = TokenVocabulary.trial(bits: bits, sample, textByteCount: text.byteCount)
      return TextForecast.Learned(
        itemsPerByte: trial.tokensPerByte, lengths: trial.tokenCounts,
        dictionaryCount: trial.vocabulary.count,
        dictionaryByteCount: trial.vocabulary.bytes.count)
    }
    var dictionary = Footprint()
    dictionary.add(
      TokenTable.byteCount(
        learned.dictionaryCount, tokenByteCount: learned.dictionaryByteCount), to: \.values)
    var footprint = dictionary.asDictionary
    let tokenCount = learned.itemCount(textByteCount: text.byteCount)
    footprint.add(TokenStream.byteCount(tokenCount: tokenCount, bits: bits), to: \.values)
    footprint.add(
      PackedLengths.byteCount(profile.rowCount, likeThoseOf: learned.lengths), to: \.offsets)
    let validity = profile.listedValidityByteCount
    if validity > 0 { footprint.add(validity, to: \.validity) }
    return footprint
  }

  func tables(
    for chunks: ChunkedValues, layout: Layout
  ) throws(LayoutError) -> EncodingTables {
    let byteCount = chunks.textByteCount
    guard byteCount <= UTF8Encoding.maximumByteCount else {
      throw LayoutError(column: chunks.name, row: nil, layout: layout.description)
    }
    let sample = chunks.learnedSample ?? chunks.makeTextSample()
    let learned = TokenVocabulary.learned(
      from: sample, textByteCount: byteCount, threads: chunks.threadCount
    ) { chunks.makeTextSample(byteCount: TextSample.wideByteCount) }
    return EncodingTables(vocabulary: learned.vocabulary)
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    guard let vocabulary = tables.vocabulary else { fatalError("tokens have a vocabulary") }
    let (name, rowCount) = (chunks.name, chunks.rowCount)
    let validity = chunks.makeValidity()
    let dictionary = Column(tokensOf: vocabulary)
    let (matcher, table) = (TokenMatcher(vocabulary), dictionary.tokenTable)
    let lengths = RowLengths(count: rowCount)
    let parts = try chunks.consumeShares { (share) throws(LayoutError) -> TokenWriter in
      // As if each byte were a token; what is not written is no memory.
      let writer = TokenWriter(
        matcher, table, bits: vocabulary.bits, capacity: share.textByteCount)
      try share.consume { (firstRow, chunk) throws(LayoutError) in
        if let bad = writer.append(chunk, lengths, from: firstRow) {
          throw LayoutError(column: name, row: firstRow + bad, layout: layout.description)
        }
      }
      return writer
    }
    return Column(
      name: name, type: chunks.type, layout: layout, count: rowCount,
      nullCount: chunks.nullCount, validity: validity,
      values: TokenWriter.joined(parts, bits: vocabulary.bits), offsets: lengths.packed(),
      dictionary: dictionary)
  }

  func view(of column: Column) -> ColumnView {
    // What tokens stand for is a column of such a layout, too: it has no tokens itself.
    if column.dictionary.isEmpty {
      return .decoded(
        DecodedView(.texts(TokenTableDecoder(column.tokenTable, count: column.count))))
    }
    return .decoded(DecodedView(.texts(column.tokenDecoder)))
  }

  func shape(of layout: Layout) -> ViewShape { .utf8 }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    "parts of the text are frequent"
  }
}

extension Column {
  /// What each token stands for.
  fileprivate init(tokensOf vocabulary: TokenVocabulary) {
    self.init(
      name: "", type: .string, layout: Layout(encoding: TokensEncoding().name),
      count: vocabulary.count, nullCount: 0, validity: nil,
      values: TokenTable.memory(of: vocabulary))
  }

  /// What tokens stand for, of a column that was made so.
  fileprivate var tokenTable: TokenTable {
    guard let values else { fatalError("tokens have bytes") }
    return TokenTable(values, count: count)
  }

  /// The text of a column of tokens.
  fileprivate var tokenDecoder: TokenDecoder {
    guard let values, let offsets, let dictionary = dictionary.first
    else { fatalError("a column of tokens has tokens, counts and what they stand for") }
    return TokenDecoder(
      counts: PackedLengths(rowCount: count, memory: offsets), stream: TokenStream(values),
      table: dictionary.tokenTable, tokenCount: dictionary.count, byteCount: footprint.total,
      owners: [values, offsets])
  }
}
