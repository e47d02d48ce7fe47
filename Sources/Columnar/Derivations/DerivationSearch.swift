/// Looks in some rows of a table for columns that may follow from others. What is found is proved when it is made.
struct DerivationSearch {
  let columns: [SampledColumn]
  let rowCount: Int
  private(set) var candidates: [DerivationCandidate] = []
  private var scratch: KeyVotes

  /// Tables of more columns are not looked at: pairs grow with the square.
  private static let columnLimit = 64
  /// Of so many columns, pairs that tell a third are looked for.
  private static let pairColumnLimit = 32
  /// So few keys may pairs have.
  private static let pairKeyLimit = 1 << 16

  init(_ columns: [SampledColumn], rowCount: Int) {
    self.columns = columns
    self.rowCount = rowCount
    scratch = KeyVotes(
      keyCount: max(Self.pairKeyLimit, columns.map { $0.keys?.count ?? 0 }.max() ?? 0))
    guard (2...Self.columnLimit).contains(columns.count) else { return }
    for target in columns.indices {
      for source in columns.indices where source != target {
        look(at: target, from: source)
      }
    }
    guard columns.count <= Self.pairColumnLimit else { return }
    lookAtClocks()
    for target in columns.indices { lookAtPairs(target) }
  }

  /// Notes a column that seems to take so many bytes then, where these are much fewer.
  private mutating func note(
    _ form: DerivationCandidate.Form, _ target: Int, _ sources: [Int], byteCount: Double
  ) {
    let now = columns[target].byteCount
    guard byteCount < Double(now) * 0.75 else { return }
    candidates.append(
      DerivationCandidate(
        id: candidates.count, form: form, target: target, sources: sources,
        savedByteCount: now - Int(byteCount)))
  }

  /// The bytes of rows that do not follow, of which there is that share.
  private func listedByteCount(_ share: Double, _ target: Int) -> Double {
    share * Double(rowCount) * Double(2 + columns[target].width)
  }

  private mutating func look(at target: Int, from source: Int) {
    let (a, b) = (columns[target], columns[source])
    if a.isNumber, b.isNumber, a.column.type == b.column.type, let bits = sumBits(a, b) {
      note(.sum, target, [source], byteCount: bits / 8 * Double(rowCount))
    }
    if let keys = b.keys, let share = scratch.share(a, places: b.places) {
      note(
        .lookUp, target, [source],
        byteCount: Double(keys.count * a.width) + listedByteCount(share, target))
    }
    guard a.isNumber, !b.placesInRuns.isEmpty, let row = a.hasValue.firstIndex(of: true) else {
      return
    }
    let first = a.sample[row] &- b.placesInRuns[row]
    if let share = a.shareOtherThan(b.placesInRuns.map { $0 &+ first }) {
      note(.place(first: first), target, [source], byteCount: listedByteCount(share, target))
    }
  }

  /// The bits that nearly all differences take; `nil` where there are too few to tell, or these take as many as the
  /// column does.
  private func sumBits(_ target: SampledColumn, _ source: SampledColumn) -> Double? {
    // Most pairs of columns have nothing to do with one another, which a look at some rows shows.
    let few = sumBits(target, source, step: max(1, target.sample.count / 256))
    guard let few, few / 8 * Double(rowCount) < Double(target.byteCount) else { return nil }
    return sumBits(target, source, step: 1)
  }

  /// The same by every so manieth row.
  private func sumBits(
    _ target: SampledColumn, _ source: SampledColumn, step: Int
  ) -> Double? {
    var differences: [Int64] = []
    for row in stride(from: 0, to: target.sample.count, by: step)
    where target.hasValue[row] && source.hasValue[row] {
      differences.append(target.sample[row] &- source.sample[row])
    }
    guard differences.count >= 64 else { return nil }
    // Half of a percent at each end may be listed.
    differences.sort()
    let margin = differences.count / 200
    let (low, high) = (differences[margin], differences[differences.count - 1 - margin])
    let (span, isWide) = high.subtractingReportingOverflow(low)
    return isWide ? nil : Double(PackedBlocks.bits(upTo: UInt64(span)))
  }

  private mutating func lookAtClocks() {
    let clocks = columns.indices.filter { columns[$0].isClock }
    for end in clocks {
      for start in clocks where start != end {
        for minutes in columns.indices where minutes != end && minutes != start {
          look(atMinutes: minutes, from: start, to: end)
        }
      }
    }
  }

  private mutating func look(atMinutes minutes: Int, from start: Int, to end: Int) {
    let (a, b, c) = (columns[start], columns[end], columns[minutes])
    guard c.isNumber, c.column.type == .integer else { return }
    func words(
      _ sample: [Int64], _ others: [Int64], _ body: (UInt32, UInt32) -> UInt32
    ) -> [Int64] {
      zip(sample, others).map {
        let word = body(UInt32(truncatingIfNeeded: $0), UInt32(truncatingIfNeeded: $1))
        return Int64(Int32(bitPattern: word))
      }
    }
    let sums = words(a.sample, c.sample) { ClockWords.word($0, after: $1) }
    if let share = b.shareOtherThan(sums) {
      note(.clockSum, end, [start, minutes], byteCount: listedByteCount(share, end))
    }
    let low = c.range.lowerBound
    let (span, isWide) = c.range.upperBound.subtractingReportingOverflow(low)
    guard !isWide, span < ClockWords.minutesOfDay else { return }
    let differences = words(b.sample, a.sample) {
      ClockWords.minutes(from: $1, to: $0, atLeast: UInt32(truncatingIfNeeded: low))
    }
    if let share = c.shareOtherThan(differences) {
      note(
        .clockDifference(low: low), minutes, [end, start],
        byteCount: listedByteCount(share, minutes))
    }
  }

  /// Pairs of columns that tell a third, where none tells it alone.
  private mutating func lookAtPairs(_ target: Int) {
    let a = columns[target]
    let telling = Set(candidates.filter { $0.target == target }.flatMap(\.sources))
    let others = columns.indices.filter {
      $0 != target && columns[$0].keys != nil && !telling.contains($0)
    }
    for first in others {
      for second in others where second > first {
        guard let (places, keyCount) = pairPlaces(first, second),
          let share = scratch.share(a, places: places)
        else { continue }
        note(
          .lookUp, target, [first, second],
          byteCount: Double(keyCount * a.width) + listedByteCount(share, target))
      }
    }
    guard a.isNumber else { return }
    for factor in columns.indices where factor != target && columns[factor].isNumber {
      guard let quotients = a.quotients(by: columns[factor]) else { continue }
      for key in others where key != factor {
        guard let keys = columns[key].keys,
          let share = scratch.share(quotients, a.hasValue, places: columns[key].places)
        else { continue }
        note(
          .product, target, [key, factor],
          byteCount: Double(keys.count * a.width) + listedByteCount(share, target))
      }
    }
  }

  private func pairPlaces(_ first: Int, _ second: Int) -> ([Int32], Int)? {
    guard let a = columns[first].keys, let b = columns[second].keys, a.count > 1, b.count > 1,
      a.count <= Self.pairKeyLimit / b.count
    else { return nil }
    let places = zip(columns[first].places, columns[second].places)
    return (places.map { $0 &* Int32(b.count) &+ $1 }, a.count * b.count)
  }
}
