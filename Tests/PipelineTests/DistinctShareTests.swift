import TestSupport
import Testing

@testable import Typing

/// What the first rows foretell of a column.
@Suite struct DistinctShareTests {
  private typealias Rows = DistinctShare.Rows

  /// Draws until there are `rowCount`, and what an eighth and a sixteenth of them foretold.
  private func draw(
    _ rowCount: Int, seed: UInt64, _ value: (inout SeededGenerator) -> Int
  ) -> (distinctCount: Int, foretold: DistinctShare) {
    var random = SeededGenerator(seed: seed)
    var seen: Set<Int> = []
    var marks: [Rows] = []
    for row in 1...rowCount {
      seen.insert(value(&random))
      if row == rowCount / 16 || row == rowCount / 8 {
        marks.append(Rows(count: row, distinctCount: seen.count))
      }
    }
    return (
      seen.count, DistinctShare(first: marks[1], after: marks[0], foretoldFor: rowCount)
    )
  }

  @Test(arguments: [3_000, 30_000, 300_000])
  func drawsFromEquallyLikelyValues(valueCount: Int) {
    let (distinctCount, foretold) = draw(100_000, seed: UInt64(valueCount)) {
      .random(in: 0..<valueCount, using: &$0)
    }
    #expect(abs(foretold.count / Double(distinctCount) - 1) < 0.1, "\(valueCount): \(foretold)")
  }

  /// A tenth of the draws from 500 values, the others hardly ever alike.
  @Test func someValuesAreLikelier() {
    let (distinctCount, foretold) = draw(100_000, seed: 1) { random in
      Int.random(in: 0..<10, using: &random) == 0
        ? .random(in: 0..<500, using: &random) : .random(in: 1_000..<1 << 60, using: &random)
    }
    #expect(abs(foretold.count / Double(distinctCount) - 1) < 0.1, "\(foretold)")
  }

  @Test func allDistinctStaysSo() {
    let rows = Rows(count: 10_000, distinctCount: 10_000)
    #expect(DistinctShare(first: rows, foretoldFor: 10_000_000).share == 1)
    let half = Rows(count: 5_000, distinctCount: 5_000)
    #expect(DistinctShare(first: rows, after: half, foretoldFor: 10_000_000).share == 1)
  }

  @Test func theSameRowsAreForetoldAsTheyAre() {
    for distinct in [1, 100, 5000, 9999] {
      let rows = Rows(count: 10_000, distinctCount: distinct)
      #expect(abs(DistinctShare(first: rows, foretoldFor: 10_000).count - Double(distinct)) < 1)
    }
  }

  @Test func whatPays() {
    let half = DistinctShare(
      first: Rows(count: 20_000, distinctCount: 10_000), foretoldFor: 20_000)
    // 0.5 · 24 + 2 ≤ 0.8 · 24, and 0.5 · 8 + 2 ≤ 0.8 · 8, but not 0.5 · 6 + 2 ≤ 0.8 · 6.
    #expect(half.mayPay(meanByteCount: 20) && half.mayPay(meanByteCount: 4))
    #expect(!half.mayPay(meanByteCount: 2))
    // Past 65,536 values codes have four bytes.
    let large = DistinctShare(
      first: Rows(count: 200_000, distinctCount: 100_000), foretoldFor: 200_000)
    #expect(large.mayPay(meanByteCount: 20) && !large.mayPay(meanByteCount: 4))
  }
}
