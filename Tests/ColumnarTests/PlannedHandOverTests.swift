import Columnar
import Testing

struct PlannedHandOverTests {
  /// Codes of a plan hold each entry, and are those of whole bytes however the column is held.
  @Test(arguments: [2, 3, 100, 128, 129, 200, 256, 257, 32_768, 32_769, 40_000, 65_537, 70_000])
  func codesHoldEachEntry(entryCount: Int) throws {
    let texts = (0..<3).map { Array("text \($0)".utf8) }
    var profile = PlainColumn(type: .string, values: .texts(texts)).profile
    profile.rowCount = 3 * entryCount
    profile.dictionaryCount = entryCount
    let encoding = try #require(Encodings.named["dictionary"])
    var codeBits: Set<Int> = []
    for storage in StoragePolicy.allCases {
      let policy = LayoutPolicy().storing(storage)
      for layout in encoding.layouts(for: profile, policy: policy) {
        let planned = try #require(PlannedHandOver(type: .string, layout: layout), "\(layout)")
        #expect(planned.wordLimit >= entryCount, "\(layout)")
        codeBits.insert(planned.codeBits)
      }
    }
    #expect(codeBits.count == 1, "\(codeBits)")
  }
}
