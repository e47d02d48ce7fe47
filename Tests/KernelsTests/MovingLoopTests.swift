import CKernels
import TestSupport
import Testing

@testable import Kernels

/// The loops under moving windows against plain ones.
@Suite struct MovingLoopTests {
  /// Whole numbers: their sums are exact in any order.
  @Test(arguments: [1, 2, 7, 8, 9, 64, 100])
  func `Sums of windows`(width: Int) {
    forEachLength(UInt64(width)) { count, generator, comment in
      let rows = (0..<width + count).map { _ in
        Double(Int.random(in: -1000...1000, using: &generator))
      }
      let before = rows[0..<width].reduce(0, +)
      var out = [Double](repeating: 7, count: count + 1)
      let last = rows.withUnsafeBufferPointer {
        diet_moving_sums($0.baseAddress! + width, width, count, before, 4, &out)
      }
      let sums = (0..<count).map { rows[($0 + 1)..<($0 + 1 + width)].reduce(0, +) }
      #expect(out == sums.map { $0 / 4 } + [7], "\(comment)")
      #expect(last == sums.last ?? before, "\(comment)")
    }
  }

  @Test(arguments: [1, 7, 8, 9, 50, 100, 1024, 1025, 2000])
  func `A sorted window holds what came last`(width: Int) {
    for seed in 1...3 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let few = [-1, -0.0, 0, 2, .infinity, -.infinity, .nan] as [Double]
      let rows = (0..<width * 2 + 60).map { _ in
        generator.next() % 2 == 0
          ? few.randomElement(using: &generator)! : Double.random(in: -9...9, using: &generator)
      }
      var window = SortedWindow(capacity: width)
      for row in rows.indices {
        window.move(in: rows[row], out: row >= width ? rows[row - width] : .nan)
        // Wide windows are looked at now and then: looking takes longer than moving.
        if width > 200, row % 97 != 0 { continue }
        let numbers = rows[max(0, row - width + 1)...row].filter { !$0.isNaN }.sorted()
        let note: Comment = "seed \(seed), row \(row), window \(width)"
        #expect(window.count == numbers.count, note)
        let middle = numbers.count / 2
        let median =
          numbers.isEmpty
          ? nil
          : numbers.count % 2 == 1
            ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2
        #expect(window.median == median || (median?.isNaN == true && window.median!.isNaN), note)
        if !rows[row].isNaN {
          let less = numbers.count { $0 < rows[row] }
          let equal = numbers.count { $0 == rows[row] }
          #expect(window.rankOfLast == Double(2 * less + 1 + equal) / 2, note)
        }
      }
    }
  }
}
