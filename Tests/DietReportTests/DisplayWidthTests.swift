import Testing

@testable import Wording

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("ﾊﾝ", 2), ("ハン", 4), ("한글", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("🙂", 2), ("👨‍👩‍👧‍👦", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("（）", 4),
    ("🌡", 1), ("🌡️", 2), ("🌶 hot", 5), ("🚀", 2), ("🥑", 2), ("👍🏽", 2), ("☎️", 2), ("…→×·", 4),
    ("\u{200B}", 0), ("␊", 1), ("\u{FFFD}", 1), ("─", 1),
  ])
  func widths(text: String, width: Int) { #expect(text.displayWidth == width) }

  @Test(arguments: [
    ("sched_dep_time", 14, "sched_dep_time"), ("sched_dep_time", 9, "sche…time"),
    ("sched_dep_time", 2, "…e"), ("sched_dep_time", 1, "…"), ("sched_dep_time", 0, ""),
    ("漢字漢字", 6, "漢…字"), ("漢字漢字", 7, "漢字…字"), ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 5, "👨‍👩‍👧‍👦…👨‍👩‍👧‍👦"),
  ])
  func middleIsLeftOut(text: String, width: Int, expected: String) {
    #expect(text.ellipsized(to: width) == expected)
  }

  @Test func noTextTakesMoreThanItIsGiven() {
    for seed in 1...2_000 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let text = String.random(using: &random).onOneLine
      let width = Int.random(in: 0...40, using: &random)
      #expect(text.ellipsized(to: width).displayWidth <= width, "seed \(seed)")
      #expect(text.padded(to: width).displayWidth == max(width, text.displayWidth), "seed \(seed)")
      for line in text.lines(of: width + 2) {
        #expect(line.displayWidth <= width + 2, "seed \(seed)")
      }
    }
  }

  @Test(arguments: [
    "sed 's/  */\t/g' < in.csv > out.csv", "--type 'my  col=string'", " two  spaces ", "x",
    "a  b", "one long command with --many options=1 and  gaps   in it",
  ])
  func whatIsToBePastedKeepsItsSpaces(code: String) {
    let code = code.onOneLine
    // A piece without a single space that no line holds would be cut.
    for width in 24...100 {
      let lines = "first  do `\(code)`, then go on with  it".lines(of: width)
      #expect(lines.joined(separator: " ") == "first do `\(code)`, then go on with it", "\(width)")
      if code.count + 3 <= width {
        #expect(lines.contains { $0.contains("`\(code)`") }, "\(width)")
      }
    }
  }

  @Test(arguments: [
    ("a\nb", "a␊b"), ("\r\n", "␍␊"), ("\u{1B}[2J", "␛[2J"), ("\0", "␀"), ("\u{7F}", "␡"),
    ("\u{9B}", "\u{FFFD}"), ("\u{202E}", "\u{FFFD}"), ("\u{2028}", "␤"), ("plain é", "plain é"),
  ])
  func controlCharactersAreShown(text: String, expected: String) {
    #expect(text.onOneLine == expected)
  }
}
