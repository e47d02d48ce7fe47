/// Another column, and what is added to it:
///
///     shipped [ 9568 | 9599 ]      received = shipped + 1 + [ 0 | 29 ] uint5
struct SumRule: DerivationRule, @unchecked Sendable {
  // Sound to share: `restIntegers` leads into the buffers of `rest`, which no one changes.
  private let source: ColumnWords
  /// What is added: the least to all rows.
  private let range: ClosedRange<Int64>
  /// What is added besides; `nil` where that is nothing.
  private let rest: Column?
  private let restIntegers: IntegerRows?

  /// - Parameter target: Has the sums.
  /// - Returns: `nil` where what is added to the source takes too many bits.
  init?(_ target: ColumnWords, from source: ColumnWords) {
    let differences = Differences(target: target, source: source)
    guard let range = differences.range() else { return nil }
    let (span, isWide) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    if isWide { return nil }
    (self.source, self.range) = (source, range)
    if span == 0 {
      (rest, restIntegers) = (nil, nil)
    } else {
      // A row without a value is as the one before it.
      var last: Int64 = 0
      let held = Column.densest(count: target.column.count, upTo: span) { rows, words in
        differences.write(rows, to: words) { row, hasValue in
          if hasValue { last = words[row] &- range.lowerBound }
          words[row] = last
        }
      }
      guard let held else { return nil }
      (rest, restIntegers) = (held, held.view.integers)
    }
  }

  /// What is added to a source in each row.
  private struct Differences {
    let target: ColumnWords
    let source: ColumnWords
    private let nulls: ArrowNulls

    init(target: ColumnWords, source: ColumnWords) {
      (self.target, self.source, nulls) = (target, source, ArrowNulls(target.column))
    }

    /// Writes those of `rows`, and calls `body` with the place of each and whether the row has a value.
    func write(
      _ rows: Range<Int>, to words: UnsafeMutablePointer<Int64>,
      _ body: (_ place: Int, _ hasValue: Bool) -> Void
    ) {
      target.copy(rows, to: words)
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: rows.count) { room in
        guard let sources = room.baseAddress else { return }
        source.copy(rows, to: sources)
        for place in 0..<rows.count {
          words[place] &-= sources[place]
          body(place, !nulls.isNull(rows.lowerBound + place))
        }
      }
    }

    /// The least and the greatest; `nil` where no row has a value.
    func range() -> ClosedRange<Int64>? {
      var (least, greatest) = (Int64.max, Int64.min)
      let (count, size) = (target.column.count, DerivedDecoder.pieceCount)
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: size) { room in
        guard let words = room.baseAddress else { return }
        for start in stride(from: 0, to: count, by: size) {
          write(start..<min(start + size, count), to: words) { place, hasValue in
            guard hasValue else { return }
            (least, greatest) = (min(least, words[place]), max(greatest, words[place]))
          }
        }
      }
      return least <= greatest ? least...greatest : nil
    }
  }

  var sources: [Column] { [source.column] }
  var footprint: Footprint { rest?.footprint ?? Footprint() }

  var words: String {
    let sums =
      range.lowerBound == range.upperBound
      ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    return range == 0...0 ? "`\(source.column.name)`" : "`\(source.column.name)` and \(sums)"
  }

  func write<Word: FixedWidthInteger>(_ rows: Range<Int>, to target: UnsafeMutablePointer<Word>) {
    source.copy(rows, to: target)
    let base = Word(truncatingIfNeeded: range.lowerBound)
    guard let restIntegers else {
      for row in 0..<rows.count { target[row] &+= base }
      return
    }
    withUnsafeTemporaryAllocation(of: Word.self, capacity: rows.count) { room in
      guard let added = room.baseAddress else { return }
      restIntegers.copyFew(rows, to: added)
      for row in 0..<rows.count { target[row] &+= added[row] &+ base }
    }
  }
}
