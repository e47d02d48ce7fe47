import TestSupport

/// Kinds of fields to draw columns from.
enum FieldPool: CaseIterable {
  case nulls, words, small, wide, unsigned, beyond, padded, plus, phones, prices, fractions, exact,
    printed
  case bareExponents, exponents, notFinite, huge, spaced, booleans, shouted, toldBooleans, dates
  case dayFirst, monthFirst, ambiguous, timestamps, nanoseconds, zoned, times, spans, text, ids
  case quoted

  func field(using generator: inout SeededGenerator) -> FieldText {
    func pick(_ words: String...) -> String { words.randomElement(using: &generator)! }
    func number(_ range: ClosedRange<Int64>) -> String {
      String(Int64.random(in: range, using: &generator))
    }
    func digits(_ count: Int) -> String {
      String((0..<count).map { _ in "0123456789".randomElement(using: &generator)! })
    }
    func day() -> String { SlowText.date(day: Int.random(in: -9000...30000, using: &generator)) }
    func two(_ range: ClosedRange<Int>) -> String {
      SlowText.digits(Int.random(in: range, using: &generator), 2)
    }
    func clock() -> String { two(0...23) + ":" + two(0...59) + ":" + two(0...59) }
    switch self {
    case .nulls: return .empty
    case .quoted: return .quotedEmpty
    case .words: return FieldText(text: pick("NA", "N/A", "n/a", "#N/A", "NULL", "null", "None"))
    case .small: return FieldText(text: number(-3...12))
    case .wide: return FieldText(text: number(.min ... .max))
    case .unsigned:
      return FieldText(text: String(UInt64.random(in: 1 << 63 ... .max, using: &generator)))
    case .beyond: return FieldText(text: pick("18446744073709551616", "-9223372036854775809"))
    case .padded: return FieldText(text: "0" + digits(3))
    case .plus: return FieldText(text: "+" + number(0...99))
    case .phones: return FieldText(text: "+49" + digits(9))
    case .prices: return FieldText(text: number(-999...999) + "." + digits(2))
    case .fractions:
      return FieldText(
        text: number(-99...99) + "." + digits(Int.random(in: 1...12, using: &generator)))
    case .exact:
      return FieldText(
        text: number(0...9) + "." + digits(Int.random(in: 15...22, using: &generator)))
    case .printed:
      return FieldText(text: "\(Double.random(in: -200...200, using: &generator))")
    case .bareExponents: return FieldText(text: number(1...9) + "e" + digits(1))
    case .exponents:
      return FieldText(text: number(-9...9) + pick("e-", "E+", ".5e", "e+") + digits(2))
    case .notFinite: return FieldText(text: pick("nan", "NaN", "inf", "-inf", "Infinity"))
    case .huge: return FieldText(text: pick("1e400", "-1e-400", "5e-324", "-0", "-0.0", "0e99"))
    case .spaced: return FieldText(text: pick(" ", "") + number(0...9) + pick(" ", "\t"))
    case .booleans: return FieldText(text: pick("true", "false"))
    case .shouted: return FieldText(text: pick("TRUE", "FALSE"))
    case .toldBooleans: return FieldText(text: pick("yes", "no", "1", "0"))
    case .dates: return FieldText(text: day())
    case .dayFirst: return FieldText(text: two(13...28) + "/" + two(1...12) + "/2024")
    case .monthFirst: return FieldText(text: two(1...12) + "/" + two(13...28) + "/2024")
    case .ambiguous: return FieldText(text: pick("1", "02", "03") + "/" + two(1...12) + "/2024")
    case .timestamps:
      return FieldText(text: day() + pick("T", " ") + clock() + pick("", ".5", ".250", ".000"))
    case .nanoseconds: return FieldText(text: day() + " " + clock() + "." + digits(9))
    case .zoned: return FieldText(text: day() + "T" + clock() + pick("Z", "+01:00", "-0530", "+14"))
    case .times: return FieldText(text: clock() + pick("", "", ".5", ".123456"))
    case .spans:
      let hours = number(0...99)
      return FieldText(
        text: pick("", "", "", "-")
          + pick(
            hours + ":" + two(0...59) + ":" + two(0...59) + pick("", "", ".5", ".25"), clock(),
            "PT" + hours + "H" + pick("", "5M", "05M", "1.5S", "0S"), "P" + hours + "D"))
    case .text: return FieldText(text: pick("a", "bb", "x,y", "say \"hi\"", "ä", "a\0b", " a"))
    case .ids: return FieldText(text: "id-" + digits(4))
    }
  }

  /// A column from one to three pools, one of them rare.
  static func column(using generator: inout SeededGenerator) -> [FieldText] {
    let usual = allCases.randomElement(using: &generator)!
    let rare = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
      Bool.random(using: &generator)
        ? allCases.randomElement(using: &generator)!
        : [.nulls, .words, .small].randomElement(using: &generator)!
    }
    return (0..<Int.random(in: 1...40, using: &generator)).map { _ in
      let isRare = Int.random(in: 0..<6, using: &generator) == 0
      return (isRare ? rare.randomElement(using: &generator) ?? usual : usual)
        .field(using: &generator)
    }
  }

  /// Told readings, most often none.
  static func setup(using generator: inout SeededGenerator) -> ReadingSetup {
    var setup = ReadingSetup()
    if Int.random(in: 0..<4, using: &generator) == 0 { setup.typing.nullTokens = ["5"] }
    if Int.random(in: 0..<4, using: &generator) == 0 { setup.typing.readsZeroPaddedNumbers = true }
    if Int.random(in: 0..<4, using: &generator) == 0 { setup.typing.keepsExactDigits = true }
    if Int.random(in: 0..<4, using: &generator) == 0 {
      setup.typing.booleanWords = Bool.random(using: &generator) ? ("yes", "no") : ("1", "0")
    }
    return setup
  }
}
