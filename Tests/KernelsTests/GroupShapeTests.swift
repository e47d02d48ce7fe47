import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Groups of every shape: few and many, numbered by their keys, hashed, sorted and chained.
struct GroupShapeTests {
  /// How far apart keys lie decides how they are numbered.
  enum Shape: CaseIterable {
    case narrow, hashed, sorted, sortedWide, chained

    /// The keys of the first and the second column, of `groups` values each.
    func keys(_ groups: Int) -> (first: [Int64], second: [Int64]) {
      switch self {
      case .narrow: ((0..<groups).map { Int64($0) }, [1, 2])
      case .hashed: ([-7_000_000, 12, 900_000_000], [5, 1 << 33])
      case .sorted: ((0..<groups).map { Int64($0) * 40_000 }, [1, 100_000])
      case .sortedWide: ((0..<groups).map { Int64($0) << 50 - 1 << 59 }, [3])
      case .chained: ((0..<groups).map { Int64($0) << 50 - 1 << 59 }, [Int64.min / 3, 0, 1 << 60])
      }
    }
  }

  @Test(arguments: Shape.allCases, [1, 2, 3])
  func `Every shape of keys groups alike`(shape: Shape, threads: Int) throws {
    for (seed, (rows, groups, nullPercent)) in [
      (0, 3, 0), (70, 40, 20), (3000, 900, 0), (5000, 700, 10), (2500, 1, 30),
    ].enumerated() {
      var random = SeededGenerator(seed: UInt64(seed))
      let keys = shape.keys(groups)
      func draw(_ values: [Int64]) -> [Int64?] {
        (0..<rows).map { _ in
          Int.random(in: 0..<100, using: &random) < nullPercent
            ? nil : values.randomElement(using: &random)
        }
      }
      let (a, b) = (draw(keys.first), draw(keys.second))
      let values = (0..<rows).map { _ in
        Int.random(in: 0..<10, using: &random) == 0
          ? nil : Double(Int.random(in: -50...50, using: &random)) / 4
      }
      let frame = try DataFrame([
        Column("a", integers: a), Column("b", integers: b), Column("v", floats: values),
        Column("w", floats: values.map { $0.map { ($0 * 7).truncatingRemainder(dividingBy: 3) } }),
        Column("row", integers: (0..<rows).map { Int64($0) }),
      ])
      for dropsNulls in [false, true] {
        try withParts(threads) {
          try check(frame, a, b, values, dropsNulls, "\(shape), seed \(seed), \(threads) threads")
        }
      }
    }
  }

  private struct Key: Hashable, Comparable {
    let a, b: Int64?

    static func < (x: Key, y: Key) -> Bool {
      x.a == y.a ? precedes(x.b, y.b) : precedes(x.a, y.a)
    }

    private static func precedes(_ x: Int64?, _ y: Int64?) -> Bool {
      guard let x else { return false }
      return y.map { x < $0 } ?? true
    }
  }

