import CKernels
import TestSupport
import Testing

struct UTF8ValidationTests {
  /// The longest valid prefix, by the standard library's decoder.
  static func reference(_ bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var valid = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      valid += UTF8.width(scalar)
    }
    return valid
  }

  func expectAgreement(_ bytes: [UInt8], _ origin: @autoclosure () -> String) {
    let found = diet_utf8_first_invalid(bytes, bytes.count)
    let expected = Self.reference(bytes)
    if found != expected { Issue.record("\(origin()): \(found) for \(expected) in \(bytes)") }
    let isValid = String(validating: bytes, as: UTF8.self) != nil
    if isValid != (found == bytes.count) {
      Issue.record("\(origin()): String(validating:) disagrees on \(bytes)")
    }
  }

  @Test
  func `Every pair of bytes, and every lead with every second byte`() {
    let rests: [[UInt8]] = [[0x80], [0xBF], [0x41], [0x80, 0x80], [0xBF, 0xBF], [0x80, 0xC0]]
    for lead in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        expectAgreement([lead, second], "pair")
        for rest in rests {
          expectAgreement([lead, second] + rest, "lead, second and \(rest)")
        }
      }
    }
  }

  @Test
  func `Random texts, whole and damaged`() {
    let letters = ["a", "b", ",", "é", "ж", "漢", "\u{FFFF}", "😀", "\u{10FFFF}", "\u{D7FF}"]
    for seed in 0..<3000 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let asciiPercent = Int.random(in: 0...100, using: &generator)
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...120, using: &generator) {
        let isASCII = Int.random(in: 0..<100, using: &generator) < asciiPercent
        bytes += (isASCII ? "x" : letters.randomElement(using: &generator)!).utf8
      }
      expectAgreement(bytes, "seed \(seed)")
      guard !bytes.isEmpty else { continue }
      expectAgreement(Array(bytes.dropLast()), "seed \(seed), cut short")
      bytes[Int.random(in: bytes.indices, using: &generator)] =
        UInt8.random(in: 0x80...0xFF, using: &generator)
      expectAgreement(bytes, "seed \(seed), damaged")
    }
  }
}
