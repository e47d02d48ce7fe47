/// What encodings that learn from text foretell of a column, from a sample of its values.
///
/// There is no formula for what they take: only encoding tells. With so small a sample less is learned than from the
/// column itself, so that hardly any column takes more than what is foretold; some take a fifth less.
package final class TextForecast: Sendable {
  /// What an encoding made of the sample.
  struct Learned: Sendable {
    /// What is stored for a byte of text: tokens, or compressed bytes.
    var itemsPerByte = 1.0
    /// The lengths of values, in what places are counted in.
    var lengths: [Int] = []
    /// What items stand for: how many there are, and their bytes.
    var dictionaryCount = 0
    var dictionaryByteCount = 0

    /// What is stored for so many bytes of text.
    func itemCount(textByteCount: Int) -> Int {
      Int((Double(textByteCount) * itemsPerByte).rounded(.up))
    }
  }

  private let makeSample: @Sendable () -> TextSample
  private let learned = Lock<[String: Learned]>([:])

  /// Keeps the sample, while there is no column yet.
  package init(_ sample: TextSample) {
    let sample = sample.limited(toByteCount: TextSample.usualByteCount)
    makeSample = { sample }
  }

  /// Takes the sample of a column that is there whenever it is asked for: kept, it would often take more than the column.
  init(taking makeSample: @escaping @Sendable () -> TextSample) { self.makeSample = makeSample }

  package var sample: TextSample { makeSample() }

  /// What is foretold of a column of these strings.
  package convenience init(of table: TextTable) {
    var sample = TextSample()
    sample.formUnion(table)
    self.init(sample)
  }

  /// What `learn` makes of the sample, shuffled: when it is asked for, and once, since most columns are better off otherwise.
  func learned(
    by encoding: String, _ learn: (TextSample) -> Learned
  ) -> Learned {
    if let known = learned.withLock({ $0[encoding] }) { return known }
    let found = learn(sample.shuffled())
    learned.withLock { $0[encoding] = found }
    return found
  }
}

extension TextForecast: Hashable {
  package static func == (a: TextForecast, b: TextForecast) -> Bool {
    a === b || a.sample == b.sample
  }
  package func hash(into hasher: inout Hasher) { hasher.combine(sample) }
}
