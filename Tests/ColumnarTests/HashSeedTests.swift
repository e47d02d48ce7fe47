import Columnar
import Testing

/// Strings and integers that fall together under one seed are spread under another.
@Suite struct HashSeedTests {
  private static let seeds: [UInt64] = [1, 2, 0x9E37_79B9_7F4A_7C15, .max]
  private static let mask: UInt64 = 0x1FF

  /// Strings of several lengths whose hashes end in the same nine bits.
  private static func collidingStrings(_ seed: UInt64, count: Int) -> [[UInt8]] {
    let table = TextTable(seed: HashSeed(seed))
    var found: [[UInt8]] = []
    var number = 0
    while found.count < count {
      number += 1
      let text = Array("\(number % 2 == 0 ? "" : "a longer string ")\(number)        ".utf8)
      let hash = text.withUnsafeBufferPointer {
        table.hash(of: $0.baseAddress!, count: text.count - 8)
      }
      if hash & mask == 0 { found.append(Array(text.dropLast(8))) }
    }
    return found
  }

  private static func table(_ strings: [[UInt8]], seed: HashSeed) -> TextTable {
    let table = TextTable(seed: seed)
    for (index, text) in strings.enumerated() {
      let code = (text + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer {
        let start = $0.baseAddress!
        return table.code(
          of: start, count: text.count, hash: table.hash(of: start, count: text.count))
      }
      #expect(code == index)
    }
    return table
  }

  @Test(arguments: seeds)
  func strings(_ seed: UInt64) {
    let strings = Self.collidingStrings(seed, count: 250)
    // Of 512 slots or 2048, all of them begin at four at the most.
    #expect(Self.table(strings, seed: HashSeed(seed)).longestWalk > 50, "seed \(seed)")
    for other in Self.seeds where other != seed {
      let walk = Self.table(strings, seed: HashSeed(other)).longestWalk
      #expect(walk < 40, "built for seed \(seed), seed \(other)")
    }
    #expect(Self.table(strings, seed: .ofProcess).longestWalk < 40, "seed \(seed)")
  }

  @Test(arguments: seeds)
  func integers(_ seed: UInt64) {
    let own = HashSeed(seed)
    var found: [Int64] = []
    var next: Int64 = 1
    while found.count < 250 {
      next += 1
      if UInt64(bitPattern: Int64(own.place(of: next))) & Self.mask == 0 {
        found.append(next)
      }
    }
    func walk(_ seed: HashSeed) -> Int {
      var table = IntegerTable(seed: seed)
      let taken = found.withUnsafeBufferPointer {
        table.insert($0.baseAddress!, count: $0.count, validity: nil, limit: 1 << 20)
      }
      #expect(taken == found.count)
      #expect(Set(table.values) == Set(found))
      return table.longestWalk
    }
    #expect(walk(own) > 50, "seed \(seed)")
    for other in Self.seeds where other != seed {
      #expect(walk(HashSeed(other)) < 40, "built for seed \(seed), seed \(other)")
    }
    #expect(walk(.ofProcess) < 40, "seed \(seed)")
  }

  /// Estimates are the same in every process.
  @Test func theHashOfEstimatesIsConstant() {
    let text = Array("diet".utf8) + [UInt8](repeating: 0, count: 8)
    let hash = text.withUnsafeBufferPointer { hashBytes($0.baseAddress!, 4) }
    #expect(
      hash
        == text.withUnsafeBufferPointer { bytes in
          hashBytes(bytes.baseAddress!, 4, seed: 0x9E37_79B9_7F4A_7C15)
        })
  }
}
