import Testing

@testable import DelimitedText

struct RecordFindingsTests {
  private static func chunk(_ ordinal: Int) -> RawChunk {
    let chunk = RawChunk()
    chunk.ordinal = ordinal
    chunk.byteOffset = ordinal * 1000
    return chunk
  }

  /// Another thread may add while one still looks for the place of its first: nothing is lost,
  /// whichever of them is first in the file.
  @Test(arguments: [(outer: 1, inner: 0), (outer: 0, inner: 1)])
  func whatIsSeenMeanwhileCounts(ordinals: (outer: Int, inner: Int)) throws {
    let findings = RecordFindings()
    findings.add(.short, count: 1, in: Self.chunk(ordinals.outer)) {
      findings.add(.short, count: 2, in: Self.chunk(ordinals.inner)) { 7 }
      return 7
    }
    let finding = try #require(findings.all.first)
    #expect(finding.count == 3)
    #expect(finding.byteOffset == 7)
  }

  @Test func theFirstInTheFileIsNamed() {
    let findings = RecordFindings()
    for ordinal in [3, 1, 2] {
      findings.add(.short, count: ordinal, in: Self.chunk(ordinal)) { ordinal }
      findings.add(.strayQuote, count: 0, in: Self.chunk(ordinal)) { ordinal }
    }
    #expect(findings.all.map(\.kind) == [.short])
    #expect(findings.all.map(\.count) == [6])
    #expect(findings.all.map(\.byteOffset) == [1001])
  }
}
