import Columnar
import TestSupport

@testable import Typing

/// Columns that evidence is tried on: one kind after another, so that each is met in few rounds.
enum EvidenceColumns: CaseIterable {
  case pools, borders, wholeDecimals, sequence, brokenSequence, versions, affixes, strictAffixes
  case toldFormat, toldTimes, fewTexts, manyTexts, nulls, spans, datesAmongInstants, longDecimals
  case oddText, commas, twoFormats, nullRuns, numbered

  func column(using generator: inout SeededGenerator) -> PartedColumn {
    var column = PartedColumn(fields: [])
    let rowCount = Int.random(in: 1...40, using: &generator)
    switch self {
    case .pools:
      column.fields = FieldPool.column(using: &generator)
      column.typing = FieldPool.setup(using: &generator).typing
    case .strictAffixes:
      column.typing.columns["v"] = ColumnTyping()
      column.typing.columns["v"]?.readsAffixedNumbers = true
    case .affixes: column.typing.readsAffixedNumbers = true
    case .toldFormat: column.typing.dateFormats = ["%d.%m.%y"]
    case .commas:
      column.delimiter = [0x2C, 0x3B].randomElement(using: &generator)!
      switch Int.random(in: 0...2, using: &generator) {
      case 0: column.typing.decimalSeparator = 0x2C
      case 1: column.typing.thousandsSeparator = 0x2C
      default: break
      }
    case .twoFormats: column.typing.dateFormats = ["%d/%m/%Y", "%m/%d/%Y"]
    case .toldTimes: column.typing.dateFormats = ["%d.%m.%Y", "%H.%M"]
    default: break
    }
    if self != .pools {
      let field = fields(using: &generator)
      column.fields = (0..<rowCount).map { field(&generator, $0) }
    }
    if hasNulls, Bool.random(using: &generator) {
      for row in column.fields.indices where Int.random(in: 0..<8, using: &generator) == 0 {
        column.fields[row] = [.empty, FieldText(text: "NA"), .quotedEmpty].randomElement(
          using: &generator)!
      }
    }
    return column
  }

  private var hasNulls: Bool { self != .sequence && self != .pools }

  private typealias Source = (inout SeededGenerator, Int) -> FieldText

