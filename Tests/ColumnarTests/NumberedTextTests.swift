import Foundation
import TestSupport
import Testing

@testable import Columnar

/// Numbers in text: what is known of texts, whatever their order and cuts, and the way there and back.
@Suite struct NumberedTextTests {
  /// Texts, and the form that all of them have; `nil` for none.
  private static let examples:
    [(texts: [String], form: NumberedText?, numbers: ClosedRange<Int64>)] =
      [
        (
          ["INV-000042", "INV-000007", "INV-120000"], .init(prefix: "INV-", digits: 6), 7...120_000
        ),
        (["id0000005595", "id0000005600"], .init(prefix: "id", digits: 10), 5595...5600),
        (
          ["Customer#000000001", "Customer#000000150"], .init(prefix: "Customer#", digits: 9),
          1...150
        ),
        (["12 %", "7 %", "0 %"], .init(suffix: " %"), 0...12),
        (["$12.50", "$1.05", "$0.99"], .init(prefix: "$", point: ".", decimals: 2), 99...1250),
        (["$12.50", "$12.75"], .init(prefix: "$12.", digits: 2), 50...75),
        (
          ["INV-2024-0001/7", "INV-2024-0002/7"],
          .init(prefix: "INV-2024-", digits: 4, suffix: "/7"), 1...2
        ),
        (["007", "042"], .init(digits: 3), 7...42),
        (["9 km²", "10 km²"], .init(suffix: " km²"), 9...10),
        (["S01E07", "S02E01"], .init(prefix: "S", digits: 2, point: "E", decimals: 2), 107...201),
        (
          ["a000000000000000000", "a999999999999999999"], .init(prefix: "a", digits: 18),
          0...999_999_999_999_999_999
        ),
        // Leading zeros among other widths, signs, other characters, too many digits, and nothing to tell apart.
        (["a07", "a123"], nil, 0...0), (["-5 kg", "7 kg"], nil, 0...0), (["a1", "b2"], nil, 0...0),
        (["a1", "1a"], nil, 0...0), (["a1", "a"], nil, 0...0), (["a", "b"], nil, 0...0),
        (["a1", ""], nil, 0...0), (["a1", "a1"], nil, 0...0), (["1.5 m", "2.25 m"], nil, 0...0),
        (["1.1.1", "2.2.2"], nil, 0...0), (["1.1.1", "2.1.2"], nil, 0...0),
        (["a0000000000000000001", "a0000000000000000002"], nil, 0...0),
        (["a1b2c3d4e5", "a1b2c3d4e6"], nil, 0...0),
        (
          [String(repeating: "x", count: 65) + "1", String(repeating: "x", count: 65) + "2"], nil,
          0...0
        ),
      ]

  private static func runs(_ texts: some Sequence<[UInt8]>) -> DigitRuns {
    var runs = DigitRuns()
    for text in texts { text.withUnsafeBufferPointer { runs.note($0) } }
    return runs
  }

  private static func bytes(_ runs: DigitRuns) -> [UInt8] {
    var writer = ProfileWriter()
    writer.write(runs)
    return writer.bytes
  }

  @Test(arguments: examples.indices) func formsAreFound(index: Int) throws {
    let (texts, form, numbers) = Self.examples[index]
    let found = Self.runs(texts.map { Array($0.utf8) }).form
    #expect(found?.text == form, "\(texts)")
    guard let found else { return }
    #expect(found.numbers == numbers && found.text.isSound, "\(texts)")
    let codec = NumberedTextCodec(found.text)
    for text in texts {
      let bytes = Array(text.utf8)
      let number = try #require(bytes.withUnsafeBufferPointer { codec.number(of: $0) }, "\(text)")
      #expect(numbers.contains(number) && codec.text(of: number) == bytes, "\(text)")
    }
  }

