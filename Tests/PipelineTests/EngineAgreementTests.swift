import TestSupport
import Testing

@testable import DelimitedText

/// The fast engine and libcsv give the same records, whatever the chunk size.
struct EngineAgreementTests {
  private static let smallChunks = Array(1...64)
  private static let chunkByteCounts = smallChunks + [1 << 10, 1 << 20]

  private static func options(
    _ engine: CSVReadingOptions.Engine, _ chunkByteCount: Int
  ) -> CSVReadingOptions {
    CSVReadingOptions(
      delimiter: UInt8(ascii: ","), quoting: .enclosed(by: UInt8(ascii: "\"")), hasHeader: false,
      engine: engine, chunkByteCount: chunkByteCount, invalidUTF8: .replace)
  }

  /// Empty when all agree, else what disagrees.
  private static func disagreement(
    _ bytes: [UInt8], chunkByteCounts: [Int] = chunkByteCounts
  ) -> String {
    let expected = Outcome(bytes, options(.libcsv, 1 << 20))
    for chunkByteCount in chunkByteCounts {
      for engine in CSVReadingOptions.Engine.allCases {
        let outcome = Outcome(bytes, options(engine, chunkByteCount))
        if outcome != expected {
          return """
            \(engine) at \(chunkByteCount) bytes: \(String(decoding: bytes, as: UTF8.self).debugDescription)
            gives \(outcome)
            not   \(expected)
            """
        }
      }
    }
    return ""
  }

  @Test(arguments: RecordCases.all.map(\.text) + IrregularCases.all)
  func handMade(_ text: String) {
    #expect(Self.disagreement(Array(text.utf8)) == "")
  }

  @Test(arguments: 0..<64 as Range<UInt64>)
  func generated(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<5 {
      let file = CSVGenerator.file(using: &generator)
      let sizes =
        [1, 2, 3, 1 << 10] + (0..<4).map { _ in Int.random(in: 4...64, using: &generator) }
      #expect(
        Self.disagreement(file, chunkByteCounts: sizes) == "", "seed \(seed), round \(round)")
      for _ in 0..<4 {
        let damaged = CSVGenerator.mutation(of: file, using: &generator)
        #expect(
          Self.disagreement(damaged, chunkByteCounts: sizes) == "", "seed \(seed), round \(round)")
      }
    }
  }

  /// The check can fail: it sees a reader that takes another quote.
  @Test func seesADifference() {
    let bytes = Array("a,'b,c'\n".utf8)
    var other = Self.options(.automatic, 16)
    other.quoting = .enclosed(by: UInt8(ascii: "'"))
    #expect(Outcome(bytes, other) != Outcome(bytes, Self.options(.libcsv, 16)))
  }
}

/// Quotes that RFC 4180 does not know.
enum IrregularCases {
  static let all = [
    "a\"b,c\nd,e\n", "\"a\"b,c\nd,e\n", "\"a\" ,c\nd,e\n", "a,\"b\nc\"d,e\n\"f\",g\n",
    "5\" pipe,x\n3\" pipe,y\n", "\"a\"\"\"b,c\n", "\"\"a,b\n\"\",c\n", "a,b\"\nc,d\"\n",
    "\"a,b\n", "x,y\na,\"b\nc,d\n", "\"\"\"", "\"", "\"\"\"\"", "a,\"b\"\"",
    "\"\"\"a\"\"\",\"\"\"\"\n",
    "a,b\n5\" x,3\"\n6\",7\"\"\n8,9\n", "a\"\r5\"\r\n6\"\"x\r\n", "a,b\n1\",2\n\n3\",4,5\n6\"\n",
    "a,b\n5\" x,\"y, z\"\n6\",\"7\n8\"\n9\",\"1\"\n2,3\n4\" x,5\n",
    "a,b\n5\",1\n6\",2\n7\",\"open\n",
    "a\r\"b\",c\rd,\"e\"x\r", "a,\"b\"\r\n\"c\"\"d\"e,f\r\n", "a,b \"c\"\nd,\"e\" \n",
  ]
}