  /// What each row has, as the choices that hold for the whole column say.
  private func fields(using generator: inout SeededGenerator) -> Source {
    func among(_ words: [String]) -> Source {
      { generator, _ in FieldText(text: words.randomElement(using: &generator)!) }
    }
    func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }
    func rarely(_ words: [String], _ usual: @escaping Source) -> Source {
      let isMet = number(0...2) == 0
      return { generator, row in
        isMet && Int.random(in: 0..<10, using: &generator) == 0
          ? FieldText(text: words.randomElement(using: &generator)!) : usual(&generator, row)
      }
    }
    switch self {
    case .pools: return among([])
    case .borders:
      let borders = [7, 8, 15, 16, 31, 32, 53, 62, 63].shuffled(using: &generator).prefix(2)
      let values = borders.flatMap { bits in
        (Int128(-2)...2).flatMap { ["\((1 << bits) + $0)", "\($0 - (1 << bits))"] }
      }
      return among(Array(values.shuffled(using: &generator).prefix(number(1...8))))
    case .wholeDecimals:
      return rarely(["0.5", "1.25", "9223372036854775807", "1e3", "word"]) { generator, _ in
        let value = Int.random(in: -40_000...40_000, using: &generator)
        return FieldText(text: Bool.random(using: &generator) ? "\(value).0" : "\(value)")
      }
    case .sequence, .brokenSequence:
      let (start, step, form) = (number(-99...99), number(-3...3), number(0...3))
      let isBroken = self == .brokenSequence
      return { generator, row in
        let isOff = isBroken && Int.random(in: 0..<12, using: &generator) == 0
        let value = start + row * step + (isOff ? 1 : 0)
        switch form {
        case 0: return FieldText(text: "\(value)")
        case 1: return FieldText(text: SlowText.decimal(Int128(value), scale: 1 + row % 2))
        case 2: return FieldText(text: SlowText.date(day: value))
        default:
          return FieldText(text: SlowText.date(day: value) + (row % 3 == 0 ? "" : " 00:00:00"))
        }
      }
    case .versions:
      let minors = number(2...14)
      return rarely(["1.05", "12345.5", "3", "-1.5", "2.1000", "x"]) { generator, _ in
        FieldText(text: "3.\(Int.random(in: 1...minors, using: &generator))")
      }
    case .affixes, .strictAffixes:
      let numbers = ["1,234.50", "12.30", "7", "-0.25", "1.234", "1,234"]
      let unit = ["€", "$", "%", "kg"][number(0...3)]
      let chosen = Array(numbers.shuffled(using: &generator).prefix(number(1...4)))
      return rarely(["5", "£1", "3,5 \(unit)", "word"], among(chosen.map { "\($0) \(unit)" }))
    case .toldFormat:
      return rarely(
        ["2024-01-31", "word", "31.12.2024"], among(["31.01.24", "1.2.24", "05.06.23"]))
    case .toldTimes:
      return rarely(["2024-01-31", "word"], among(number(0...1) == 0 ? ["31.01.2024"] : ["12.30"]))
    case .fewTexts:
      return rarely(["12", "NULL"], among(["a", "bb", "x,y", "say \"hi\"", "ä", "a\0b"]))
    case .manyTexts:
      let prefix = ["", "a longer text, number "][number(0...1)]
      return { generator, _ in
        FieldText(text: prefix + "\(Int.random(in: 0...999, using: &generator))x")
      }
    case .numbered:
      let decimals = number(0...2)
      let zeros = String(repeating: "0", count: number(0...2))
      return rarely(["A-7", "A-0012", "A-1.5 kg", "A-123456789012345678"]) { generator, _ in
        let whole = Int.random(in: 0...120, using: &generator)
        let fraction = Int.random(in: 10...99, using: &generator)
        return FieldText(text: "A-\(zeros)\(whole)" + (decimals == 2 ? ".\(fraction)" : ""))
      }
    case .nulls: return among(["", "NA", "null", "N/A"])
    case .spans:
      return rarely(
        ["36:15:00", "-1:02:03", "PT5M"], among(["09:15:00", "10:30:00.5", "9:15:00", "24:00:00"]))
    case .datesAmongInstants:
      let instants = ["2024-01-31 10:00:00", "2024-02-01T11:00:00.250", "2024-02-01T11:00:00Z"]
      return rarely(
        ["2024-01-31 00:00:00.123456789"], among(["2024-01-30"] + instants.prefix(number(0...2))))
    case .longDecimals:
      let numbers = [
        "9007199254740990", "9007199254740990.0", "1234567890.1234567", "0.1", "12345678901234567",
      ]
      return among(Array(numbers.shuffled(using: &generator).prefix(number(1...4))))
    case .commas:
      let numbers = ["1,5", "1,234", "0,250", "7", "12,30", "1234,5", "1,234,567"]
      return rarely(
        ["1.5", "x"], among(Array(numbers.shuffled(using: &generator).prefix(number(1...3)))))
    case .twoFormats:
      return rarely(
        ["25/12/2023", "12/25/2023", "x"],
        among(["03/04/2024", ["13/01/2024", "01/13/2024"][number(0...1)]]))
    case .nullRuns:
      let (length, nullTenths) = (number(1...6), number(1...9))
      return { generator, row in
        let isNull = Int.random(in: 0..<10, using: &generator) < nullTenths
        return FieldText(text: isNull ? "" : "\(row / length)")
      }
    case .oddText: return among(["ab", "\u{0}", "\u{FFFD}", "e\u{301}", "é"])
    }
  }
}
