import Foundation
import TestSupport
import Testing

@testable import Columnar

@Suite struct IntegerSetTests {
  private func set(_ values: [Int64], purpose: IntegerSet.Purpose = .report) -> IntegerSet {
    var set = IntegerSet(purpose: purpose)
    guard let low = values.min(), let high = values.max() else { return set }
    values.withUnsafeBufferPointer {
      set.insert(
        $0.baseAddress!, count: $0.count, validity: nil, low: low,
        range: UInt64(bitPattern: high &- low))
    }
    return set
  }

  @Test func everyValueIsCountedWhereTheCountIsToBeExact() {
    let count = Int64(IntegerSet.maximumTableCount + 10)
    let values = (0..<count).map { $0 << 20 }
    #expect(set(values).count?.isExact == false)
    var exact = set(Array(values[..<600_000]), purpose: .exactReport)
    exact.formUnion(set(Array(values[500_000...]), purpose: .exactReport))
    #expect(exact.count?.value == Int(count) && exact.count?.isExact == true)
  }

  private static let scalings: [(values: [Int64], factor: Int64)] = [
    ([1, 2, 3], 10), ([-5, 0, 1 << 40], 1000), ([.max / 100, 7], 100), ([], 10),
  ]

  @Test(arguments: scalings)
  func scalingMultipliesEveryValue(_ scaling: (values: [Int64], factor: Int64)) throws {
    let scaled = try #require(set(scaling.values).scaled(by: scaling.factor))
    #expect(
      scaled.unsortedValues.sorted() == scaling.values.map { $0 * scaling.factor }.sorted())
  }

  private static let tooLarge: [[Int64]] = [
    [.max / 10 + 1, 1], [.min / 10 - 1, 1], [.min, .max], [.max - 3, .max],
  ]

  @Test(arguments: tooLarge)
  func scalingPast64BitsIsRefused(_ values: [Int64]) {
    let scaled = set(values).scaled(by: 10)
    #expect(scaled.map { $0.unsortedValues } == nil)
  }

  /// Whatever the rows that came so far let the set be, it holds what a set of Swift's holds.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func blocksOfAnyRangeAreHeld(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var all: Set<Int64> = []
    var set = IntegerSet(purpose: .report)
    var other = IntegerSet(purpose: .report)
    for _ in 0..<Int.random(in: 1...12, using: &generator) {
      let spread = Int64(1) << Int64.random(in: 0...28, using: &generator)
      let base = Int64.random(in: -spread...spread, using: &generator)
      let values = (0..<Int.random(in: 1...3000, using: &generator)).map { _ in
        base + Int64.random(in: 0...spread, using: &generator)
      }
      let (low, high) = (values.min()!, values.max()!)
      let joins = Bool.random(using: &generator)
      values.withUnsafeBufferPointer {
        let range = UInt64(high - low)
        if joins {
          other.insert($0.baseAddress!, count: $0.count, validity: nil, low: low, range: range)
        } else {
          set.insert($0.baseAddress!, count: $0.count, validity: nil, low: low, range: range)
        }
      }
      all.formUnion(values)
      if Bool.random(using: &generator) {
        set.formUnion(other)
        other = IntegerSet(purpose: .report)
      }
    }
    set.formUnion(other)
    #expect(set.count?.value == all.count && set.count?.isExact == true, "seed \(seed)")
    #expect(set.unsortedValues.sorted() == all.sorted(), "seed \(seed)")
  }

  @Test func unionDoesNotDependOnTheSplit() {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<50 {
      let spread = Int64(1) << Int64.random(in: 1...40, using: &generator)
      let values = (0..<2000).map { _ in Int64.random(in: -spread...spread, using: &generator) }
      let whole = set(values)
      let cut = Int.random(in: 0...2000, using: &generator)
      var parts = set(Array(values[..<cut]))
      parts.formUnion(set(Array(values[cut...])))
      #expect(parts.unsortedValues.sorted() == whole.unsortedValues.sorted(), "round \(round)")
      #expect(whole.count?.value == Set(values).count, "round \(round)")
    }
  }

  /// Written and read back, a set says the same and goes on alike, whatever order its values came in.
  @Test(arguments: [false, true])
  func codedSetsDoNotShowTheOrder(isForeseen: Bool) throws {
    var generator = SeededGenerator(seed: 11)
    let values = (0..<3000).map { Int64(bitPattern: generator.next() >> UInt64($0 % 60)) }
    let more = values.map { $0 &+ 1 }
    func coded(_ values: [Int64]) -> [UInt8] {
      var set = set(values)
      if isForeseen { set.foreseeTooMany() }
      return set.encoded()
    }
    let bytes = coded(values)
    #expect(coded(values.reversed()) == bytes)
    var decoded = try IntegerSet.decoded(bytes)
    decoded.formUnion(set(more))
    let whole = try IntegerSet.decoded(coded(values + more))
    #expect(decoded.count?.value == whole.count?.value)
    #expect(decoded.count?.isExact == !isForeseen && decoded.isForeseen == isForeseen)
    #expect(decoded.encoded() == whole.encoded())
  }

  /// A sketch with fewer registers is that of the same values put into it one by one.
  @Test func sketchesFold() {
    var generator = SeededGenerator(seed: 12)
    for count in [1, 10, 1000, 200_000] {
      let hashes = (0..<count).map { _ in generator.next() }
      var (many, few) = (DistinctSketch(), DistinctSketch(indexBits: DistinctSketch.partIndexBits))
      for hash in hashes {
        many.insert(hash: hash)
        few.insert(hash: hash)
      }
      var folded = DistinctSketch(indexBits: DistinctSketch.partIndexBits)
      folded.formUnion(many)
      #expect(folded.encoded() == few.encoded(), "\(count) values")
      #expect(abs(Double(few.estimate) / Double(count) - 1) < 0.13, "\(count) values")
      many.formUnion(few)
      #expect(many.encoded() == few.encoded(), "\(count) values")
    }
  }

  /// Zero is no key of the table, and rows without a value are no values.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func farApartValuesAreCounted(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<5000).map { _ in
      generator.next() % 10 == 0 ? 0 : Int64(bitPattern: generator.next() % 3000) << 40
    }
    let validity = (0..<5000 / 64 + 1).map { _ in generator.next() }
    let valid = values.indices.filter { validity[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
    var found = IntegerSet(purpose: .report)
    for start in stride(from: 0, to: 5000, by: 1024) {
      let count = min(1024, 5000 - start)
      values.withUnsafeBufferPointer { values in
        validity.withUnsafeBufferPointer { validity in
          found.insert(
            values.baseAddress! + start, count: count, validity: validity.baseAddress! + start / 64,
            low: 0, range: 3000 << 40)
        }
      }
    }
    #expect(found.unsortedValues.sorted() == Set(valid.map { values[$0] }).sorted(), "seed \(seed)")
  }
}
