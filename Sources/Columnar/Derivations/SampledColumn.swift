/// A column of a table with the words of some of its rows: the same rows of all columns.
struct SampledColumn {
  let words: ColumnWords
  /// A range that has the words of all rows.
  let range: ClosedRange<Int64>
  /// The words of the sampled rows.
  let sample: [Int64]
  /// Whether a sampled row has a value.
  let hasValue: [Bool]
  /// What the column may give up where its rows follow from others.
  let byteCount: Int
  /// The words as places in a table; `nil` where a table of them would be large beside the column.
  let keys: LookUpRule.KeyWords?
  /// Where the sampled rows stand in that table.
  let places: [Int32]
  /// The places of the sampled rows in their runs; none where the column is not held in runs.
  let placesInRuns: [Int64]

  /// Runs of rows over all of a table.
  private static let pieces = 16
  private static let rowsPerPiece = 1024
  /// From so many keys on a table is read from memory.
  private static let keyLimit = 1 << 20

  /// The sampled rows of `rowCount`.
  static func rows(of rowCount: Int) -> [Range<Int>] {
    guard rowCount > pieces * rowsPerPiece else { return [0..<rowCount] }
    let step = (rowCount - rowsPerPiece) / (pieces - 1)
    return (0..<pieces).map { $0 * step..<$0 * step + rowsPerPiece }
  }

  /// `nil` where the column follows from nothing, nor anything from it.
  init?(_ column: Column) {
    guard column.values != nil, let words = ColumnWords(column), let range = words.range() else {
      return nil
    }
    let rows = Self.rows(of: column.count)
    self.words = words
    self.range = range
    sample = rows.flatMap { rows in
      [Int64](unsafeUninitializedCapacity: rows.count) { buffer, count in
        if let target = buffer.baseAddress { words.copy(rows, to: target) }
        count = rows.count
      }
    }
    hasValue = withExtendedLifetime(ArrowNulls(column)) { nulls in
      rows.flatMap { $0.map { !nulls.isNull($0) } }
    }
    let footprint = column.footprint
    byteCount = footprint.values + footprint.offsets + (words.isCoded ? 0 : footprint.dictionary)
    keys = LookUpRule.KeyWords(words, limit: min(Self.keyLimit, max(1 << 12, column.count / 4)))
    places = keys?.places(of: sample) ?? []
    placesInRuns = PlaceRule(in: column, first: 0)?.words(of: rows) ?? []
  }

  var column: Column { words.column }

  /// The bytes of one of its words in whole bytes.
  var width: Int {
    let (span, isWide) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    if isWide { return 8 }
    return span < 1 << 8 ? 1 : span < 1 << 16 ? 2 : span < 1 << 32 ? 4 : 8
  }

  /// Whether words are numbers that stand for themselves.
  var isNumber: Bool { !words.isCoded }

  /// Whether these are numbers of no unit that are nearly all times of a day.
  var isClock: Bool {
    guard isNumber, column.type == .integer, range.upperBound >= 200 else { return false }
    var (count, others) = (0, 0)
    for row in sample.indices where hasValue[row] {
      count += 1
      if !ClockWords.isTime(sample[row]) { others += 1 }
    }
    return others * 100 <= count * KeyVotes.greatestPercentage
  }
}

extension SampledColumn {
  /// The share of rows that have another word than these; `nil` where they are too many.
  func shareOtherThan(_ told: [Int64]) -> Double? {
    var (count, others) = (0, 0)
    for row in sample.indices where hasValue[row] {
      count += 1
      if sample[row] != told[row] { others += 1 }
    }
    guard count >= 64, others * 100 <= count * KeyVotes.greatestPercentage else { return nil }
    return Double(others) / Double(count)
  }

  /// The words divided by those of a factor; `nil` where they are seldom multiples, or that says little.
  func quotients(by factor: SampledColumn) -> [Int64]? {
    var quotients = [Int64](repeating: 0, count: sample.count)
    var (count, others, sizable) = (0, 0, 0)
    for row in sample.indices where hasValue[row] {
      let divisor = factor.sample[row]
      count += 1
      if divisor.magnitude > 1 { sizable += 1 }
      if divisor == 0 || divisor == -1 || sample[row] % divisor != 0 {
        others += 1
        if others * 100 > sample.count * KeyVotes.greatestPercentage { return nil }
      } else {
        quotients[row] = sample[row] / divisor
      }
    }
    return count >= 64 && sizable * 2 > count ? quotients : nil
  }
}
