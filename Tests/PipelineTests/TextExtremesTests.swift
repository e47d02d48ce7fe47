import Columnar
import TestSupport
import Testing

@testable import Typing

/// The smallest and the largest text of a column, whether its strings are kept in a table or not.
@Suite struct TextExtremesTests {
  private static let words = [
    "", "a", "b", "ab", "aaaaaaaaz", "aaaaaaaab", "zz\u{0}", "zz", "\u{FF}",
  ]

  private func collector(_ texts: [String], isOpen: Bool) -> TextCollector {
    var collector = TextCollector(purpose: .report)
    collector.isOpen = isOpen
    let column = FieldColumn(texts.map { Array("\"\($0)\"".utf8) }, quote: 0x22)
    var slabs = SlabWriter()
    withExtendedLifetime(column) {
      _ = collector.collect(
        column.slice, ColumnScratch(), TypingContext(options: TypingOptions(), delimiter: 0x2C),
        slabs: &slabs, keepsValues: false)
    }
    return collector
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func areThoseOfTheTexts(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let shares = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      (0..<Int.random(in: 1...6, using: &random)).map { _ in
        Self.words.randomElement(using: &random)!
      }
    }
    let sorted = shares.joined().map { Array($0.utf8) }
      .sorted { $0.lexicographicallyPrecedes($1) }
    let collectors = shares.map { collector($0, isOpen: Bool.random(using: &random)) }
    let profile = TextCollector.united(collectors).profile
    #expect(profile.minimum == sorted.first, "seed \(seed): \(shares)")
    #expect(profile.maximum == sorted.last, "seed \(seed): \(shares)")
  }
}
