import TestSupport
import Testing

@testable import Columnar

@Suite struct TextTableTests {
  /// Strings of up to 40 bytes, some of them often, so that several lie in one batch; with bytes to
  /// read past the last.
  private func strings(_ count: Int, _ generator: inout SeededGenerator) -> [[UInt8]] {
    (0..<count).map { _ in
      let number = UInt64.random(in: 0...3, using: &generator) == 0 ? 7 : generator.next() % 9_000
      let length = Int(number % 40)
      let digits = Array(String(number, radix: 7).utf8)
      return Array(repeating: 0x2E, count: max(0, length - digits.count)) + digits
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func batchesFindWhatSingleLookUpsFind(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let texts = strings(20_000, &generator)
    let table = TextTable()
    var reference: [[UInt8]: UInt32] = [:]
    var hashes = [UInt64](repeating: 0, count: TextTable.batchRowCount)
    var codes = [UInt32](repeating: 0, count: TextTable.batchRowCount)
    for start in stride(from: 0, to: texts.count, by: TextTable.batchRowCount) {
      let batch = texts[start..<min(start + TextTable.batchRowCount, texts.count)]
      for (row, text) in batch.enumerated() {
        hashes[row] = (text + slack).withUnsafeBufferPointer {
          table.hash(of: $0.baseAddress!, count: text.count)
        }
      }
      table.findCandidates(hashes, count: batch.count, into: &codes)
      for (row, text) in batch.enumerated() {
        let code = (text + slack).withUnsafeBufferPointer {
          table.code(
            of: $0.baseAddress!, count: text.count, hash: hashes[row], candidate: codes[row])
        }
        let expected = reference[text] ?? UInt32(reference.count)
        reference[text] = expected
        #expect(code == expected, "seed \(seed): row \(start + row)")
        if code != expected { return }
      }
    }
    #expect(table.count == reference.count)
    for (text, code) in reference { #expect(Array(table[Int(code)]) == text) }
  }

  /// A hash may lead to another string: then the candidate is not believed.
  @Test func aCandidateIsComparedByte() {
    let table = TextTable()
    for (text, length) in [("AAAAAAAAAA", 10), ("AAAAAAAAAB", 10), ("AAAAAAAAAA", 9)] {
      let bytes = Array(text.utf8) + slack
      let code = bytes.withUnsafeBufferPointer {
        table.code(
          of: $0.baseAddress!, count: length, hash: 5, candidate: table.count > 0 ? 0 : .max)
      }
      #expect(Int(code) == table.count - 1, "\(text.prefix(length))")
    }
    #expect(table.count == 3)
  }

  private let slack = [UInt8](repeating: 0xEE, count: 16)
}
