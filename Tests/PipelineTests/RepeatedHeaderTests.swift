import Columnar
import Testing

@testable import DelimitedText
@testable import Pipeline

/// Records that are the header once more are found wherever a text is cut, and whatever stands beside them.
@Suite struct RepeatedHeaderTests {
  private static let rows = (0..<60).map { "n\($0),x\($0 % 5)\n" }.joined()

  @Test(
    arguments: [
      ("plain", 60, "name,b\n\(rows)"),
      ("comments", 60, "# a remark, of course\nname,b\n\(rows)"),
      ("stray quotes", 62, "name,b\n\(rows)n,5\" pipe\n\"q\",x\n"),
      ("stray quotes before", 61, "name,b\nn,5\" pipe\n\(rows)"),
      ("escapes", 61, "name,b\n\(rows)\"say \\\"hi\\\"\",x\n"),
      ("quoted lines", 61, "name,b\n\(rows)\"of\ntwo lines\",x\n"),
      ("a header of two lines", 60, "\"name\n(first)\",b\n\(rows)"),
    ] as [(String, Int, String)])
  func areLeftOut(_ name: String, _ rowCount: Int, _ part: String) throws {
    for size in [64, 200, 700, 1500, 1 << 19] {
      for isDropped in [true, false] {
        var reading = CSVReadingOptions(hasHeader: true, chunkByteCount: size)
        reading.dropsRepeatedHeaders = isDropped
        if name == "comments" { reading.comments = .prefix(Array("#".utf8)) }
        let table = try TableLoader(
          inputs: [.bytes(Array(String(repeating: part, count: 4).utf8), name: "test.csv")],
          reading: reading, typing: TypingOptions(), keepsValues: true, countsDistinct: false
        ).load()
        #expect(
          table.rowCount == 4 * rowCount + (isDropped ? 0 : 3),
          "\(name), chunks of \(size) bytes, dropped: \(isDropped)")
        let found = table.source.csv?.findings.count(of: RecordFindings.Kind.repeatedHeader)
        #expect(found == 3, "\(name), chunks of \(size) bytes, dropped: \(isDropped)")
      }
    }
  }
}
