extension TokenVocabulary {
  /// The bits of tokens that a column may have.
  static let widths = [12, 14, 16]
  /// Vocabularies of more bits are slower: they have to be smaller by that share.
  private static let leastGain = 1.0 / 32
  /// The bytes of text for which one token more is worth its place.
  private static let byteCountPerToken = 48
  /// Every so many values of a sample are not learned from, but tell what was learned.
  private static let trialStep = 8

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
        + Double(vocabulary.bytes.count + 4 * vocabulary.count)
    }
  }

  /// What is learned from a shuffled sample of a column with so many bytes of text: of the widths, the one that takes the
  /// fewest bytes.
  static func learned(from sample: TextSample, textByteCount: Int, threads: Int = 1) -> Trial {
    // More tokens than are worth their place are not tried.
    let worthwhile = widths.filter {
      $0 == widths[0] || textByteCount >> ($0 - 1) >= byteCountPerToken
    }
    func byteCount(_ trial: Trial) -> Double { trial.byteCount(textByteCount: textByteCount) }
    var trials = parallelMap(min(worthwhile.count, 2), threads: threads) {
      trial(bits: worthwhile[$0], sample, textByteCount: textByteCount)
    }
    // Where more tokens take more bytes, still more of them would, too: the widest takes longest to learn.
    if worthwhile.count > 2, byteCount(trials[1]) < byteCount(trials[0]) {
      trials.append(trial(bits: worthwhile[2], sample, textByteCount: textByteCount))
    }
    return trials.dropFirst().reduce(trials[0]) { best, wider in
      byteCount(wider) < byteCount(best) * (1 - leastGain) ? wider : best
    }
  }

  /// How many tokens a column with so many bytes of text has at most.
  static func limit(bits: Int, textByteCount: Int) -> Int {
    min(256 + textByteCount / byteCountPerToken, 1 << bits)
  }

  /// What is learned at one width.
  static func trial(bits: Int, _ sample: TextSample, textByteCount: Int) -> Trial {
    var trainer = TokenTrainer(
      bits: bits, limit: limit(bits: bits, textByteCount: textByteCount),
      sampleByteCount: sample.byteCount)
    // A few values are all learned from: there is nothing to try them on, and they are few.
    let isTrial = { sample.count >= 4 * trialStep && $0 % trialStep == trialStep - 1 }
    sample.forEachValue { index, text in if !isTrial(index) { trainer.learn(text) } }
    var trial = Trial(vocabulary: trainer.vocabulary)
    let matcher = TokenMatcher(trial.vocabulary)
    var (byteCount, tokenCount) = (0, 0)
    sample.forEachValue { index, text in
      guard isTrial(index) || sample.count < 4 * trialStep else { return }
      let count = withUnsafeTemporaryAllocation(of: UInt16.self, capacity: text.count) {
        $0.baseAddress.map { matcher.encode(text, to: $0) } ?? 0
      }
      trial.tokenCounts.append(count)
      byteCount += text.count
      tokenCount += count
    }
    if byteCount > 0 { trial.tokensPerByte = Double(tokenCount) / Double(byteCount) }
    return trial
  }
}
