import CKernels
import TestSupport
import Testing

/// Every code path that this CPU has answers as the byte-by-byte reference does.
///
/// Serialized because the choice of a path is global.
@Suite(.serialized)
struct StructuralScanTests {
  static let paths = ["avx512", "avx2", "neon", "portable"].filter {
    let initial = diet_csv_scan_path()
    defer { diet_csv_scan_select(initial) }
    return diet_csv_scan_select($0) == 1
  }

  static let alphabet = [",", ";", "\t", "\"", "'", "\r", "\n", " ", "a", "b", "\0", "é"]

  /// A random text; `structure` weighs structural bytes against letters.
  static func text(count: Int, structure: Int, using generator: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let isLetter = Int.random(in: 0..<100, using: &generator) >= structure
      bytes += (isLetter ? "x" : alphabet.randomElement(using: &generator)!).utf8
    }
    return Array(bytes.prefix(count))
  }

  func expectAgreement(
    _ bytes: [UInt8], delimiter: UInt8, quote: UInt8, _ origin: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = StructuralScan(referenceFor: bytes, delimiter: delimiter, quote: quote)
    for path in Self.paths {
      diet_csv_scan_select(path)
      let found = StructuralScan(scanning: bytes, delimiter: delimiter, quote: quote)
      if found != expected {
        Issue.record(
          "\(path) \(origin()): \(found) for \(expected) in \(bytes.prefix(500))",
          sourceLocation: sourceLocation)
      }
      for isAtEndOfInput in [false, true] {
        var flags: UInt32 = 0
        let cut = diet_csv_cut(bytes, bytes.count, delimiter, quote, isAtEndOfInput ? 1 : 0, &flags)
        let expectedCut = expected.cut(bytes, isAtEndOfInput: isAtEndOfInput)
        if cut != expectedCut || StructuralFlag.all(in: flags) != expected.flags {
          Issue.record(
            """
            \(path) \(origin()), cut at end \(isAtEndOfInput): \(cut) for \(expectedCut), \
            flags \(flags) for \(expected.flags) in \(bytes.prefix(500))
            """,
            sourceLocation: sourceLocation)
        }
      }
    }
  }

  @Test(arguments: [2, 20, 100])
  func `Random texts of every small size`(structure: Int) {
    for size in 0...200 {
      let seed = UInt64(structure * 1000 + size)
      var generator = SeededGenerator(seed: seed)
      for _ in 0..<6 {
        let bytes = Self.text(count: size, structure: structure, using: &generator)
        for delimiter in Array(",;\t ".utf8) {
          for quote in [0, UInt8(ascii: "\""), UInt8(ascii: "'")] {
            expectAgreement(
              bytes, delimiter: delimiter, quote: quote,
              "seed \(seed), delimiter \(delimiter), quote \(quote)")
          }
        }
      }
    }
  }

  @Test(arguments: [1, 5, 40])
  func `Large random texts`(structure: Int) {
    for seed in 1...8 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let count = Int.random(in: 4_000...20_000, using: &generator)
      let bytes = Self.text(count: count, structure: structure, using: &generator)
      for quote in [0, UInt8(ascii: "\"")] {
        expectAgreement(
          bytes, delimiter: UInt8(ascii: ","), quote: quote, "seed \(seed), quote \(quote)")
      }
    }
  }

  @Test
  func `A quote at every position around a block's border`() {
    let patterns = [
      "\"", "\"\"", "\"\"\"", ",\"", "\",", "\"\n", "\n\"", "\r\"", "\"\r\n", "\"a", "a\"",
    ]
    for size in [64, 65, 127, 128, 129, 192] {
      for pattern in patterns {
        for offset in 55..<70 {
          for opening in [false, true] {
            var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: size)
            if opening { bytes[0] = UInt8(ascii: "\"") }
            for (index, byte) in pattern.utf8.enumerated() where offset + index < size {
              bytes[offset + index] = byte
            }
            expectAgreement(
              bytes, delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""),
              "\(pattern.debugDescription) at \(offset) of \(size), opening \(opening)")
          }
        }
      }
    }
  }

  @Test
  func `Line ends across a block's border`() {
    for lineEnd in ["\r\n", "\r", "\n", "\r\r\n", "\n\r", "\r\n\r\n"] {
      for size in 120...136 {
        for offset in 60..<66 {
          var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: size)
          bytes.replaceSubrange(offset..<(offset + lineEnd.utf8.count), with: lineEnd.utf8)
          bytes.replaceSubrange((size - lineEnd.utf8.count)..., with: lineEnd.utf8)
          for quote in [0, UInt8(ascii: "\"")] {
            expectAgreement(
              bytes, delimiter: UInt8(ascii: ","), quote: quote,
              "\(lineEnd.debugDescription) at \(offset) and the end of \(size)")
          }
        }
      }
    }
  }

  @Test
  func `Dense separators fill whole blocks`() {
    for byte in Array(",\n\"".utf8) {
      for size in [63, 64, 65, 640, 1000] {
        expectAgreement(
          [UInt8](repeating: byte, count: size), delimiter: UInt8(ascii: ","),
          quote: UInt8(ascii: "\""), "\(size) times \(byte)")
      }
    }
  }

  @Test
  func `A path that no CPU has is refused`() {
    let before = String(cString: diet_csv_scan_path())
    #expect(diet_csv_scan_select("none") == 0)
    #expect(String(cString: diet_csv_scan_path()) == before)
  }
}
