import TestSupport
import Testing

@testable import Columnar

/// Text that begins as the row before it does.
struct FrontEncodingTests {
  private static let layout = Layout(encoding: "front")

  /// Names of packages: families of a stem and endings, of a few hundred words.
  private static func names(seed: UInt64, count: Int) -> [[UInt8]] {
    var generator = SeededGenerator(seed: seed)
    let words = (0..<300).map { _ in
      (0..<Int.random(in: 3...8, using: &generator)).map { _ in
        UInt8.random(in: 97...122, using: &generator)
      }
    }
    func name(of wordCount: ClosedRange<Int>) -> [UInt8] {
      Array(
        (0..<Int.random(in: wordCount, using: &generator)).map { _ in
          words.randomElement(using: &generator)!
        }.joined(separator: [45]))
    }
    var names: Set<[UInt8]> = []
    while names.count < count {
      let stem = name(of: 2...4)
      for _ in 0..<Int.random(in: 4...12, using: &generator) {
        names.insert(stem + [45] + name(of: 1...1))
      }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.prefix(count).map { $0 }
  }

  private static func chunks(
    _ values: [[UInt8]?], cuts: [Int] = [], threads: Int = 1, findsDistinct: Bool = false
  ) -> ChunkedValues {
    var generator = SeededGenerator(seed: 1)
    var chunks = PlainColumn(type: .string, values: .texts(values))
      .chunks(cuts: cuts, findsDistinct: findsDistinct, using: &generator)
    (chunks.threadCount, chunks.storage) = (threads, .smallest)
    return chunks
  }

  @Test(arguments: [0, 1, 15, 16, 17, 1023, 1025, 5000], 0..<2 as Range<UInt64>)
  func rowsReadBack(count: Int, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var values: [[UInt8]?] = Self.names(seed: seed, count: count)
    for row in values.indices where Int.random(in: 0..<9, using: &generator) == 0 {
      values[row] = [nil, [], Array(repeating: 122, count: 3000)].randomElement(using: &generator)!
    }
    var chunks = Self.chunks(values, cuts: [count / 3])
    let column = try FrontEncoding().encode(&chunks, layout: Self.layout)
    #expect(column.bits == values, "seed \(seed), \(count) rows")
    for _ in 0..<20 where count > 0 {
      let first = Int.random(in: 0..<count, using: &generator)
      let rows = first..<Int.random(in: first...min(count, first + 40), using: &generator)
      var found: [Int: [UInt8]] = [:]
      column.view.texts.forEach(rows) { found[$0] = Array($1) }
      for row in rows {
        guard let value = values[row] else { continue }
        #expect(found[row] == value, "seed \(seed), row \(row) of \(rows)")
        #expect(column.view.text(at: row) == value, "seed \(seed), row \(row)")
      }
    }
  }

  /// Sorted names are held so, by a fifth smaller than tokens; the same names in any order are not.
  @Test func sortedTextIsHeldSo() throws {
    let names = Self.names(seed: 3, count: 20_000)
    let tokens = Layout(encoding: "tokens")
    var sorted = Self.chunks(names)
    #expect(try sorted.settle(tokens) == Self.layout)
    let front = try FrontEncoding().encode(&sorted, layout: Self.layout)
    var plain = Self.chunks(names)
    let held = try TokensEncoding().encode(&plain, layout: tokens)
    #expect(front.footprint.total * 5 < held.footprint.total * 4)
    var generator = SeededGenerator(seed: 4)
    var shuffled = Self.chunks(names.shuffled(using: &generator))
    #expect(try shuffled.settle(tokens) == tokens)
    // Under a policy that reads rows as they lie, it is not asked for.
    var kept = Self.chunks(names)
    kept.storage = .packed
    #expect(try kept.settle(tokens) == tokens)
  }

  /// Entries of a dictionary are sorted.
  @Test func entriesAreHeldSo() throws {
    var generator = SeededGenerator(seed: 5)
    let names = Self.names(seed: 5, count: 3000)
    let values = (0..<9000).map { _ in names.randomElement(using: &generator) }
    let layout = Layout(
      encoding: "dictionary", width: 2, isUnsigned: true, values: Layout(encoding: "tokens"))
    var chunks = Self.chunks(values, findsDistinct: true)
    let settled = try chunks.settle(layout)
    #expect(settled.values == [Self.layout] && settled.isSound(for: .string))
    #expect(settled.storage == .smallest)
    let made = try DictionaryEncoding().encode(&chunks, layout: settled)
    #expect(made.bits == values)
  }

  @Test func cutsAndThreadsDoNotShowInTheBytes() throws {
    let names = Self.names(seed: 6, count: 3000)
    var whole = Self.chunks(names)
    let first = try FrontEncoding().encode(&whole, layout: Self.layout)
    for (cuts, threads) in [([1], 1), ([64, 1000], 3), ([1024, 2047, 2999], 2)] {
      var chunks = Self.chunks(names, cuts: cuts, threads: threads)
      let cut = try FrontEncoding().encode(&chunks, layout: Self.layout)
      #expect(cut.digest == first.digest && cut.footprint == first.footprint, "\(cuts)")
    }
  }
}