  private func check(
    _ frame: DataFrame, _ a: [Int64?], _ b: [Int64?], _ values: [Double?], _ dropsNulls: Bool,
    _ note: Comment
  ) throws {
    var groups: [Key: [Int]] = [:]
    for row in a.indices where !dropsNulls || (a[row] != nil && b[row] != nil) {
      groups[Key(a: a[row], b: b[row]), default: []].append(row)
    }
    let order = groups.keys.sorted()
    let grouped = try frame.grouped(by: "a", "b", dropsNulls: dropsNulls)
    #expect(grouped.count == order.count, note)
    let answer = try grouped.aggregated(
      .size, .sum("v"), .first("row"), .median("v"), .distinctCount("v"), .minimum("v"),
      .correlation("v", "w"))
    #expect(Array(try answer.values("a", as: Int64.self)) == order.map(\.a), note)
    #expect(Array(try answer.values("b", as: Int64.self)) == order.map(\.b), note)
    let numbers = order.map { key in groups[key]!.compactMap { values[$0] } }
    #expect(
      Array(try answer.values("size", as: Int.self)) == order.map { groups[$0]!.count }, note)
    #expect(
      Array(try answer.values("row_first", as: Int.self)) == order.map { groups[$0]![0] }, note)
    #expect(
      Array(try answer.values("v_sum", as: Double.self)) == numbers.map { $0.reduce(0, +) }, note)
    #expect(
      Array(try answer.values("v_nunique", as: Int.self)) == numbers.map { Set($0).count }, note)
    #expect(Array(try answer.values("v_min", as: Double.self)) == numbers.map { $0.min() }, note)
    #expect(
      Array(try answer.values("v_median", as: Double.self))
        == numbers.map { numbers in
          if numbers.isEmpty { return nil }
          let sorted = numbers.sorted()
          return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }, note)
    let others = try Array(frame.values("w", as: Double.self))
    for (found, key) in zip(try answer.values("v_w_corr", as: Double.self), order) {
      let rows = groups[key]!.filter { values[$0] != nil }
      let expected = Self.correlation(rows.map { (values[$0]!, others[$0]!) })
      let isEqual =
        switch (found, expected) {
        case (nil, nil): true
        case (let x?, let y?): x.isNaN && y.isNaN || abs(x - y) < 1e-9
        default: false
        }
      #expect(isEqual, "\(found as Any), not \(expected as Any); \(note)")
    }
    for count in [0, 1, 3] {
      let expected = order.map { key in
        groups[key]!.filter { values[$0] != nil }.sorted {
          (-values[$0]!, $0) < (-values[$1]!, $1)
        }.prefix(count)
      }
      let largest = try grouped.largest(count, by: "v")
      #expect(Array(try largest.values("row", as: Int.self)) == expected.flatMap { $0 }, note)
      let least = order.map { key in
        groups[key]!.filter { values[$0] != nil }.sorted { (values[$0]!, $0) < (values[$1]!, $1) }
          .prefix(count)
      }
      let smallest = try grouped.smallest(count, by: "v")
      #expect(Array(try smallest.values("row", as: Int.self)) == least.flatMap { $0 }, note)
    }
  }

  private static func correlation(_ pairs: [(Double, Double)]) -> Double? {
    if pairs.count < 2 { return nil }
    let count = Double(pairs.count)
    let means = (
      pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count
    )
    func sum(_ term: (Double, Double) -> Double) -> Double {
      pairs.reduce(0) { $0 + term($1.0 - means.0, $1.1 - means.1) }
    }
    return sum(*) / (sum { x, _ in x * x } * sum { _, y in y * y }).squareRoot()
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `Keys are sorted as a stable sort would`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let bits = [1, 5, 11, 12, 20, 33, 63][Int(seed) % 7]
    let count = [0, 1, 40, 5000][Int(seed) % 4]
    // Half of the seeds have most keys in one run.
    let limit: UInt64 = seed < 6 ? 1 << UInt64(bits) : 1 << UInt64(bits / 2)
    let keys = (0..<count).map { _ in UInt64.random(in: 0..<limit, using: &random) }
    let expected = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    withParts(3) {
      let sorted = SortedKeys(count: count, bits: bits) { range, target in
        for row in range { target[row - range.lowerBound] = keys[row] }
      }
      #expect((0..<count).map { Int(sorted.rows[$0]) } == expected, "\(bits) bits, seed \(seed)")
      #expect((0..<count).map { sorted.keys[$0] } == keys.sorted(), "\(bits) bits, seed \(seed)")
    }
  }

  @Test
  func `Selection stands against arrays that defeat pivots`() {
    for count in [1, 2, 3, 100, 1001] {
      for make: (Int) -> Int64 in [
        { Int64($0) }, { Int64(-$0) }, { _ in 7 }, { Int64($0 % 3) },
        { Int64($0 % 2 == 0 ? $0 : count - $0) },
      ] {
        let keys = (0..<count).map(make)
        for rank in Set([0, count / 2, count - 1]) {
          var copy = keys
          let found = copy.withUnsafeMutableBufferPointer { $0.select(rank) }
          #expect(found == keys.sorted()[rank], "rank \(rank) of \(count)")
          #expect(copy[..<rank].allSatisfy { $0 <= found })
          #expect(copy[rank...].allSatisfy { $0 >= found })
        }
      }
    }
  }
}
