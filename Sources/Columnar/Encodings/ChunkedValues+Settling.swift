extension ChunkedValues {
  /// The layout that is made where `layout` was chosen by what was foretold: the text itself, and the distinct values of a
  /// dictionary, which are known by now, tell more than a sample.
  ///
  /// - Throws: where the distinct values do not fit the layout.
  package mutating func settle(_ layout: Layout) throws(LayoutError) -> Layout {
    if Self.learned.contains(layout.encoding), type.domain == .bytes {
      return storage == .smallest || layout.storage == .smallest ? settledText(layout) : layout
    }
    guard let learned = layout.values?.first, learned.isForetold else { return layout }
    // Entries are few: each way is made, and the bytes counted.
    var candidates = [.text, learned]
    if storage == .smallest, learned.encoding != Self.front {
      candidates.append(Layout(encoding: Self.front))
    }
    var (best, fewest) = (layout, Int.max)
    for entries in candidates {
      var tried = layout
      tried.values = [entries]
      guard let made = try encodeDictionary(layout: tried) else { return layout }
      guard made.footprint.total < fewest else { continue }
      (best, fewest, self.entries) = (tried, made.footprint.total, made)
    }
    return best
  }

  private static let tokens = TokensEncoding().name
  private static let front = FrontEncoding().name
  private static let learned = [tokens, ZstdEncoding().name, front]

  /// Tokens give a row back ten times faster than what follows from neighbours, and a thousand times faster than blocks:
  /// these have to be a fifth smaller.
  private mutating func settledText(_ layout: Layout) -> Layout {
    let sample = (learnedSample ?? makeTextSample()).shuffled()
    let textByteCount = textByteCount
    guard textByteCount <= UTF8Encoding.maximumByteCount else { return layout }
    let front = FrontEncoding.trial(self)
    if layout.encoding == Self.tokens, front == nil { return layout }
    let tokens = TokenVocabulary.learned(
      from: sample, textByteCount: textByteCount, threads: threadCount
    ) { makeTextSample(byteCount: TextSample.wideByteCount) }
    let limit = Int(tokens.byteCount(textByteCount: textByteCount)) / 5 * 4
    let blocks = TextBlockTrial(self, learningFrom: sample)
    let best = min(front ?? .max, blocks.byteCount)
    if best > limit { return Layout(encoding: Self.tokens) }
    // Of about as many bytes, those that are read faster.
    if let front, front <= blocks.byteCount / 16 * 17 { return Layout(encoding: Self.front) }
    textDictionary = blocks.dictionary?.bytes
    return Layout(encoding: ZstdEncoding().name)
  }
}
