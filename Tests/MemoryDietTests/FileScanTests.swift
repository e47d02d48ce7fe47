import Foundation
import TestSupport
import Testing

@testable import TabularDiet

/// Where records begin is found in any ranges, each without the others; what is read from there is what is read from
/// the file's start.
@Suite struct FileScanTests {
  private struct Table {
    let name: String
    let text: String
    let setOptions: @Sendable (inout ReadingOptions) -> Void

    init(
      _ name: String, _ text: String,
      _ setOptions: @escaping @Sendable (inout ReadingOptions) -> Void = { _ in }
    ) {
      (self.name, self.text, self.setOptions) = (name, text, setOptions)
    }
  }

  private static let tables =
    MergeableProfileTests.tables.map { Table($0.name, $0.text) } + [
      Table(
        "oneRecordOverParts",
        "a,b\n1,x\n2,\"" + (1...400).map { "line \($0)\n" }.joined() + "\"\n3,y\n" + rows),
      // Whoever takes the wrong lines for records goes on to do so.
      Table("riddle", "a,b\n" + (1...150).map { "\"\n\($0),\",\"\n,\"\n" }.joined()),
      Table("openQuote", "a,b\n" + rows + "5,\"open\n" + rows) {
        $0.text.quoting = .enclosed(by: UInt8(ascii: "\""))
      },
      Table("marks", "a,b\n" + rows + "\u{FEFF}7,\"x\ny\"\n\u{FEFF}8,z\n" + rows),
      Table("escapes", "a,b\n" + (1...150).map { "\($0),\"say \\\"\n\\\"\"\n" }.joined()) {
        $0.text.escaping = .character(UInt8(ascii: "\\"))
      },
      Table("comments", "a,b\n" + (1...150).map { "# it's \"\n\($0),\"x\ny\"\n" }.joined()) {
        $0.text.comments = .prefix(Array("#".utf8))
      },
      Table("twoBytes", "a||b\n" + (1...150).map { "\($0)||\"x|\ny\"\n" }.joined()) {
        ($0.text.delimiter, $0.text.delimiterTail) = (UInt8(ascii: "|"), Array("|".utf8))
      },
      Table("preamble", "Report of May\n\n" + "a,b\n" + rows),
      Table("footer", "a,b,c\n" + (1...150).map { "\($0),x,1.5\n" }.joined() + "\ntotal: 150\n"),
      Table("skipped", "x\ny\na,b\n" + rows) { $0.text.skippedLineCount = 2 },
    ]
  private static let rows = (1...120).map { "\($0),\"w\($0 % 5)\n\"\n" }.joined()

  private func withTable(
    _ name: String, _ body: (_ path: String, _ size: Int, ReadingOptions) throws -> Void
  ) throws {
    let folder = try TemporaryFolder()
    let table = try #require(Self.tables.first { $0.name == name })
    try folder.file("t.csv", table.text)
    var options = ReadingOptions()
    table.setOptions(&options)
    try body(folder.path("t.csv"), table.text.utf8.count, options)
  }

  private func ranges(
    _ size: Int, _ count: Int, _ generator: inout SeededGenerator
  ) -> [Range<Int>] {
    let inner = (1..<count).map { _ in Int.random(in: 0...size, using: &generator) }.sorted()
    return zip([0] + inner, inner + [size]).map { $0..<$1 }
  }

  private func scan(_ path: String, _ range: Range<Int>?, _ options: ReadingOptions) throws
    -> FileScan
  {
    var reader = try TableReader(path, options: options)
    reader.byteRange = range
    return try reader.scan()
  }

