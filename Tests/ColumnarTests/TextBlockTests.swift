import Columnar
import TestSupport
import Testing

/// Long text in blocks that begin with a dictionary which was learned from it.
struct TextBlockTests {
  private static let layout = Layout(encoding: "zstd")

  /// Rows of some hundred bytes, of sentences that are far apart.
  private static func texts(seed: UInt64, count: Int) -> [[UInt8]?] {
    var generator = SeededGenerator(seed: seed)
    let sentences = (0..<600).map { _ in
      (0..<Int.random(in: 40...160, using: &generator)).map { _ in
        UInt8.random(in: 97...122, using: &generator)
      }
    }
    return (0..<count).map { row in
      if Int.random(in: 0..<40, using: &generator) == 0 { return row % 2 == 0 ? nil : [] }
      return Array(
        (0..<Int.random(in: 2...5, using: &generator)).map { _ in
          sentences.randomElement(using: &generator)!
        }.joined(separator: Array(", \(row) ".utf8)))
    }
  }

  private static func column(
    _ values: [[UInt8]?], cuts: [Int] = [], threads: Int = 1, settles: Bool = true
  ) throws -> Column {
    var generator = SeededGenerator(seed: 1)
    var chunks = PlainColumn(type: .string, values: .texts(values))
      .chunks(cuts: cuts, findsDistinct: false, using: &generator)
    chunks.threadCount = threads
    let made = settles ? try chunks.settle(layout) : layout
    #expect(made == layout)
    return try #require(Encodings.named["zstd"]).encode(&chunks, layout: made)
  }

  @Test(arguments: 0..<3 as Range<UInt64>)
  func aDictionaryIsLearnedWhereItPays(seed: UInt64) throws {
    let values = Self.texts(seed: seed, count: 4000)
    let plain = try Self.column(values, settles: false)
    let learned = try Self.column(values)
    #expect(learned.bits == values && plain.bits == values, "seed \(seed)")
    #expect(
      learned.footprint.total * 10 < plain.footprint.total * 9,
      "seed \(seed): \(learned.footprint.total) of \(plain.footprint.total)")
    for row in [0, 1, 777, 3999] {
      #expect(learned.view.text(at: row) == values[row] ?? [], "seed \(seed), row \(row)")
    }
    // A few rows teach nothing.
    let few = Array(values.prefix(100))
    #expect(
      try Self.column(few, settles: false).footprint.total == Self.column(few).footprint.total)
  }

  /// Words in any order are tokens, whatever was foretold: blocks know no word better than where it stood last.
  @Test func wordsBecomeTokens() throws {
    var generator = SeededGenerator(seed: 11)
    let words = (0..<400).map { _ in
      (0..<Int.random(in: 5...11, using: &generator)).map { _ in
        UInt8.random(in: 97...122, using: &generator)
      }
    }
    let values = (0..<20_000).map { _ -> [UInt8]? in
      Array(
        (0..<8).map { _ in words.randomElement(using: &generator)! }.joined(separator: [0x20]))
    }
    var chunks = PlainColumn(type: .string, values: .texts(values))
      .chunks(cuts: [5000], findsDistinct: false, using: &generator)
    #expect(try chunks.settle(Self.layout) == Layout(encoding: "tokens"))
  }

  @Test func cutsAndThreadsDoNotShowInTheBytes() throws {
    let values = Self.texts(seed: 5, count: 4000)
    let whole = try Self.column(values)
    for (cuts, threads) in [([1], 1), ([64, 1000], 3), ([1024, 2048, 3999], 2)] {
      let cut = try Self.column(values, cuts: cuts, threads: threads)
      #expect(cut.digest == whole.digest && cut.footprint == whole.footprint, "\(cuts)")
      let (a, b) = (try #require(cut.values), try #require(whole.values))
      #expect(a.withUnsafeBytes { Array($0) } == b.withUnsafeBytes { Array($0) }, "\(cuts)")
    }
  }
}
