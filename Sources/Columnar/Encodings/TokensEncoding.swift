import Platform

/// Text as tokens, each of which stands for up to 16 bytes that are frequent in the column: 12, 14 or 16 bits a
/// token, whichever takes the fewest bytes.
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

  /// What is learned from takes so many bytes at most.
  private static let sampleByteCount = 1 << 22

  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout] {
    guard policy.storage.isDense, policy.learnsText, profile.type == .string,
      profile.valueCount > 0, profile.text?.forecast != nil
    else {
      return []
    }
    return [Layout(encoding: name)]
  }

  func leastStorage(of layout: Layout) -> StoragePolicy { .packed }

  func isSound(_ layout: Layout, for type: LogicalType) -> Bool { type.domain == .bytes }

  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint {
    guard let text = profile.text, let forecast = text.forecast else { return Footprint() }
    let bits = TokenVocabulary.widths[0]
    let learned = forecast.learned(by: name) { sample in
      let trial = TokenVocabulary.trial(bits: bits, sample, textByteCount: text.byteCount)
      return TextForecast.Learned(
        itemsPerByte: trial.tokensPerByte, lengths: trial.tokenCounts,
        dictionaryCount: trial.vocabulary.count,
        dictionaryByteCount: trial.vocabulary.bytes.count)
    }
    var dictionary = Footprint()
    dictionary.add(learned.dictionaryByteCount + TokenTable.margin, to: \.values)
    dictionary.add((learned.dictionaryCount + 1) * 4, to: \.offsets)
    var footprint = dictionary.asDictionary
    let tokenCount = learned.itemCount(textByteCount: text.byteCount)
    footprint.add(TokenStream.byteCount(tokenCount: tokenCount, bits: bits), to: \.values)
    footprint.add(
      PackedLengths.byteCount(profile.rowCount, likeThoseOf: learned.lengths), to: \.offsets)
    if profile.validityByteCount > 0 { footprint.add(profile.validityByteCount, to: \.validity) }
    return footprint
  }

  func tables(
    for chunks: ChunkedValues, layout: Layout
  ) throws(LayoutError) -> EncodingTables {
    var sample = TextSample(maximumByteCount: Self.sampleByteCount)
    var byteCount = 0
    for case let chunk? in chunks.chunks {
      byteCount += chunk.textByteCount
      for row in 0..<chunk.rowCount {
        if let text = chunk.text(at: row) { sample.add(text) }
      }
    }
    guard byteCount <= UTF8Encoding.maximumByteCount else {
      throw LayoutError(column: chunks.name, row: nil, layout: layout.description)
    }
    return EncodingTables(
      vocabulary: TokenVocabulary.learned(from: sample, textByteCount: byteCount).vocabulary)
  }

  func encode(
    _ chunks: inout ChunkedValues, layout: Layout, tables: EncodingTables
  ) throws(LayoutError) -> Column {
    guard let vocabulary = tables.vocabulary else { fatalError("tokens have a vocabulary") }
    let (name, rowCount) = (chunks.name, chunks.rowCount)
    let validity = chunks.makeValidity()
    let textByteCount = chunks.chunks.reduce(0) { $0 + ($1?.textByteCount ?? 0) }
    let dictionary = Column(tokensOf: vocabulary)
    let writer = TokenWriter(
      vocabulary, dictionary: dictionary, rowCount: rowCount, textByteCount: textByteCount)
    try chunks.consume { (firstRow, chunk) throws(LayoutError) in
      for row in 0..<chunk.rowCount {
        guard writer.append(chunk.text(at: row)) else {
          throw LayoutError(column: name, row: firstRow + row, layout: layout.description)
        }
      }
    }
    return Column(
      name: name, type: chunks.type, layout: layout, count: rowCount,
      nullCount: chunks.nullCount, validity: validity, values: writer.makeStream(),
      offsets: writer.lengths.packed(), dictionary: dictionary)
  }

  func view(of column: Column) -> ColumnView {
    .decoded(DecodedView(.texts(column.tokenDecoder)))
  }

  func shape(of layout: Layout) -> ViewShape { .utf8 }

  func reason(for layout: Layout, profile: ColumnProfile) -> String {
    "parts of the text are frequent"
  }
}

