import TestSupport
import Testing

@testable import Columnar

/// Strings of profiles: read in order, looked for only once there are others.
@Suite struct TextTableProfileTests {
  private func strings(_ count: Int, _ generator: inout SeededGenerator) -> [[UInt8]] {
    (0..<count).map { _ in
      let length = Int.random(in: 0...20, using: &generator)
      return (0..<length).map { _ in [0, 0x61, 0x62, 0xFF].randomElement(using: &generator)! }
    }
  }

  private func table(_ strings: some Sequence<[UInt8]>) -> TextTable {
    let table = TextTable()
    for string in strings {
      (string + Array(repeating: 0, count: 8)).withUnsafeBufferPointer {
        let start = $0.baseAddress!
        _ = table.code(
          of: start, count: string.count, hash: table.hash(of: start, count: string.count))
      }
    }
    return table
  }

  private func contents(_ table: TextTable?) -> [[UInt8]] {
    guard let table else { return [] }
    return (0..<table.count).map { Array(table[$0]) }
  }

  private func read(_ bytes: [UInt8], limit: Int = .max) throws -> TextTable? {
    var reader = ProfileReader(bytes)
    let table = try reader.readAscendingTexts(limit)
    #expect(reader.isAtEnd)
    return table
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func whatIsReadIsWhatWasWritten(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = [0, 1, 2, 60, 3000][Int(seed) % 5]
    let (own, others) = (strings(count, &generator), strings(500, &generator))
    var writer = ProfileWriter()
    writer.writeAscending(table(own))
    let found = try read(writer.bytes)
    let sorted = Set(own).sorted { $0.lexicographicallyPrecedes($1) }
    #expect(contents(found) == sorted, "seed \(seed)")
    // Read strings are found, and go into others, in whatever order.
    let together = Set(own).union(others)
    for (first, second) in [
      (found ?? TextTable(), table(others)), (table(others), found ?? TextTable()),
    ] {
      #expect(first.formUnion(second, countLimit: .max, byteLimit: .max))
      #expect(Set(contents(first)) == together, "seed \(seed)")
      #expect(first.count == together.count, "seed \(seed)")
    }
    let all = table(own)
    #expect(!all.formUnion(table(others), countLimit: all.count, byteLimit: .max))
  }

  @Test(
    arguments: [
      // How many; of each the bytes shared, the bytes that follow.
      [2, 0, 1, 0x62, 0, 1, 0x61], [2, 0, 1, 0x61, 0, 1, 0x61], [2, 0, 2, 0x61, 0x62, 1, 0],
      [2, 0, 1, 0x61, 2, 0], [1, 1, 0], [3, 0, 0], [2, 0, 0, 0, 0], [1, 0, 9, 0x61],
      [255, 255, 255, 255, 127, 0, 0],
    ] as [[UInt8]])
  func otherBytesAreRefused(_ bytes: [UInt8]) {
    #expect(throws: ProfileFault.self) { try read(bytes) }
  }

  @Test func limitsHold() {
    #expect(throws: ProfileFault.self) { try read([2, 0, 0, 0, 1, 0x61], limit: 1) }
  }
}
