import Columnar
import TestSupport
import Testing

@testable import Kernels

/// Columns that list their nulls answer as those with a bit a row do.
@Suite struct ListedNullsTests {
  /// The same values, their nulls listed and not.
  private static func twins(
    count: Int, _ generator: inout SeededGenerator
  ) throws -> (listed: Column, plain: Column) {
    let values = (0..<count).map { _ -> Int64? in
      let value = Int64.random(in: 5...900, using: &generator)
      return Int.random(in: 0..<100, using: &generator) < 3 ? nil : value
    }
    let plain = Column("n", integers: values)
    var chunks = ChunkedValues(decoding: plain)
    let layout = try #require(Layout.packed(5...900))
    let listed = try #require(Encodings.named[layout.encoding]).encode(&chunks, layout: layout)
    guard case .nulls? = listed.validity else {
      Issue.record("nulls are not listed")
      return (listed, plain)
    }
    return (listed, plain)
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func rowsAreThoseOfTheBits(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = 5000 + Int(seed) * 7
    let (listed, plain) = try Self.twins(count: count, &generator)
    for _ in 0..<20 {
      let start = Int.random(in: 0..<count / 64, using: &generator) * 64
      let range = start..<Int.random(in: start...count, using: &generator)
      // Rows of rows, whose bits were not asked for before.
      let (some, others) = (ColumnRows(listed)[range], ColumnRows(plain)[range])
      #expect(some.nullCount == others.nullCount, "seed \(seed), \(range)")
      let middle = some.count / 128 * 64
      let (rest, otherRest) = (some[middle..<some.count], others[middle..<others.count])
      #expect(rest.nullCount == otherRest.nullCount, "seed \(seed), \(range) from \(middle)")
      for row in 0..<rest.count where rest.hasValue(row) != otherRest.hasValue(row) {
        Issue.record("seed \(seed), \(range), row \(middle + row)")
      }
      let limit = range.count
      #expect(
        ColumnRows(listed).prefix(limit).nullCount == ColumnRows(plain).prefix(limit).nullCount,
        "seed \(seed), \(limit) rows")
      #expect(listed.prefix(limit) == plain.prefix(limit), "seed \(seed), \(limit) rows")
    }
    #expect(listed == plain)
    #expect(listed.renamed("m").footprint == listed.footprint)
  }

  /// Rows that are taken out, and columns that are put together, list their nulls again.
  @Test func whatIsMadeOfThemListsNulls() throws {
    var generator = SeededGenerator(seed: 9)
    let (listed, plain) = try Self.twins(count: 6000, &generator)
    let order = (0..<6000).shuffled(using: &generator)
    let (some, others) = (try listed.taking(order), try plain.taking(order))
    #expect(some == others)
    #expect(some.footprint.validity == listed.footprint.validity)
    let both = try Column(concatenating: [listed, some])
    #expect(both == (try Column(concatenating: [plain, others])))
    #expect(both.footprint.validity < listed.footprint.validity * 2 + 64)
  }
}
