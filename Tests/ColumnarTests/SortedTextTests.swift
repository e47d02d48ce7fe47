import TestSupport
import Testing

@testable import Columnar

@Suite struct SortedTextTests {
  private func sorted(_ texts: [[UInt8]]) throws -> [[UInt8]] {
    let table = TextTable()
    for text in texts {
      (text + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer {
        let start = $0.baseAddress!
        _ = table.code(
          of: start, count: text.count, hash: table.hash(of: start, count: text.count))
      }
    }
    let sorted = try #require(SortedText(uniting: [table]))
    return (0..<sorted.count).map { Array(sorted[$0]) }
  }

  private func expectSorted(_ texts: [[UInt8]], _ comment: Comment) throws {
    let expected = Set(texts).sorted { $0.lexicographicallyPrecedes($1) }
    #expect(try sorted(texts) == expected, comment)
  }

  /// Strings that begin alike for as long as a record may be need no deeper stack than others.
  @Test func megabytesAlike() throws {
    let alike = [UInt8](repeating: 0x78, count: 3_000_001)
    let texts = [[0x62], [], [0x61, 0x61], [0x61], [0x62, 0x00]].map { alike + $0 }
    #expect(try sorted(texts).map(\.count) == [0, 1, 2, 1, 2].map { $0 + alike.count })
    #expect(try sorted(texts).map { $0.dropFirst(alike.count).first } == [nil, 97, 97, 98, 98])
  }

  /// Each is the beginning of the next.
  @Test func oneInTheOther() throws {
    var generator = SeededGenerator(seed: 1)
    let texts = (0..<600).shuffled(using: &generator).map { [UInt8](repeating: 0x61, count: $0) }
    try expectSorted(texts, "lengths 0 to 599")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func randomStrings(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let texts = (0..<300).map { _ in
      (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        [0x00, 0x61, 0x61, 0x61, 0x62, 0xFF].randomElement(using: &generator)! as UInt8
      }
    }
    try expectSorted(texts, "seed \(seed)")
    let alike = Array("the same beginning, ".utf8)
    try expectSorted(texts.map { alike + $0 }, "seed \(seed), behind the same beginning")
  }
}

/// Tables of several threads.
@Suite struct UnitedTextTests {
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func everyTableFindsItsStrings(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let texts = (0..<3).map { _ in
      (0..<Int.random(in: 0...200, using: &generator)).map { _ in
        let length = Int.random(in: 0...30, using: &generator)
        return (0..<length).map { _ in UInt8.random(in: 0x61...0x63, using: &generator) }
      }
    }
    func code(_ text: [UInt8], in table: TextTable) -> Int {
      (text + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer {
        let start = $0.baseAddress!
        let hash = table.hash(of: start, count: text.count)
        return Int(table.code(of: start, count: text.count, hash: hash))
      }
    }
    let tables = texts.map { _ in TextTable() }
    let codes = zip(texts, tables).map { texts, table in texts.map { code($0, in: table) } }
    let expected = Set(texts.joined()).sorted { $0.lexicographicallyPrecedes($1) }
    let united = try #require(UnitedText(tables))
    #expect(united.table.count == expected.count, "seed \(seed)")
    let sorted = SortedText(united)
    #expect((0..<sorted.count).map { Array(sorted[$0]) } == expected, "seed \(seed)")
    for ((texts, codes), table) in zip(zip(texts, codes), tables) {
      let ranks = try #require(sorted.ranks[ObjectIdentifier(table)])
      for (text, code) in zip(texts, codes) {
        #expect(expected[Int(ranks[code])] == text, "seed \(seed)")
      }
    }
  }

  @Test func tooMany() {
    let tables = (0..<3).map { first in
      let table = TextTable()
      for number in 0..<10 {
        let text = Array("\(first * 8 + number)".utf8) + [UInt8](repeating: 0, count: 8)
        text.withUnsafeBufferPointer {
          let count = text.count - 8
          let hash = table.hash(of: $0.baseAddress!, count: count)
          _ = table.code(of: $0.baseAddress!, count: count, hash: hash)
        }
      }
      return table
    }
    #expect(UnitedText(tables, limit: 25)?.table == nil)
    #expect(UnitedText(tables, limit: 26)?.table.count == 26)
  }
}
