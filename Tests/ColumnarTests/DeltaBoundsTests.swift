import TestSupport
import Testing

@testable import Columnar

/// What is said of rows without a look at each holds for each.
struct DeltaBoundsTests {
  @Test(arguments: 0..<12 as Range<UInt64>)
  func rowsLieWithinTheirBounds(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // Rising, falling, and both.
    let steps: ClosedRange<Int64> = [0...9, -7 ... -1, -3...4, 5...5, 0...1 << 40].randomElement(
      using: &generator)!
    let count = [1, 1023, 1024, 1025, 5000].randomElement(using: &generator)!
    var value = Int64.random(in: -1000...1000, using: &generator)
    let values = (0..<count).map { _ -> Int128? in
      value += Int64.random(in: steps, using: &generator)
      return Int.random(in: 0..<20, using: &generator) == 0 ? nil : Int128(value)
    }
    let column = PlainColumn(type: .integer, values: .integers(values))
    let policy = LayoutPolicy().storing(.packed)
    for layout in DeltaEncoding().layouts(for: column.profile, policy: policy) {
      var chunks = column.chunks(cuts: [count / 2], using: &generator)
      let integers = try DeltaEncoding().encode(&chunks, layout: layout).view.integers
      for _ in 0..<50 {
        let first = Int.random(in: 0..<count, using: &generator)
        let rows = first..<Int.random(in: first + 1...count, using: &generator)
        let bounds = try #require(integers.bounds(of: rows))
        for row in rows {
          #expect(bounds.contains(integers.value(at: row)), "seed \(seed), \(layout), row \(row)")
        }
      }
      // Where no row falls, blocks that lie apart are known to.
      guard steps.lowerBound > 0, count == 5000 else { continue }
      let blocks = [0..<1024, 2048..<3072].compactMap { integers.bounds(of: $0) }
      #expect(blocks[0].upperBound < blocks[1].lowerBound, "seed \(seed)")
    }
  }
}
