extension TokenVocabulary {
  /// The bits of tokens that a column may have.
  static let widths = [10, 12, 14, 16]
  /// Those of most columns.
  static let usualBits = 12
  /// Of more text than this, few tokens are never worth it.
  private static let shortByteCount = 1 << 20
  /// Vocabularies of more bits are slower: they have to be smaller by that share.
  private static let leastGain = 1.0 / 128
  /// Of what was learned first, the share that is kept when more is learned.
  fileprivate static let keptShare = 0.7
  /// The bytes of text for which one token more is worth its place.
  private static let byteCountPerToken = 48

  /// What a vocabulary makes of text that it has not been learned from.
  struct Trial {
    var vocabulary: TokenVocabulary
    /// Tokens for a byte of text.
    var tokensPerByte = 1.0
    /// How many tokens values had, in the order of the sample.
    var tokenCounts: [Int] = []

    /// The tokens of a column with so many bytes of text.
    func tokenCount(textByteCount: Int) -> Int {
      Int((Double(textByteCount) * tokensPerByte).rounded(.up))
    }

    /// The bytes of these, and of what they stand for.
    func byteCount(textByteCount: Int) -> Double {
      Double(tokenCount(textByteCount: textByteCount) * vocabulary.bits) / 8
        + Double(TokenTable.byteCount(vocabulary.count, tokenByteCount: vocabulary.bytes.count))
    }
  }

  /// What is learned from a sample of a column with so many bytes of text: at the width that takes the fewest bytes.
  ///
  /// - Parameter more: A larger sample, which is asked for where many tokens pay.
  static func learned(
    from sample: TextSample, textByteCount: Int, threads: Int = 1, more: () -> TextSample
  ) -> Trial {
    // More tokens than are worth their place are not tried.
    let worthwhile = widths.filter {
      $0 < usualBits
        ? textByteCount <= shortByteCount
        : $0 == usualBits || textByteCount >> ($0 - 1) >= byteCountPerToken
    }
    func best(_ widths: [Int], _ sample: TextSample) -> Trial {
      let trials = parallelMap(widths.count, threads: threads) {
        trial(bits: widths[$0], sample, textByteCount: textByteCount)
      }
      return trials.dropFirst().reduce(trials[0]) { best, wider in
        let limit = best.byteCount(textByteCount: textByteCount) * (1 - leastGain)
        return wider.byteCount(textByteCount: textByteCount) < limit ? wider : best
      }
    }
    let some = sample.shuffled()
    let first = best(worthwhile.filter { $0 <= 14 }, some)
    // Where many tokens take fewer bytes, still more may, and are learned better from more.
    let wide = worthwhile.filter { $0 >= 14 }
    guard let bits = wide.first, first.vocabulary.bits == bits else {
      return first.refined(some, textByteCount: textByteCount)
    }
    let all = more().shuffled()
    return best(wide, all).refined(all, textByteCount: textByteCount)
  }

  /// How many tokens a column with so many bytes of text has at most.
  static func limit(bits: Int, textByteCount: Int) -> Int {
    min(256 + textByteCount / byteCountPerToken, 1 << bits)
  }

  /// What is learned at one width.
  static func trial(bits: Int, _ sample: TextSample, textByteCount: Int) -> Trial {
    Trial(TokenVocabulary(bits: bits), learning: sample, textByteCount: textByteCount)
  }
}

extension TokenVocabulary.Trial {
  /// Every so many values of a sample are not learned from, but tell what was learned.
  private static let trialStep = 8

  /// What is learned beside what is known.
  fileprivate init(_ known: TokenVocabulary, learning sample: TextSample, textByteCount: Int) {
    var learnedByteCount = 0
    sample.forEachValue { index, text in
      if !Self.isTrial(index, in: sample) { learnedByteCount += text.count }
    }
    var trainer = TokenTrainer(
      known, limit: TokenVocabulary.limit(bits: known.bits, textByteCount: textByteCount),
      sampleByteCount: learnedByteCount)
    sample.forEachValue { index, text in
      if !Self.isTrial(index, in: sample) { trainer.learn(text) }
    }
    self.init(vocabulary: trainer.vocabulary)
    let matcher = TokenMatcher(vocabulary)
    var (byteCount, tokenCount) = (0, 0)
    // A few values are all learned from: there is nothing to try them on, and they are few.
    let triesAll = sample.count < 4 * Self.trialStep
    sample.forEachValue { index, text in
      guard triesAll || Self.isTrial(index, in: sample) else { return }
      let count = matcher.withTokens(of: text) { $0.count }
      tokenCounts.append(count)
      byteCount += text.count
      tokenCount += count
    }
    if byteCount > 0 { tokensPerByte = Double(tokenCount) / Double(byteCount) }
  }

  private static func isTrial(_ index: Int, in sample: TextSample) -> Bool {
    sample.count >= 4 * trialStep && index % trialStep == trialStep - 1
  }

  /// What is learned once more, from the tokens that turned out to be of use: what was learned first took its number
  /// before anybody knew which others would be made of it.
  fileprivate func refined(_ sample: TextSample, textByteCount: Int) -> Self {
    let limit = TokenVocabulary.limit(bits: vocabulary.bits, textByteCount: textByteCount)
    // Where there is room for more, nothing has to go.
    guard vocabulary.count - 256 > (limit - 256) / 16 * 15 else { return self }
    let matcher = TokenMatcher(vocabulary)
    var written = [Int](repeating: 0, count: vocabulary.count)
    sample.forEachValue { index, text in
      matcher.withTokens(of: text) { tokens in
        for token in tokens { written[Int(token)] += vocabulary[Int(token)].count }
      }
    }
    let kept = vocabulary.keeping(Int(Double(limit - 256) * TokenVocabulary.keptShare)) {
      written[$0]
    }
    let refined = Self(kept, learning: sample, textByteCount: textByteCount)
    return refined.byteCount(textByteCount: textByteCount) < byteCount(textByteCount: textByteCount)
      ? refined : self
  }
}

extension TokenVocabulary {
  /// Of the tokens that were learned, so many of those that are worth most; of equal ones those that were learned first.
  private func keeping(_ count: Int, by worth: (Int) -> Int) -> TokenVocabulary {
    let best = (256..<self.count).sorted { (worth($1), $0) < (worth($0), $1) }.prefix(count)
    var kept = TokenVocabulary(bits: bits)
    for token in best.sorted() {
      self[token].withUnsafeBufferPointer { kept.append($0) }
    }
    return kept
  }
}