/// Writes rows as tokens, and reads back what it wrote.
private final class TokenWriter {
  private let matcher: TokenMatcher
  private let table: TokenTable
  private let stream: TokenStream
  private let streamByteCount: Int
  let lengths: RowLengths
  private var tokenCount = 0
  /// Room for the tokens of a row, and for its text as it reads back.
  private var tokens: UnsafeMutablePointer<UInt16>
  private var text: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 12

  init(_ vocabulary: TokenVocabulary, dictionary: Column, rowCount: Int, textByteCount: Int) {
    matcher = TokenMatcher(vocabulary)
    // As if each byte were a token; what is not written is no memory.
    streamByteCount = TokenStream.byteCount(tokenCount: textByteCount, bits: vocabulary.bits)
    stream = TokenStream(
      bytes: ScratchMemory.allocate(byteCount: streamByteCount, isFilled: false),
      bits: vocabulary.bits)
    lengths = RowLengths(count: rowCount)
    table = dictionary.tokenTable
    tokens = .allocate(capacity: capacity)
    text = .allocate(capacity: capacity + TokenTable.margin)
  }

  deinit {
    ScratchMemory.deallocate(stream.bytes, byteCount: streamByteCount)
    tokens.deallocate()
    text.deallocate()
  }

  /// Adds the next row; false where it does not read back.
  func append(_ row: UnsafeBufferPointer<UInt8>?) -> Bool {
    guard let row, let start = row.baseAddress, row.count > 0 else {
      lengths.append(0)
      return true
    }
    if row.count > capacity { grow(to: row.count) }
    let count = matcher.encode(row, to: tokens)
    stream.write(tokens, count: count, at: tokenCount)
    let end = table.write(stream, tokenCount, count, to: text)
    lengths.append(count)
    tokenCount += count
    return end - text == row.count && memcmp(text, start, row.count) == 0
  }

  private func grow(to count: Int) {
    tokens.deallocate()
    text.deallocate()
    capacity = count * 2
    tokens = .allocate(capacity: capacity)
    text = .allocate(capacity: capacity + TokenTable.margin)
  }

  /// The tokens of all rows.
  func makeStream() -> Buffer {
    let count = TokenStream.byteCount(tokenCount: tokenCount, bits: stream.bits)
    let buffer = Buffer(uninitializedByteCount: count)
    ScratchMemory.copy(stream.bytes, to: buffer.base, byteCount: count - TokenStream.margin)
    TokenStream.finish(buffer, bits: stream.bits)
    return buffer
  }
}

extension Column {
  /// The bytes of each token, with some that can be read after the last.
  fileprivate init(tokensOf vocabulary: TokenVocabulary) {
    let bytes = Buffer(zeroedByteCount: vocabulary.bytes.count + TokenTable.margin)
    memcpy(bytes.base, vocabulary.bytes, vocabulary.bytes.count)
    let offsets = Buffer(uninitializedByteCount: (vocabulary.count + 1) * 4)
    offsets.pointer(as: UInt32.self)[0] = 0
    memcpy(offsets.base + 4, vocabulary.ends, vocabulary.count * 4)
    self.init(
      name: "", type: .string, layout: Layout(encoding: UTF8Encoding().name),
      count: vocabulary.count, nullCount: 0, validity: nil, values: bytes, offsets: offsets)
  }

  /// What tokens stand for, of a column that was made so.
  fileprivate var tokenTable: TokenTable {
    guard let values, let offsets else { fatalError("tokens have bytes and offsets") }
    return TokenTable(
      bytes: values.pointer(as: UInt8.self), offsets: offsets.pointer(as: UInt32.self))
  }

  /// The text of a column of tokens.
  fileprivate var tokenDecoder: TokenDecoder {
    guard let values, let offsets, let dictionary = dictionary.first,
      let bytes = dictionary.values, let starts = dictionary.offsets
    else { fatalError("a column of tokens has tokens, counts and what they stand for") }
    return TokenDecoder(
      counts: PackedLengths(rowCount: count, memory: offsets), stream: TokenStream(values),
      table: dictionary.tokenTable, tokenCount: dictionary.count, byteCount: footprint.total,
      owners: [values, offsets, bytes, starts])
  }
}
