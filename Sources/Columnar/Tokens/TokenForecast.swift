/// What tokens of a column would take, learned from a sample of its values.
///
/// There is no formula for it: only encoding tells. With so small a sample fewer tokens are learned than from
/// the column itself, so that hardly any column takes more than what is foretold; some take a fifth less.
package final class TokenForecast: Sendable {
  /// The bytes of values that are learned from: some milliseconds.
  package static let sampleByteCount = 1 << 17

  package let sample: TextSample
  private let blocks = Lock<BlockTrial?>(nil)
  private let trial = Lock<TokenVocabulary.Trial?>(nil)

  package init(_ sample: TextSample) { self.sample = sample }

  /// What tokens of a column of these strings would take.
  package convenience init(of table: TextTable) {
    var sample = TextSample(maximumByteCount: Self.sampleByteCount)
    sample.formUnion(table)
    self.init(sample)
  }

  /// The bytes that tokens of a column of so many rows and bytes of text would take, by purpose.
  func footprint(rowCount: Int, textByteCount: Int) -> Footprint {
    // Learned when it is asked for, and once: most columns are better off otherwise.
    let trial = trial.withLock { trial in
      let found =
        trial
        ?? TokenVocabulary.trial(
          bits: TokenVocabulary.widths[0], sample, textByteCount: textByteCount)
      trial = found
      return found
    }
    var footprint = Footprint()
    footprint.add(
      TokenStream.byteCount(
        tokenCount: trial.tokenCount(textByteCount: textByteCount), bits: trial.vocabulary.bits),
      to: \.values)
    footprint.add(
      PackedLengths.byteCount(rowCount, likeThoseOf: trial.tokenCounts), to: \.offsets)
    return footprint + trial.vocabulary.footprint.asDictionary
  }
}

extension TokenForecast {
  /// The bytes that compressed blocks of such a column would take, by purpose.
  func blockFootprint(rowCount: Int, textByteCount: Int) -> Footprint {
    let trial = blocks.withLock { blocks in
      let found = blocks ?? BlockTrial(sample)
      blocks = found
      return found
    }
    var footprint = Footprint()
    footprint.add(
      TextBlockWriter.byteCount(
        Int((Double(textByteCount) * trial.share).rounded(.up)),
        textByteCount / TextBlocks.blockByteCount + 1), to: \.values)
    footprint.add(PackedLengths.byteCount(rowCount, likeThoseOf: trial.lengths), to: \.offsets)
    return footprint
  }
}

/// What blocks make of a sample.
private struct BlockTrial {
  /// Compressed bytes for a byte of text.
  var share = 1.0
  var lengths: [Int] = []

  init(_ sample: TextSample) {
    let writer = TextBlockWriter()
    sample.forEachValue { _, text in
      lengths.append(text.count)
      _ = writer.append(text)
    }
    if sample.byteCount > 0, let blocks = writer.finish() {
      share = Double(blocks.byteCount) / Double(sample.byteCount)
    }
  }
}

extension TokenForecast: Hashable {
  package static func == (a: TokenForecast, b: TokenForecast) -> Bool { a.sample == b.sample }
  package func hash(into hasher: inout Hasher) { hasher.combine(sample) }
}
