import TestSupport
import Testing

@testable import Typing

struct QuoteUnescapingTests {
  /// What a loop over the bytes makes of a field with doubled quotes.
  private static func unescaped(_ text: [UInt8], _ quote: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      result.append(text[index])
      index += text[index] == quote ? 2 : 1
    }
    return result
  }

  /// Bytes that differ from a quote in their lowest or highest bit, or not at all, in fields around
  /// the length of a word; nothing else around them changes.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func words(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for length in 0...70 {
      for quote in [0x22, 0x27] as [UInt8] {
        let share = Int.random(in: 1...6, using: &generator)
        var text: [UInt8] = []
        while text.count < length {
          if Int.random(in: 0..<share, using: &generator) == 0 {
            text += [quote, quote]
          } else {
            text.append(
              [quote ^ 1, quote ^ 0x80, quote &- 1, 0, 0xFF].randomElement(using: &generator)!)
          }
        }
        let expected = Self.unescaped(text, quote)
        let padded = text + [UInt8](repeating: quote, count: 16)
        var target = [UInt8](repeating: 0xAA, count: expected.count + 16)
        let doubled = padded.withUnsafeBufferPointer { bytes in
          let field = Field(start: bytes.baseAddress!, count: text.count, isQuoted: true)
          target.withUnsafeMutableBufferPointer { field.unescape(quote, to: $0.baseAddress!) }
          return field.doubledQuoteCount(quote)
        }
        #expect(text.count - doubled == expected.count, "seed \(seed), \(text)")
        #expect(Array(target.prefix(expected.count)) == expected, "seed \(seed), \(text)")
        #expect(
          target.dropFirst(expected.count + 8).allSatisfy { $0 == 0xAA }, "seed \(seed), \(text)")
      }
    }
  }
}
