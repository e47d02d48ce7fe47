import Columnar
import TestSupport
import Testing

/// Text that is held as tokens, on values of every sort.
struct TokenTests {
  /// Text of words, of random bytes, of one long row, of nothing.
  private static func texts(seed: UInt64, count: Int) -> [[UInt8]?] {
    var generator = SeededGenerator(seed: seed)
    let words = (0..<200).map { _ in
      (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        UInt8.random(in: 97...122, using: &generator)
      }
    }
    return (0..<count).map { row in
      switch Int.random(in: 0..<40, using: &generator) {
      case 0: return nil
      case 1: return []
      case 2:
        return (0..<Int.random(in: 0..<30, using: &generator)).map { _ in
          UInt8.random(in: .min ... .max, using: &generator)
        }
      case 3 where row % 977 == 0:
        return Array(repeatElement(Array("ab€".utf8), count: 20_000).joined())
      default:
        return Array(
          (0..<Int.random(in: 1...12, using: &generator)).map { _ in
            words.randomElement(using: &generator)!
          }.joined(separator: [32]))
      }
    }
  }

  private static func column(
    _ values: [[UInt8]?], cuts: [Int] = [], seed: UInt64 = 0
  ) throws -> Column {
    var generator = SeededGenerator(seed: seed)
    var chunks = PlainColumn(type: .string, values: .texts(values))
      .chunks(cuts: cuts, findsDistinct: false, using: &generator)
    return try #require(Encodings.named["tokens"]).encode(
      &chunks, layout: Layout(encoding: "tokens"))
  }

  @Test(arguments: [0, 1, 63, 64, 65, 1023, 1024, 1025, 5000], 0..<3 as Range<UInt64>)
  func rowsReadBack(count: Int, seed: UInt64) throws {
    let values = Self.texts(seed: seed, count: count)
    let column = try Self.column(values)
    #expect(column.bits == values, "seed \(seed), \(count) rows")
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20 where count > 0 {
      let first = Int.random(in: 0..<count, using: &generator)
      let rows = first..<Int.random(in: first...min(count, first + 200), using: &generator)
      var found: [[UInt8]] = []
      column.view.texts.forEach(rows) { found.append(Array($1)) }
      #expect(found == values[rows].map { $0 ?? [] }, "seed \(seed), \(count) rows, \(rows)")
    }
  }

  @Test func cutsDoNotShowInTheBytes() throws {
    let values = Self.texts(seed: 5, count: 3000)
    let whole = try Self.column(values)
    for cuts in [[1], [64, 1000], [1024, 2048], [2999]] {
      let cut = try Self.column(values, cuts: cuts)
      #expect(cut.digest == whole.digest, "\(cuts)")
      #expect(cut.footprint == whole.footprint, "\(cuts)")
    }
  }

  /// What is foretold is about what it takes, and never much less.
  @Test(arguments: 0..<3 as Range<UInt64>)
  func bytesAreForetold(seed: UInt64) throws {
    let values = Self.texts(seed: seed, count: 20_000).map { $0.map { $0.count > 1000 ? [] : $0 } }
    let profile = PlainColumn(type: .string, values: .texts(values)).profile
    let foretold = try #require(Encodings.named["tokens"])
      .footprint(of: Layout(encoding: "tokens"), for: profile)
    let made = try Self.column(values).footprint
    #expect(made.total < profile.text!.byteCount / 2, "seed \(seed)")
    #expect(
      Double(foretold.total) > 0.9 * Double(made.total)
        && Double(foretold.total) < 1.6 * Double(made.total),
      "seed \(seed): \(foretold.total) for \(made.total)")
  }

  /// A sample is that of its values, whatever their order, and wherever they were cut.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func aSampleHasNoOrder(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let values = Self.texts(seed: seed, count: 20_000).compactMap { $0 }
    func sample(_ values: [[UInt8]]) -> TextSample {
      var sample = TextSample()
      for value in values {
        (value + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer {
          sample.add(UnsafeBufferPointer(rebasing: $0[..<value.count]))
        }
      }
      return sample
    }
    let whole = sample(values)
    #expect(sample(values.shuffled(using: &generator)) == whole, "seed \(seed)")
    let cut = Int.random(in: 0...values.count, using: &generator)
    var joined = sample(Array(values[cut...]))
    joined.formUnion(sample(Array(values[..<cut])))
    #expect(joined == whole, "seed \(seed), cut at \(cut)")
    #expect(try TextSample.decoded(whole.encoded()) == whole, "seed \(seed)")
  }
}
