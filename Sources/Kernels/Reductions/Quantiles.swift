package import Columnar

/// Quantiles, as binary64 in the value's own unit, with linear interpolation between neighbours (the
/// default of numpy, pandas and DuckDB's `quantile_cont`). The median is the quantile 0.5.
///
/// Values are not sorted: their keys are counted in up to 65,536 intervals, and only those in the
/// interval of a rank that is asked for are looked at again. Narrow columns and dictionaries have no
/// more keys than that, so one count answers.
package struct Quantiles: Reduction {
  package let nan: NaNPolicy
  package let fractions: [Double]

  /// - Parameter fractions: Each from 0 to 1.
  package init(_ fractions: [Double] = [0, 0.25, 0.5, 0.75, 1], nan: NaNPolicy = .propagate) {
    self.fractions = fractions
    self.nan = nan
  }

  package var name: String { nan == .propagate ? "quantiles" : "nanquantiles" }

  package func applies(to type: LogicalType) -> Bool { Sum(nan: nan).applies(to: type) }

  package func emptyAnswer(for type: LogicalType) -> ReductionAnswer {
    .numbers(fractions.map { _ in nil })
  }

  package func reduce(
    _ rows: ColumnRows, constant: StoredValue?
  ) throws(ReductionError) -> Reduced {
    var count = rows.valueCount
    if rows.type.domain == .float {
      let numbers = rows.floatSum(.skip).count
      if numbers < count, nan == .propagate {
        return Reduced(.numbers(fractions.map { _ in .nan }), .direct)
      }
      count = numbers
    }
    if count == 0 { return Reduced(emptyAnswer(for: rows.type), .direct) }
    let keys = OrderKeys(rows)
    let places = fractions.map { $0 * Double(count - 1) }
    let ranks = places.flatMap { [Int($0), min(Int($0) + 1, count - 1)] }
    let selected = keys.selected(ranks)
    let answers = places.indices.map { index -> Double? in
      keys.interpolated(selected[index * 2], selected[index * 2 + 1], at: places[index])
    }
    return Reduced(.numbers(answers), keys.path)
  }
}

extension OrderKeys {
  /// The quantile of a fraction among some keys, which are brought into another order.
  func interpolated(_ group: UnsafeMutableBufferPointer<Int64>, at fraction: Double) -> Double {
    let place = fraction * Double(group.count - 1)
    let rank = Int(place)
    let low = group.select(rank)
    let isLast = place == Double(rank) || rank + 1 == group.count
    return interpolated(low, isLast ? low : group[(rank + 1)...].min() ?? low, at: place)
  }

  /// The number between the keys of two ranks, in the value's own unit.
  fileprivate func interpolated(_ low: Int64, _ high: Int64, at place: Double) -> Double {
    let (low, high) = (number(low), number(high))
    let part = place - place.rounded(.down)
    return (part == 0 || low == high ? low : low + (high - low) * part) / rows.type.unitsPerOne
  }

  private func number(_ key: Int64) -> Double {
    switch storedValue(of: key) {
    case .integer(let integer): Double(integer)
    case .float(let float): float
    case .text: fatalError("text has no quantiles")
    }
  }

  /// The keys of these ranks among the rows that have a value.
  func selected(_ ranks: [Int]) -> [Int64] {
    guard let bounds else { return [] }
    let least = bounds.lowerBound
    let span = UInt64(bitPattern: bounds.upperBound &- least)
    // Two intervals a row are enough, and more would take longer to clear than rows to count.
    let bits = max(6, min(16, Int.bitWidth - rows.count.leadingZeroBitCount + 1))
    let shift = UInt64(max(0, Int.bitWidth - bits - span.leadingZeroBitCount))
    let size = Int(span >> shift) + 1
    @Sendable @inline(__always) func interval(_ key: Int64) -> Int {
      Int(truncatingIfNeeded: UInt64(bitPattern: key &- least) &>> shift)
    }
    let counts = parts { part, first in
      var counts = [UInt32](repeating: 0, count: size)
      counts.withUnsafeMutableBufferPointer { counts in
        let counts = counts.baseAddress!
        forEach(part, first) { counts[interval($1)] &+= 1 }
      }
      return counts
    }
    // The interval of each rank, and how many keys lie before it.
    var places: [(interval: Int, rest: Int)] = Array(repeating: (0, 0), count: ranks.count)
    let sorted = ranks.indices.sorted { ranks[$0] < ranks[$1] }
    var (passed, next) = (0, 0)
    for interval in 0..<size {
      let count = counts.reduce(0) { $0 + Int($1[interval]) }
      while next < sorted.count, ranks[sorted[next]] < passed + count {
        places[sorted[next]] = (interval, ranks[sorted[next]] - passed)
        next += 1
      }
      passed += count
    }
    if shift == 0 { return places.map { least &+ Int64($0.interval) } }
    let wanted = Set(places.map(\.interval)).sorted()
    let found = parts { part, first in
      var found = [[Int64]](repeating: [], count: wanted.count)
      var isWanted = [UInt8](repeating: 0, count: size)
      for (index, interval) in wanted.enumerated() { isWanted[interval] = UInt8(index + 1) }
      forEach(part, first) { _, key in
        let index = isWanted[interval(key)]
        if index > 0 { found[Int(index) - 1].append(key) }
      }
      return found
    }
    let keys = wanted.indices.map { index in found.flatMap { $0[index] }.sorted() }
    return places.map { keys[wanted.firstIndex(of: $0.interval)!][$0.rest] }
  }
}
