import CKernels
import TestSupport

/// The C loops for one type, and what a plain loop over the same rows would say.
struct ReductionLoops<T: Sendable & Comparable>: Sendable {
  typealias Values = UnsafePointer<T>?
  typealias Words = UnsafePointer<UInt64>?
  typealias Ends = UnsafeMutablePointer<T>?

  let name: String
  let emptyMinimum: T
  let emptyMaximum: T
  let minmax: @Sendable (Values, Int, Ends, Ends) -> Void
  let maskedMinmax: @Sendable (Values, Words, Int, Ends, Ends) -> Void
  /// Equal, less and greater, in this order.
  let counts: [@Sendable (Values, Int, T) -> Int]
  let maskedCounts: [@Sendable (Values, Words, Int, T) -> Int]
}

/// The same rows for the C loops and for the reference.
struct MaskedRows<T> {
  var values: [T]
  var isValid: [Bool]

  var present: [T] { zip(values, isValid).filter(\.1).map(\.0) }

  /// Bit k % 64 of word k / 64; the bits past the last row are set, to mislead.
  var words: [UInt64] {
    var words = [UInt64](repeating: .max, count: values.count / 64 + 1)
    for (row, isValid) in isValid.enumerated() where !isValid {
      words[row / 64] &= ~(1 << UInt64(row % 64))
    }
    return words
  }

  init(
    count: Int, nullPercent: Int, using generator: inout SeededGenerator,
    value: (inout SeededGenerator) -> T
  ) {
    values = (0..<count).map { _ in value(&generator) }
    isValid = (0..<count).map { _ in Int.random(in: 0..<100, using: &generator) >= nullPercent }
  }
}

extension ReductionLoops {
  func referenceEnds(_ values: [T]) -> [T] {
    let numbers = values.filter { $0 == $0 }  // NaN does not equal itself.
    return [numbers.min() ?? emptyMinimum, numbers.max() ?? emptyMaximum]
  }

  func referenceCounts(_ values: [T], key: T) -> [Int] {
    [values.count { $0 == key }, values.count { $0 < key }, values.count { $0 > key }]
  }

  func ends(_ call: (Ends, Ends) -> Void) -> [T] {
    var minimum = emptyMaximum  // Neither may survive the call.
    var maximum = emptyMinimum
    call(&minimum, &maximum)
    return [minimum, maximum]
  }
}

/// The sum in the order that `reductions.h` promises, a row at a time.
func referenceSum(_ rows: [Double?]) -> Double {
  var blocks: [Double] = stride(from: 0, to: rows.count, by: 1024).map { start in
    var lanes = [Double](repeating: 0, count: 16)
    for (index, row) in rows[start..<min(start + 1024, rows.count)].enumerated() {
      lanes[index % 16] += row ?? 0
    }
    while lanes.count > 1 {
      let half = lanes.count / 2
      lanes = (0..<half).map { lanes[$0] + lanes[$0 + half] }
    }
    return lanes[0]
  }
  // Whole pairs first; a block without a partner waits for the next round.
  while blocks.count > 1 {
    let pairs = stride(from: 0, to: blocks.count - 1, by: 2).map { blocks[$0] + blocks[$0 + 1] }
    blocks = pairs + (blocks.count.isMultiple(of: 2) ? [] : [blocks[blocks.count - 1]])
  }
  return blocks.first ?? 0
}
