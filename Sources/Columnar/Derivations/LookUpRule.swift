/// A value for each of another column's, or for each pair of two; times a factor, where there is one:
///
///     table [ 17 | 99 ]      price = quantity · table[product]
struct LookUpRule: DerivationRule, @unchecked Sendable {
  // Sound to share: `entries` leads into the buffers of `table`, which no one changes.
  private let keys: [KeyWords]
  private let factor: ColumnWords?
  private let table: Column
  private let entries: IntegerRows

  /// A column's words as places from 0 on.
  struct KeyWords: Sendable {
    let words: ColumnWords
    let low: Int64
    let count: Int

    /// `nil` where there are more than `limit`.
    init?(_ words: ColumnWords, limit: Int) {
      guard let range = words.range() else { return nil }
      let (span, isWide) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
      guard !isWide, span < limit else { return nil }
      (self.words, low, count) = (words, range.lowerBound, Int(span) + 1)
    }

    /// Where words stand; those of rows without a value anywhere.
    func places(of words: [Int64]) -> [Int32] {
      words.map { word in
        let place = word &- low
        return UInt64(bitPattern: place) < UInt64(count) ? Int32(place) : 0
      }
    }
  }

  /// A value for each key: the one that more than half of its rows have, where there is such a one.
  init?(_ target: ColumnWords, keys: [KeyWords], factor: ColumnWords? = nil) {
    (self.keys, self.factor) = (keys, factor)
    let keyCount = keys.reduce(1) { $0 * $1.count }
    var votes = Votes(keyCount: keyCount)
    let count = target.column.count
    let size = DerivedDecoder.pieceCount
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: 3 * size) { room in
      guard let words = room.baseAddress else { return }
      let factors = words + size
      // Places take the first half of their words.
      let places = UnsafeMutableRawPointer(words + 2 * size).assumingMemoryBound(to: UInt32.self)
      withExtendedLifetime(ArrowNulls(target.column)) { nulls in
        for start in stride(from: 0, to: count, by: size) {
          let rows = start..<min(start + size, count)
          Self.copyPlaces(keys, rows, to: places)
          target.copy(rows, to: words)
          factor?.copy(rows, to: factors)
          for row in rows where !nulls.isNull(row) {
            var word = words[row - start]
            if factor != nil {
              let divisor = factors[row - start]
              // What is a multiple of nothing says nothing.
              guard divisor != 0, divisor != -1, word % divisor == 0 else { continue }
              word /= divisor
            }
            votes.add(word, for: Int(places[row - start]))
          }
        }
      }
    }
    guard let table = Column.narrow(votes.values) else { return nil }
    (self.table, entries) = (table, table.view.integers)
  }

  /// Of the values of each key the one that is left when unlike ones cancel out. (Boyer, Moore: MJRTY, 1991.)
  private struct Votes {
    var values: [Int64]
    private var counts: [Int32]

    init(keyCount: Int) {
      values = Array(repeating: 0, count: keyCount)
      counts = Array(repeating: 0, count: keyCount)
    }

    mutating func add(_ value: Int64, for key: Int) {
      if counts[key] == 0 {
        values[key] = value
        counts[key] = 1
      } else if values[key] == value {
        if counts[key] < .max { counts[key] += 1 }
      } else {
        counts[key] -= 1
      }
    }
  }

  var sources: [Column] { keys.map(\.words.column) + (factor.map { [$0.column] } ?? []) }
  var footprint: Footprint { table.footprint }

  var words: String {
    let names = keys.map { "`\($0.words.column.name)`" }.joined(separator: " and ")
    return factor.map { "`\($0.column.name)` times a number that follows from \(names)" } ?? names
  }

  func write<Word: FixedWidthInteger>(_ rows: Range<Int>, to target: UnsafeMutablePointer<Word>) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: rows.count) { room in
      guard let places = room.baseAddress else { return }
      Self.copyPlaces(keys, rows, to: places)
      let lookUp = TableLookUp(
        places: places, count: rows.count, base: entries.base, target: target)
      if case .plain(let values) = entries.storage { values.accept(lookUp) }
    }
    guard let factor else { return }
    withUnsafeTemporaryAllocation(of: Word.self, capacity: rows.count) { room in
      guard let factors = room.baseAddress else { return }
      factor.copy(rows, to: factors)
      for row in 0..<rows.count { target[row] &*= factors[row] }
    }
  }

  /// Writes where the rows' values stand in the table: anywhere within it for those without a key.
  private static func copyPlaces(
    _ keys: [KeyWords], _ rows: Range<Int>, to target: UnsafeMutablePointer<UInt32>
  ) {
    keys[0].copyPlaces(rows, to: target)
    guard keys.count > 1 else { return }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: rows.count) { room in
      guard let places = room.baseAddress else { return }
      keys[1].copyPlaces(rows, to: places)
      let count = UInt32(keys[1].count)
      for row in 0..<rows.count { target[row] = target[row] &* count &+ places[row] }
    }
  }
}

extension LookUpRule.KeyWords {
  /// Writes where the words of rows stand; those of rows without a value anywhere.
  fileprivate func copyPlaces(_ rows: Range<Int>, to target: UnsafeMutablePointer<UInt32>) {
    words.copy(rows, to: target)
    let (low, count) = (UInt32(truncatingIfNeeded: low), UInt32(count))
    for row in 0..<rows.count {
      let place = target[row] &- low
      target[row] = place < count ? place : 0
    }
  }
}

/// Writes what stands at places of a table.
private struct TableLookUp<Word: FixedWidthInteger>: IntegerVisitor {
  let places: UnsafePointer<UInt32>
  let count: Int
  let base: Int64
  let target: UnsafeMutablePointer<Word>

  func visit<Value: FixedWidthInteger>(_ entries: UnsafePointer<Value>) {
    let base = Word(truncatingIfNeeded: base)
    for row in 0..<count {
      target[row] = Word(truncatingIfNeeded: entries[Int(places[row])]) &+ base
    }
  }
}
