import Columnar
import DelimitedText
import FileIO
import TestSupport
import Testing

@testable import Pipeline
@testable import Typing

/// Bytes of a profile are checked, not trusted: whatever they are, they are refused, or are those of a table that
/// can be told.
@Suite struct DamagedProfileTests {
  private static let texts = [
    "a,b,c\n1,x,2024-01-31\n2,,\n3,\"y\nz\",2024-02-01\n",
    "a,b\n1.5,03/04/2024\n-2.25,13/04/2024\n1e-3,\n",
    "a,b\ntrue,10:20:30\nfalse,1\n,2,3\n",
    "id\n1\n2\n3\n4\n5\n",
    // Columns that say the same: on lines, equal, of one value, of none.
    "a,b,c,d,e\n1,2.5,x,x,2024-01-01\n2,4.5,,,2024-01-02\n4,8.5,z,z,2024-01-04\n",
    "a,b,c,d,e,f\n,,7,3,1e-3,1e-3\n,,7,3,2e-3,2e-3\n",
    "a,b\n03/04/2024,03/04/2024\n04/04/2024,04/04/2024\n",
  ]

  private func bytes(_ text: String) throws -> [UInt8] {
    let pass = ProfilingPass(
      .bytes(Array(text.utf8), name: "t.csv"), reading: CSVReadingOptions(),
      typing: TypingOptions())
    return try pass.profile(options: []).encoded()
  }

  private func tell(_ bytes: [UInt8]) {
    var reader = ProfileReader(bytes)
    var added = PartProfile(
      options: [], header: [], rowCount: 0, files: [], columns: [],
      related: RelatedReadings(), anomalies: PartAnomalies())
    try? added.formUnion(from: &reader)
    guard let profile = try? PartProfile.decoded(bytes) else { return }
    let source = ProfileTableSource(profile, threads: 1)
    _ = LoadedTable(profile, source: source, typing: TypingOptions())
    _ = source.notes
    var twice = profile
    try? twice.formUnion(profile)
  }

  @Test(arguments: texts)
  func anyByteMayBeAnother(_ text: String) throws {
    let bytes = try bytes(text)
    tell(bytes)
    for place in bytes.indices {
      for other in [bytes[place] ^ 1, bytes[place] ^ 0x80, bytes[place] &+ 1, 0, 0x7F, 0xFF] {
        var damaged = bytes
        damaged[place] = other
        tell(damaged)
      }
      #expect(throws: ProfileFault.self) { try PartProfile.decoded(Array(bytes[..<place])) }
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func someBytesMayBeOthers(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bytes = try bytes(Self.texts[Int(seed) % Self.texts.count])
    for _ in 0..<200 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<damaged.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: damaged[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: damaged.remove(at: place)
        default: damaged.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        }
      }
      tell(damaged)
    }
  }
}