  /// A part's profile, or the error instead of it.
  private func outcome(
    _ path: String, _ range: Range<Int>, _ scan: FileScan?, _ options: ReadingOptions
  ) throws -> String {
    var reader = try TableReader(path, options: options)
    reader.byteRange = range
    reader.fileScan = scan
    do {
      return "\(try reader.mergeableProfile().bytes)"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: tables.map(\.name), 1...2 as ClosedRange<UInt64>)
  func partsAreReadAsFromTheStart(_ name: String, _ seed: UInt64) throws {
    try withTable(name) { path, size, options in
      var generator = SeededGenerator(seed: seed)
      let whole = try scan(path, nil, options)
      for count in [2, 12] {
        let ranges = ranges(size, count, &generator)
        let scans = try ranges.map { try scan(path, $0, options) }
        func joined() throws -> FileScan {
          var all = scans.shuffled(using: &generator)
          while all.count > 1 {
            let next = all.remove(at: Int.random(in: 1..<all.count, using: &generator))
            try all[0].formUnion(FileScan(bytes: next.bytes))
          }
          return all[0]
        }
        let merged = try joined()
        #expect(try joined().bytes == merged.bytes, "seed \(seed), \(ranges)")
        #expect(merged.missing.isEmpty, "seed \(seed), \(ranges)")
        for range in ranges {
          let expected = try outcome(path, range, nil, options)
          let (scan, origin) = [
            (whole, "whole"), (merged, "merged"), (merged.part(before: range.lowerBound), "part"),
          ].randomElement(using: &generator)!
          let found = try outcome(path, range, scan, options)
          #expect(found == expected, "\(name), seed \(seed), \(range) of \(ranges), \(origin)")
        }
      }
    }
  }

  /// In most texts every range says where its records begin, once those before it are known.
  @Test(arguments: [
    "plain", "quoted", "crlf", "bytes", "stray", "ragged", "cr", "escapes", "comments", "twoBytes",
    "skipped", "riddle",
  ])
  func nothingIsLeftUnknown(_ name: String) throws {
    try withTable(name) { path, size, options in
      #expect(try scan(path, nil, options).unknownEnd == nil)
      var all = try scan(path, 0..<size / 3, options)
      try all.formUnion(scan(path, size / 3..<size / 2, options))
      try all.formUnion(scan(path, size / 2..<size, options))
      #expect(all.unknownEnd == nil, "\(name)")
    }
  }

  @Test func whatStandsBeforeAPartIsNotRead() throws {
    let folder = try TemporaryFolder()
    // Whoever takes the wrong quotes for the first of a pair goes on to do so.
    let row = "\"\n1234567890,\",\"\n,\"\n"
    try folder.file("t.csv", "a,b\n" + String(repeating: row, count: 300_000))
    let path = folder.path("t.csv")
    let scan = try scan(path, nil, ReadingOptions())
    let size = 4 + 300_000 * row.utf8.count
    let range = size - 100_003..<size
    let expected = try outcome(path, range, nil, ReadingOptions())
    // Behind what is read to tell the dialect, and before the last place of the scan.
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seek(toOffset: UInt64(4 + 100_000 * row.utf8.count + 11))
    try file.write(contentsOf: Data("\"".utf8))
    try file.close()
    #expect(try outcome(path, range, scan, ReadingOptions()) == expected)
    #expect(try outcome(path, range, nil, ReadingOptions()) != expected)
  }

  @Test func whatDoesNotGoTogetherIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.file("t.csv", "a,b\n" + Self.rows)
    try folder.file("u.csv", "a,b\n" + Self.rows)
    let path = folder.path("t.csv")
    let options = ReadingOptions()
    var first = try scan(path, 0..<90, options)
    #expect(first.missing.first?.lowerBound == 90 && first.unknownEnd == nil)
    #expect(throws: ProfileError.self) { try first.formUnion(first) }
    #expect(throws: ProfileError.self) { try first.formUnion(scan(path, 80..<200, options)) }
    let other = try scan(folder.path("u.csv"), 90..<200, options)
    let error = #expect(throws: ProfileError.self) { try first.formUnion(other) }
    #expect(error?.message.contains("one scan is of") ?? false)
    // Read otherwise, and another file under the same name.
    let whole = try scan(path, nil, options)
    var otherwise = ReadingOptions()
    otherwise.text.comments = .prefix(Array("x".utf8))
    let message = try outcome(path, 300..<400, whole, otherwise)
    #expect(message.contains("scan it again, with the same options"), "\(message)")
    try folder.file("t.csv", "a,b\n" + Self.rows + "1,2\n")
    let changed = try outcome(path, 300..<400, whole, options)
    #expect(changed.contains("when it was scanned"), "\(changed)")
    for place in whole.bytes.indices {
      var damaged = whole.bytes
      damaged[place] ^= 0x41
      #expect(throws: DocumentError.self) { try FileScan(bytes: damaged) }
      #expect(throws: DocumentError.self) {
        try FileScan(bytes: Array(whole.bytes[..<place]))
      }
    }
    // What is sealed is not trusted either.
    let content = try #require(SealedDocument.scan.unsealed(whole.bytes))
    for place in content.indices {
      var odd = content
      odd[place] ^= 0x41
      if let scan = try? FileScan(bytes: SealedDocument.scan.sealed(odd)) {
        _ = try outcome(path, 300..<400, scan, options)
      }
    }
  }
}
