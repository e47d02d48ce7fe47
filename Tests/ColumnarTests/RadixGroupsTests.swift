import TestSupport
import Testing

@testable import Columnar

struct RadixGroupsTests {
  /// What is put together comes apart again, whatever the radix and the bits of a group.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func numbersComeBack(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var radixes: [UInt64] = [3, 4, 5, 255, 256, 257, 65_535, 65_536, 65_537, (1 << 31) - 1]
    for _ in 0..<60 {
      let limit: UInt64 = 1 << UInt64.random(in: 2...31, using: &generator)
      radixes.append(.random(in: 3..<max(limit, 4), using: &generator))
    }
    for radix in radixes {
      for bits in 1...64 {
        guard let groups = RadixGroups(radix: radix, bits: bits) else { continue }
        let greatest = [UInt64](repeating: radix - 1, count: groups.count)
        let random = (0..<groups.count).map { _ in UInt64.random(in: 0..<radix, using: &generator) }
        for numbers in [greatest, random] {
          let group = numbers.withUnsafeBufferPointer { groups.group($0) }
          #expect(group >> UInt64(bits) == 0, "seed \(seed), \(groups)")
          var found = [Int64](repeating: -1, count: groups.count)
          groups.split([Int64(group)], count: 1, base: -7, to: &found)
          #expect(found == numbers.map { Int64($0) - 7 }, "seed \(seed), \(groups)")
          #expect(
            numbers.indices.map { groups.number(at: $0, of: group) } == numbers, "seed \(seed)")
        }
      }
    }
  }

  /// A group is as long as its bits allow, and chosen only where that saves some percent.
  @Test func theFewestBytesAreChosen() throws {
    let hundred = try #require(RadixGroups.best(radix: 100, rowCount: 10_000_000))
    #expect(hundred.count == 3 && hundred.bits == 20)
    #expect(RadixGroups.best(radix: 100, rowCount: 10_000_000)?.byteCount(rowCount: 3073) == 5120)
    for radix in [3, 5, 9, 11, 50, 100_000] as [UInt64] {
      #expect(RadixGroups.best(radix: radix, rowCount: 1 << 20) != nil, "\(radix)")
    }
    for radix in [0, 1, 2, 4, 16, 255, 256, 1024, 65_536, 1 << 31, 1 << 40] as [UInt64] {
      #expect(RadixGroups.best(radix: radix, rowCount: 1 << 20) == nil, "\(radix)")
    }
    // Blocks are whole: few rows take no fewer.
    #expect(RadixGroups.best(radix: 100, rowCount: 100) == nil)
  }

  /// Any rows of a column are decoded as those of all.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func anyRowsAreDecoded(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let limit: UInt64 = 1 << UInt64.random(in: 3...20, using: &generator)
    let radix = UInt64.random(in: 3..<limit, using: &generator)
    let groups = try #require((4...62).lazy.compactMap { RadixGroups(radix: radix, bits: $0) }.last)
    let count = Int.random(in: 1...30_000, using: &generator)
    let numbers = (0..<count).map { _ in UInt64.random(in: 0..<radix, using: &generator) }
    let blocks = Buffer(uninitializedByteCount: groups.byteCount(rowCount: count))
    var packer = RadixPacker<UInt64>(groups, to: blocks)
    guard PackedBlocks.wordByteCount(bits: groups.bits) == 8 else { return }
    var start = 0
    while start < count {
      let end = min(count, start + Int.random(in: 0...9000, using: &generator))
      let bad = numbers[start..<end].withUnsafeBufferPointer { packer.append($0) }
      #expect(bad == nil)
      start = end
    }
    let isRead = packer.finish()
    #expect(isRead)
    let decoder = RadixDecoder(rowCount: count, groups: groups, blocks: blocks, base: 3)
    #expect(decoder.bounds == 3...Int64(radix) + 2)
    for _ in 0..<200 {
      let first = Int.random(in: 0...count, using: &generator)
      let rows = first..<Int.random(in: first...count, using: &generator)
      var found = [Int64](repeating: -1, count: rows.count)
      decoder.decode(rows, to: &found)
      #expect(found == numbers[rows].map { Int64($0) + 3 }, "seed \(seed), \(groups), \(rows)")
      if let row = rows.first { #expect(decoder.value(at: row) == found.first, "seed \(seed)") }
    }
  }
}
