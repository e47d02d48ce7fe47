import Columnar
import TestSupport
import Testing

@testable import Typing

/// Whether a number is written as it would be printed is told from its digits as from printing it.
struct PrintedFloatTests {
  private func agrees(_ text: String) -> Bool {
    guard let value = Double(text) else { return true }
    var copy = text
    return copy.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return true }
      let field = Field(start: start, count: bytes.count, isQuoted: false)
      return FloatReader.prints(value, as: field) == (renderedFloat(value) == text)
    }
  }

  @Test(arguments: [
    "0", "-0", "0.0", "-0.0", "1", "-1", "01", "00", "0.1", "-0.1", ".5", "5.", "-.5", "1.50",
    "0.50",
    "100", "1e5", "0.0001", "0.00010", "0.00001", "0.000012345", "-0.0001", "123456789012345",
    "1234567890123456", "12345678901234567", "0.123456789012345", "0.1234567890123456",
    "99999999999999.9", "999999999999999.9", "123456.789012345", "9007199254740993", "1.0", "-1.0",
    "1.5e0", "+1.5", "0.30000000000000004", "72057594037927945", "1000000000000000000",
  ])
  func edges(_ text: String) { #expect(agrees(text), "\(text)") }

  @Test func anyDigits() {
    var random = SeededGenerator(seed: 88)
    for _ in 0..<200_000 {
      let digits = (0..<Int.random(in: 1...18, using: &random)).map { _ in
        "\([0, 0, 1, 5, 9, Int.random(in: 0...9, using: &random)].randomElement(using: &random)!)"
      }
      var text = digits.joined()
      if Bool.random(using: &random) {
        text.insert(
          ".",
          at: text.index(
            text.startIndex, offsetBy: Int.random(in: 0...digits.count, using: &random)))
      }
      if Bool.random(using: &random) { text = "-" + text }
      if !agrees(text) {
        Issue.record("\(text), seed 88")
        return
      }
    }
  }
}
