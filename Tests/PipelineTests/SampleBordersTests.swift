import DelimitedText
import TestSupport
import Testing

/// Pieces of text that begin anywhere: borders are those of records, or there are none.
@Suite struct SampleBordersTests {
  private static let dialect = CSVDialect()

  /// A table of three columns and where its records begin; the middle one may hold what looks like records.
  private func table(_ random: inout SeededGenerator, isQuoted: Bool) -> (
    text: [UInt8], starts: Set<Int>
  ) {
    var text = ""
    var starts: Set<Int> = [0]
    for row in 0..<400 {
      var middle = "word\(row)"
      if isQuoted, Bool.random(using: &random) {
        let lines = (0...Int.random(in: 0..<6, using: &random)).map { _ in
          ["1,2,3", "a \"\"b\"\" c", "", ",", "plain words"].randomElement(using: &random)!
        }
        middle = "\"" + lines.joined(separator: "\n") + "\""
      }
      text += "\(row),\(middle),\(row * 7)" + (row % 2 == 0 ? "\n" : "\r\n")
      starts.insert(text.utf8.count)
    }
    return (Array(text.utf8), starts)
  }

  private func borders(
    _ text: [UInt8], at start: Int, _ count: Int, dialect: CSVDialect = dialect, width: Int = 3
  ) -> SampleBorders? {
    let piece = Array(text[start..<min(text.count, start + count + 400)])
    return piece.withUnsafeBufferPointer {
      SampleBorders(
        $0, upTo: count, isAtStart: start == 0, isAtEnd: start + count + 400 >= text.count,
        dialect: dialect, width: width)
    }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func areThoseOfRecords(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let isQuoted = seed % 3 > 0
    let (text, starts) = table(&random, isQuoted: isQuoted)
    var settledCount = 0
    for _ in 0..<40 {
      let place = Int.random(in: 0..<text.count - 2_000, using: &random)
      let count = Int.random(in: 800..<1_600, using: &random)
      guard let found = borders(text, at: place, count) else { continue }
      settledCount += 1
      #expect(starts.contains(place + found.bytes.lowerBound), "seed \(seed), \(place)")
      #expect(starts.contains(place + found.bytes.upperBound), "seed \(seed), \(place)")
      #expect(found.bytes.upperBound >= count, "seed \(seed), \(place)")
      // The one that begins nearest.
      #expect(
        !starts.contains { place < $0 && $0 < place + found.bytes.lowerBound },
        "seed \(seed), \(place)")
    }
    #expect(settledCount >= (isQuoted ? 30 : 40), "seed \(seed): \(settledCount) of 40")
  }

  /// Within a quoted field that looks like a table of its own nothing is told, or what is so.
  @Test func aTableWithinAFieldIsNotTaken() {
    let inner = String(repeating: "1,2,3\n", count: 400)
    let text = Array("a,b,c\n1,\"\(inner)\",2\n3,4,5\n6,7,8\n".utf8)
    let piece = Array(text[2_000...])
    let found = piece.withUnsafeBufferPointer {
      SampleBorders($0, upTo: $0.count, isAtEnd: true, dialect: Self.dialect, width: 3)
    }
    if let found {
      #expect(String(decoding: piece[found.bytes], as: UTF8.self) == "3,4,5\n6,7,8\n")
    }
  }

  @Test func oneColumnIsToldByItsQuotes() {
    let records = (0..<50).map { "\"line \($0)\nmore, of it\"\n" }
    let text = Array(records.joined().utf8)
    var starts: Set<Int> = [0]
    var end = 0
    for record in records {
      end += record.utf8.count
      starts.insert(end)
    }
    for place in stride(from: 1, to: 400, by: 7) {
      guard let found = borders(text, at: place, 300, width: 1) else { continue }
      #expect(starts.contains(place + found.bytes.lowerBound), "\(place)")
    }
  }

  @Test func withoutQuotesEveryLineIsARecord() {
    var dialect = CSVDialect(quote: nil)
    dialect.delimiter = UInt8(ascii: ";")
    let text = Array(String(repeating: "a\";b\n", count: 300).utf8)
    #expect(borders(text, at: 2, 600, dialect: dialect, width: 2)?.bytes == 3..<603)
  }

  @Test func aRecordWithoutAnEndHasNone() {
    let text = Array(("a,b,c\n1,\"" + String(repeating: "x", count: 5_000)).utf8)
    #expect(borders(text, at: 20, 900) == nil)
  }
}
