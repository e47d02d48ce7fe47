import Columnar
import TestSupport
import Testing

@testable import FileIO
@testable import Typing

/// Numbers with something beside them are the numbers, however they are written.
struct AffixedNumberTests {
  private static let units = ["", "$", "€", "EUR", "zł", "%", "kg", "km/h", "US$", "Rs."]
  private static let groups: [(AffixedNumber.Signs, String)] = [
    (.point, ","), (.point, " "), (.point, "\u{A0}"), (.point, "\u{202F}"), (.point, "'"),
    (.comma, "."), (.comma, " "), (.comma, "\u{2009}"), (.comma, "\u{2019}"), (.point, ""),
  ]

  /// Every unit in front or behind, every way to say a number is below zero, every separator.
  @Test func readsEverySpelling() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<3000 {
      let magnitude =
        Int64.random(in: 1...9_999_999_999, using: &generator)
        / [1, 1000, 1_000_000].randomElement(using: &generator)!
      let places = Int.random(in: 0...3, using: &generator)
      let fraction = (0..<places).map { _ in String(Int.random(in: 0...9, using: &generator)) }
        .joined()
      let (signs, group) = Self.groups.randomElement(using: &generator)!
      let unit = Self.units.randomElement(using: &generator)!
      let point = String(UnicodeScalar(signs.decimal))
      var text = Self.grouped(magnitude, by: group) + (places > 0 ? point + fraction : "")
      let space = ["", " ", "\u{A0}"].randomElement(using: &generator)!
      let isNegative = magnitude > 0 && Bool.random(using: &generator)
      let isInFront = Bool.random(using: &generator)
      if isNegative {
        switch Int.random(in: 0..<4, using: &generator) {
        // A minus between letters and digits may be a part of an id.
        case 0:
          text = "-" + (isInFront ? unit + space : "") + text + (isInFront ? "" : space + unit)
        case 1:
          text = (isInFront ? unit + space : "") + text + "-" + (isInFront ? "" : space + unit)
        case 2:
          text =
            "(" + (isInFront ? unit + space : "") + text + (isInFront ? "" : space + unit) + ")"
        default:
          text =
            "\u{2212}" + (isInFront ? unit + space : "") + text + (isInFront ? "" : space + unit)
        }
      } else {
        text = (isInFront ? unit + space : "") + text + (isInFront ? "" : space + unit)
      }
      let expected =
        (isNegative ? "-" : "") + String(magnitude) + (places > 0 ? "." + fraction : "")
      #expect(Self.read(text, signs) == [unit, expected], "\(text)")
    }
  }

  @Test(arguments: [
    "", "-", "$", "()", "A-5", "1 234 5", "1,23", "12,34,567", "1'234 567", "1.2.3", "$5€", "--5",
    "(-5)", "5#", "5 kg m", "007 kg", "1e5", "5.-", "1/2", "INV-000007",
  ])
  func others(_ text: String) {
    #expect(Self.read(text, .point) == nil)
  }

  private static func grouped(_ number: Int64, by separator: String) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text = separator + text }
      text = String(digit) + text
    }
    return text
  }

  /// The unit and the number.
  private static func read(_ text: String, _ signs: AffixedNumber.Signs) -> [String]? {
    let column = FieldColumn([Array(text.utf8)])
    return withExtendedLifetime(column) {
      guard let number = AffixedNumber(column.slice[0]) else { return nil }
      var bytes: [UInt8] = []
      guard number.write(signs, allowsZeros: false, to: &bytes) else { return nil }
      return [
        String(decoding: number.unit.bytes, as: UTF8.self), String(decoding: bytes, as: UTF8.self),
      ]
    }
  }

  // MARK: - Columns

  /// Which separators are meant, one value shows for all, wherever it stands and however the file is
  /// cut; where none does, nothing is guessed.
  @Test func oneValueSettlesTheSeparators() throws {
    for (proof, expected) in [("$1.5", "1234.0"), ("$1,5", "1.234"), ("$1,234,567", "1234")] {
      for place in [0, 5, 19] {
        var values = Array(repeating: "$1,234", count: 20)
        values[place] = proof
        for chunk in [16, 64, 1 << 20] {
          let column = try Self.column(values, chunk)
          #expect(column.values[place == 7 ? 8 : 7] == expected, "\(proof) at \(place), \(chunk)")
          #expect(column.fidelity == .value)
        }
      }
    }
    for values in [
      ["$1,234", "$2,345"], ["$1.5", "$2,5"], ["$1", "€1"], ["$1", "1"], ["$1", "x"],
    ] {
      #expect(throws: ReadingError.self, "\(values)") { try Self.column(values, 16) }
    }
  }

  private static func column(_ values: [String], _ chunkByteCount: Int) throws -> ObservedColumn {
    var setup = ReadingSetup()
    setup.chunkByteCount = chunkByteCount
    setup.threads = 2
    setup.typing.columns["v"] = ColumnTyping()
    setup.typing.columns["v"]?.readsAffixedNumbers = true
    return try ObservedColumn(values.map { FieldText(text: $0) }, setup)
  }
}
