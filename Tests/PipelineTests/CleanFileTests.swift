import TestSupport
import Testing

/// No wrong guess on clean files: every record is there, and there is nothing to say.
struct CleanFileTests {
  private static let words = [
    "a", "Ann Lee", "New York", "#1", "# 1", "Total", "Total: 5", "note", "x y z", "(none)", "// a",
    "1", "2.5", "007", "2024-01-31", "10:20", "NA", "-", "ok", "C:\\dir", "it's", "a|b", "a;b", "%",
  ]

  /// A plain file of records that all are equally wide, and these records.
  private static func file(
    using generator: inout SeededGenerator
  ) -> (text: String, records: [[String]]) {
    let width = Int.random(in: 2...6, using: &generator)
    let count = Int.random(in: 1...40, using: &generator)
    let typed = (0..<width).map { _ in Bool.random(using: &generator) }
    var records = [(0..<width).map { "name\($0)" }]
    for _ in 0..<count {
      records.append(
        typed.map { isTyped in
          isTyped
            ? String(Int.random(in: 0...999, using: &generator))
            : words.randomElement(using: &generator)!
        })
    }
    let end = ["\n", "\r\n", "\r"].randomElement(using: &generator)!
    return (records.map { $0.joined(separator: ",") + end }.joined(), records)
  }

  @Test(arguments: 0..<64 as Range<UInt64>)
  func everyRecordIsRead(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<8 {
      let (text, records) = Self.file(using: &generator)
      let found = try DirtyFileTests.read(text)
      let place = "seed \(seed), round \(round): \(text.debugDescription)"
      #expect(found.records == DirtyFileTests.lines(records), "\(place)")
      #expect(found.table.notes == [], "\(place)")
    }
  }

  /// The law can fail: a line of prose before the records is said to be left out.
  @Test func seesAPreamble() throws {
    let found = try DirtyFileTests.read("A report\n\na,b\n1,2\n3,4\n5,6\n")
    #expect(!found.table.notes.isEmpty)
  }
}