  /// Texts that are alike more often than not, of any number of pieces and digits.
  private static func texts(_ generator: inout SeededGenerator) -> [[UInt8]] {
    func random(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    let pieces = (0...random(1...3)).map { _ in ["", "x", "-", "é", ".", "#0"][random(0...5)] }
    let width = random(1...4)
    let (isFixed, changes) = (random(0...1) == 0, random(0...pieces.count))
    return (0..<random(1...12)).map { _ in
      var text = pieces[0]
      for (place, piece) in pieces.dropFirst().enumerated() {
        let limit = place == changes ? 9 : Int(NumberedText.power(width)) - 1
        let digits = "\(place < changes ? 7 : random(0...limit))"
        let zeros = isFixed ? String(repeating: "0", count: max(0, width - digits.count)) : ""
        text += zeros + digits + piece
      }
      if random(0...30) == 0 { text += "!" }
      return Array(text.utf8)
    }
  }

  /// Whatever the order and the cuts, and by way of profiles.
  @Test(arguments: 0..<300 as Range<UInt64>) func cutsAreNotSeen(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let texts = Self.texts(&generator)
    let whole = Self.runs(texts)
    var parts: [DigitRuns] = []
    for text in texts.shuffled(using: &generator) {
      if parts.isEmpty || Bool.random(using: &generator) { parts.append(DigitRuns()) }
      text.withUnsafeBufferPointer { parts[parts.count - 1].note($0) }
    }
    var joined = DigitRuns()
    for part in parts.shuffled(using: &generator) {
      var reader = ProfileReader(Self.bytes(part))
      let read = try DigitRuns(from: &reader)
      #expect(reader.isAtEnd && read == part, "seed \(seed)")
      joined.formUnion(read)
    }
    #expect(joined == whole && Self.bytes(joined) == Self.bytes(whole), "seed \(seed)")
    guard let (form, numbers) = whole.form else { return }
    let codec = NumberedTextCodec(form)
    let found = texts.map { $0.withUnsafeBufferPointer { codec.number(of: $0) } }
    #expect(found.allSatisfy { $0 != nil }, "seed \(seed): \(form)")
    #expect(found.compactMap { $0 }.min() == numbers.lowerBound, "seed \(seed): \(form)")
    #expect(found.compactMap { $0 }.max() == numbers.upperBound, "seed \(seed): \(form)")
  }

  /// A text has a number where it is the text of that number, and texts of one length are in its order.
  @Test(arguments: 0..<100 as Range<UInt64>) func textsAreTheirNumbers(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func random(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    let decimals = random(0...3)
    let form = NumberedText(
      prefix: ["", "a", "0", "ab1"][random(0...3)], digits: [nil, 1, 2, 5][random(0...3)],
      point: decimals == 0 ? "" : [".", "", "00"][random(0...2)], decimals: decimals,
      suffix: ["", "z", "9", " %"][random(0...3)])
    let codec = NumberedTextCodec(form)
    var (known, last): ([Int64], [UInt8]) = (
      (0..<200).map { _ in
        Int64.random(
          in: 0..<(form.numberLimit ?? NumberedText.power(random(1...18))), using: &generator)
      }.sorted(), []
    )
    known.removeAll { form.digits == nil && $0 >= NumberedText.power(18 - decimals) }
    for number in known {
      let text = codec.text(of: number)
      #expect(text.withUnsafeBufferPointer { codec.number(of: $0) } == number, "\(form)")
      if form.isOrdered { #expect(!text.lexicographicallyPrecedes(last), "\(form), \(number)") }
      last = text
      // One byte changed, gone or new.
      var other = text
      switch random(0...2) {
      case 0 where !text.isEmpty: other[random(0...text.count - 1)] = UInt8(random(0x2E...0x3A))
      case 1 where !text.isEmpty: other.remove(at: random(0...text.count - 1))
      default: other.insert(UInt8(random(0x2E...0x3A)), at: random(0...text.count))
      }
      if let found = other.withUnsafeBufferPointer({ codec.number(of: $0) }) {
        #expect(
          codec.text(of: found) == other, "\(form), \(String(decoding: other, as: UTF8.self))")
      }
    }
    // What null rows hold is written as something that fits.
    for number in [Int64.min, -1, .max] {
      #expect(codec.text(of: number).count <= codec.maximumByteCount, "\(form)")
    }
  }

  /// Whatever stands in a profile, it is read as something that has a form or none, or refused.
  @Test(arguments: 0..<200 as Range<UInt64>) func anyBytesAreReadOrRefused(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var bytes = Self.bytes(Self.runs(Self.texts(&generator)))
    for _ in 0..<200 {
      bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
        in: 0...12, using: &generator)
      var reader = ProfileReader(bytes)
      guard let read = try? DigitRuns(from: &reader), let (form, numbers) = read.form else {
        continue
      }
      guard form.isSound else { continue }
      let codec = NumberedTextCodec(form)
      #expect(codec.text(of: numbers.upperBound).count <= codec.maximumByteCount, "seed \(seed)")
    }
  }
}
