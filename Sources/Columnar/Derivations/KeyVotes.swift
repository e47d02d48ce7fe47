/// Which word most sampled rows with a key have.
struct KeyVotes {
  /// Of a hundred rows, how many may be otherwise.
  static let greatestPercentage = 3
  /// So many rows have to repeat a key.
  private static let leastRepeatCount = 64

  private var words: [Int64]
  private var counts: [Int32]
  /// The look in which a key was last seen.
  private var looks: [Int32]
  private var look: Int32 = 0

  init(keyCount: Int) {
    words = Array(repeating: 0, count: keyCount)
    counts = Array(repeating: 0, count: keyCount)
    looks = Array(repeating: 0, count: keyCount)
  }

  mutating func share(_ column: SampledColumn, places: [Int32]) -> Double? {
    share(column.sample, column.hasValue, places: places)
  }

  /// The share of rows that have another word than most with their key; `nil` where they are too many, or keys that
  /// repeat too few.
  mutating func share(_ sample: [Int64], _ hasValue: [Bool], places: [Int32]) -> Double? {
    look += 1
    var (repeats, others) = (0, 0)
    for row in sample.indices where hasValue[row] {
      let key = Int(places[row])
      if looks[key] != look || counts[key] == 0 {
        if looks[key] == look { repeats += 1 }
        (looks[key], words[key], counts[key]) = (look, sample[row], 1)
      } else if words[key] == sample[row] {
        repeats += 1
        counts[key] += 1
      } else {
        repeats += 1
        others += 1
        counts[key] -= 1
        if others * 100 > max(repeats, 1000) * Self.greatestPercentage { return nil }
      }
    }
    guard repeats >= Self.leastRepeatCount, others * 100 <= repeats * Self.greatestPercentage else {
      return nil
    }
    return Double(others) / Double(repeats)
  }
}
