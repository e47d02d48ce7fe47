import Columnar
import TestSupport
import Testing

/// What an order shows follows from its rows, wherever they were cut.
struct IntegerOrderLawTests {
  /// Rows of one kind: rising, of one value, in runs, by chance; some with a break or with nulls.
  private static func rows(using generator: inout SeededGenerator) -> [Int64?] {
    let count = Int.random(in: 0...40, using: &generator)
    let start = [0, -7, Int64.max - 20, Int64.min].randomElement(using: &generator)!
    let step = [0, 1, -3, Int64(1) << 62].randomElement(using: &generator)!
    let length = Int.random(in: 1...9, using: &generator)
    var rows: [Int64?] =
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: (0..<count).map { start &+ step &* Int64($0) }
      case 1: (0..<count).map { start &+ step &* Int64($0 / length) }
      default: (0..<count).map { _ in Int64.random(in: 0...1, using: &generator) }
      }
    for _ in 0..<Int.random(in: 0...3, using: &generator) where count > 0 {
      rows[Int.random(in: 0..<count, using: &generator)] = [nil, 5].randomElement(
        using: &generator)!
    }
    return rows
  }

  private static func forRows(
    _ seed: UInt64, _ body: ([Int64?], Comment, inout SeededGenerator) -> Void
  ) {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<200 {
      let rows = rows(using: &generator)
      body(rows, "seed \(seed), round \(round): \(rows)", &generator)
    }
  }

  /// As a chunk shows it.
  private static func chunk(_ rows: ArraySlice<Int64?>) -> IntegerOrder {
    if rows.isEmpty { return IntegerOrder() }
    var validity: UInt64 = 0
    for (row, value) in rows.enumerated() where value != nil { validity |= 1 << UInt64(row) }
    let nullCount = rows.count { $0 == nil }
    if nullCount == rows.count { return IntegerOrder(nullCount: nullCount) }
    // What stands in null rows is anything.
    return IntegerOrder(
      rows.map { $0 ?? 1 }, count: rows.count, nullCount: nullCount,
      validity: nullCount == 0 ? nil : [validity])
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func theCutIsNotSeen(seed: UInt64) {
    Self.forRows(seed) { rows, origin, generator in
      let whole = Self.chunk(rows[...])
      #expect(whole == IntegerOrder(rows), origin)
      let cuts = (0..<2).map { _ in Int.random(in: 0...rows.count, using: &generator) }.sorted()
      let first = Self.chunk(rows[..<cuts[0]])
      var middle = Self.chunk(rows[cuts[0]..<cuts[1]])
      let last = Self.chunk(rows[cuts[1]...])
      var fromLeft = first
      fromLeft.append(middle)
      fromLeft.append(last)
      #expect(fromLeft == whole, "\(origin), cut at \(cuts)")
      middle.append(last)
      var fromRight = first
      fromRight.append(middle)
      #expect(fromRight == whole, "\(origin), cut at \(cuts)")
    }
  }

  /// Records that lack the column have no place among those that have it.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func whereNullsStandIsNotSeen(seed: UInt64) {
    Self.forRows(seed) { rows, origin, generator in
      var moved: [Int64?] = rows.filter { $0 != nil }
      for _ in moved.count..<rows.count {
        moved.insert(nil, at: Int.random(in: 0...moved.count, using: &generator))
      }
      #expect(Self.chunk(moved[...]) == Self.chunk(rows[...]), "\(origin), moved \(moved)")
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func aUnitIsTheSameBeforeAndAfter(seed: UInt64) {
    Self.forRows(seed) { rows, origin, _ in
      // No unit is told of numbers that it has no room for.
      if rows.contains(where: { $0?.multipliedReportingOverflow(by: 1000).overflow == true }) {
        return
      }
      let scaled = rows.map { $0.map { $0 * 1000 } }
      #expect(IntegerOrder(rows).multiplied(by: 1000) == IntegerOrder(scaled), origin)
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func sequencesAreThoseOfPlainNumbers(seed: UInt64) {
    Self.forRows(seed) { rows, origin, _ in
      let numbers = rows.compactMap { $0.map { Int128($0) } }
      guard let minimum = numbers.min(), let maximum = numbers.max() else { return }
      let steps = Set(zip(numbers.dropFirst(), numbers).map { $0 - $1 })
      var expected: IntegerProfile.Sequence?
      if numbers.count == rows.count, steps.count == 1, let step = Int64(exactly: steps.first!),
        step != 0
      {
        expected = IntegerProfile.Sequence(start: rows[0]!, step: step)
      }
      #expect(IntegerOrder(rows).sequence(in: minimum...maximum) == expected, origin)
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func runsAndStepsAreThoseOfPlainNumbers(seed: UInt64) {
    Self.forRows(seed) { rows, origin, _ in
      let numbers = rows.compactMap { $0.map { Int128($0) } }
      let order = IntegerOrder(rows)
      let steps = zip(numbers.dropFirst(), numbers).map { $0 - $1 }
      let changes = steps.filter { $0 != 0 }
      #expect(order.runCount == (numbers.isEmpty ? 0 : changes.count + 1), origin)
      let rests = order.runCount < rows.count ? [0] + changes : changes
      let least = rests.min() ?? 0
      let greatest = rests.max() ?? 0
      let fits = least >= Int64.min && greatest <= Int64.max && !numbers.isEmpty
      #expect(order.rowSteps == (fits ? Int64(least)...Int64(greatest) : nil), origin)
      // A sequence is told by its end; steps alone may have wrapped.
      guard fits else { return }
      var runs: [Int64] = []
      for case let value? in rows where runs.last != value { runs.append(value) }
      #expect(order.ofRuns == IntegerOrder(runs), origin)
    }
  }
}
