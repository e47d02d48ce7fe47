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
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: 3 * DerivedDecoder.pieceCount) { room in
      guard let places = room.baseAddress else { return }
      let (words, factors) = (
        places + DerivedDecoder.pieceCount, places + 2 * DerivedDecoder.pieceCount
      )
      withExtendedLifetime(ArrowNulls(target.column)) { nulls in
        for start in stride(from: 0, to: count, by: DerivedDecoder.pieceCount) {
          let rows = start..<min(start + DerivedDecoder.pieceCount, count)
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

  func write(_ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>) {
    Self.copyPlaces(keys, rows, to: target)
    let lookUp = TableLookUp(count: rows.count, base: entries.base, target: target)
    if case .plain(let values) = entries.storage { values.accept(lookUp) }
    guard let factor else { return }
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: rows.count) { room in
      guard let factors = room.baseAddress else { return }
      factor.copy(rows, to: factors)
      for row in 0..<rows.count { target[row] &*= factors[row] }
    }
  }

  /// Writes where the rows' values stand in the table: anywhere within it for those without a key.
  private static func copyPlaces(
    _ keys: [KeyWords], _ rows: Range<Int>, to target: UnsafeMutablePointer<Int64>
  ) {
    func copy(_ key: KeyWords, _ target: UnsafeMutablePointer<Int64>) {
      key.words.copy(rows, to: target)
      for row in 0..<rows.count {
        let place = target[row] &- key.low
        target[row] = UInt64(bitPattern: place) < UInt64(key.count) ? place : 0
      }
    }
    copy(keys[0], target)
    guard keys.count > 1 else { return }
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: rows.count) { room in
      guard let places = room.baseAddress else { return }
      copy(keys[1], places)
      for row in 0..<rows.count { target[row] = target[row] &* Int64(keys[1].count) &+ places[row] }
    }
  }
}

/// Replaces places in a table by what stands there.
private struct TableLookUp: IntegerVisitor {
  let count: Int
  let base: Int64
  let target: UnsafeMutablePointer<Int64>

  func visit<Value: FixedWidthInteger>(_ entries: UnsafePointer<Value>) {
    for row in 0..<count {
      target[row] = Int64(truncatingIfNeeded: entries[Int(target[row])]) &+ base
    }
  }
}
