import Foundation
import TestSupport
import Testing

@testable import TabularDiet

/// The profiles of parts, put together, are the profile of the whole, byte by byte; and say what reading the
/// whole table says.
@Suite struct MergeableProfileTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-parts-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  /// Tables whose cuts are hard: the name says how.
  static let tables: [(name: String, text: String)] = [
    (
      "plain",
      "id,price,when\n"
        + (1...300).map { "\($0),\($0 % 7).5\($0 % 10),2024-01-\(10 + $0 % 20)\n" }.joined()
    ),
    (
      "quoted",
      "a,b\n" + (1...200).map { "\($0),\"line \($0)\nnext, \"\"quoted\"\"\n\"\n" }.joined()
    ),
    ("crlf", "a,b\r\n" + (1...200).map { "\($0),word \($0 % 9)\r\n" }.joined()),
    ("bytes", "ä,b\n" + (1...200).map { "ü€\($0 % 5),𝄞\($0)\n" }.joined()),
    ("stray", "a,b\n" + (1...200).map { "\($0),6\" pipe \($0 % 3)\n" }.joined()),
    (
      "lateText",
      "a,b\n"
        + (1...300).map { "\($0 == 280 ? "late" : "\($0)"),\($0 > 250 ? "1e-3" : "2")\n" }.joined()
    ),
    (
      "ragged",
      "a,b,c\n"
        + (1...200).map { $0 % 40 == 7 ? "1,2\n" : $0 % 50 == 9 ? "1,2,3,4\n" : "1,2,3\n" }.joined()
    ),
    (
      "raggedRuns",
      "a,b\n"
        + (1...300).map {
          $0 % 7 == 3
            ? "1\n" : $0 < 100 || $0 % 90 > 60 ? "\($0 / 9),2\n" : "\($0 / 9),\($0 / 5),\($0)\n"
        }.joined()
    ),
    (
      "nullRuns",
      "a,b\n"
        + (1...300).map {
          "\($0 % 120 < 50 ? "" : "\($0 / 8)"),\($0 % 11 == 0 ? "NA" : "\($0 / 20).5")\n"
        }.joined()
    ),
    (
      "nulls",
      "a,b\n"
        + (1...200).map { "\($0 % 3 == 0 ? "NA" : "\($0)"),\($0 < 100 ? "" : "x")\n" }.joined()
    ),
    ("dates", "d\n" + (1...200).map { "\($0 > 150 ? "13" : "04")/0\(1 + $0 % 9)/2024\n" }.joined()),
    ("single", "word\n" + (1...100).map { $0 % 9 == 0 ? "\n" : "w\($0 % 4)\n" }.joined()),
    ("endless", "a,b\n1,2\n3,4"),
    ("cr", "a,b\r" + (1...200).map { "\($0),\"word\r \($0 % 9)\"\r" }.joined()),
    ("signs", "a,b\n" + (1...60).map { "\($0),x\n" }.joined() + "\u{1A}\0\0"),
    ("header", "a,b\n"),
    (
      "words",
      "a,b\n" + (1...90).map { "\(["-", "NA", "3", "\($0)"][$0 % 4]),\($0 % 5)\n" }.joined()
    ),
    (
      "numbered",
      "invoice,share,total\n"
        + (1...200).map {
          "INV-\(100_000 + $0),\($0 % 7 == 0 ? "" : "\($0 % 101) %"),$\($0 * 7).\(10 + $0 % 90)\n"
        }.joined()
    ),
    (
      "separators",
      "k;v\n" + (1...60).map { "\($0);\(["1.5", "1,5", "1e5", "2"][$0 % 4])\n" }.joined()
    ),
  ]

  private func parts(
    _ path: String, _ count: Int, options: ReadingOptions = ReadingOptions(),
    isBrief: Bool = false, using generator: inout SeededGenerator
  ) throws -> [MergeableProfile] {
    let size = try #require(
      try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    let inner = (1..<count).map { _ in Int.random(in: 0...size, using: &generator) }.sorted()
    return try zip([0] + inner, inner + [size]).map { start, end in
      var reader = try TableReader(path, options: options)
      reader.byteRange = start..<end
      return try reader.mergeableProfile(isBrief: isBrief)
    }
  }

  private func merged(
    _ parts: [MergeableProfile], using generator: inout SeededGenerator
  ) throws -> MergeableProfile {
    var parts = parts.shuffled(using: &generator)
    while parts.count > 1 {
      let place = Int.random(in: 1..<parts.count, using: &generator)
      let other = parts.remove(at: place)
      try parts[place - 1].formUnion(
        Bool.random(using: &generator) ? MergeableProfile(bytes: other.bytes) : other)
    }
    return parts[0]
  }

  @Test(arguments: tables.map(\.name), 1...3 as ClosedRange<UInt64>)
  func anyCutGivesTheSameBytes(_ name: String, _ seed: UInt64) throws {
    let text = try #require(Self.tables.first { $0.name == name }).text
    try withFolder { folder in
      let path = "\(folder)/table.csv"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      var options = ReadingOptions()
      // Words of the user's, one of them built in, and one that could be a number.
      if seed == 2 { options.typing.nullTokens = ["-", "NA", "3"] }
      let whole = try TableReader(path, options: options).mergeableProfile()
      #expect(whole.missing.isEmpty)
      var generator = SeededGenerator(seed: seed)
      for count in [2, 3, 8, 40] {
        let parts = try parts(path, count, options: options, using: &generator)
        #expect(parts.reduce(0) { $0 + $1.rowCount } == whole.rowCount, "seed \(seed), \(count)")
        let merged = try merged(parts, using: &generator)
        let isSame = merged.bytes == whole.bytes
        #expect(isSame, "\(name), seed \(seed), \(count) parts")
        // Files are read one by one into what is known already, from 32 on by several threads.
        let parted = "\(folder)/\(count)"
        try FileManager.default.createDirectory(atPath: parted, withIntermediateDirectories: true)
        for (number, part) in parts.enumerated() {
          try part.write(toFile: "\(parted)/\(number).profile")
        }
        let read = try MergeableProfile(contentsOfFiles: [parted])
        let isRead = read.bytes == whole.bytes
        #expect(isRead, "\(name), seed \(seed), \(count) files")
      }
    }
  }

  @Test(arguments: tables.map(\.name))
  func planIsThatOfTheTable(_ name: String) throws {
    let text = try #require(Self.tables.first { $0.name == name }).text
    try withFolder { folder in
      let path = "\(folder)/table.csv"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let whole = try TableReader(path).mergeableProfile()
      let expected = try TableReader(path).profile()
      let found = try whole.profile()
      #expect(found.plan() == expected.plan(), "\(name)")
      #expect(found.rowCount == expected.rowCount)
      for (a, b) in zip(found.recommendations, expected.recommendations) {
        #expect(a.layout == b.layout && a.footprint == b.footprint, "\(name).\(a.profile.name)")
        #expect(a.profile.distinctCount == b.profile.distinctCount, "\(name).\(a.profile.name)")
        #expect(a.profile.integers == b.profile.integers, "\(name).\(a.profile.name)")
      }
    }
  }

  /// Tables whose parts may differ, so that brief profiles do not always tell the whole.
  private static let unalike: Set<String> = [
    "stray", "lateText", "nulls", "dates", "words", "separators", "ragged",
  ]

  /// Brief profiles give the plan of the table, or name the columns that they do not tell; whole files they always tell.
  @Test(arguments: tables.map(\.name), 1...3 as ClosedRange<UInt64>)
  func briefProfilesGiveThePlanOrSayWhatIsLacking(_ name: String, _ seed: UInt64) throws {
    let text = try #require(Self.tables.first { $0.name == name }).text
    try withFolder { folder in
      let path = "\(folder)/table.csv"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let expected = try TableReader(path).profile().plan()
      var generator = SeededGenerator(seed: seed)
      for count in [1, 2, 3, 8, 40] {
        let parts = try parts(path, count, isBrief: true, using: &generator)
        let merged = try merged(parts, using: &generator)
        let lacking = try merged.lackingColumns()
        let origin: Comment = "\(name), seed \(seed), \(count) parts: \(lacking)"
        if lacking.isEmpty {
          #expect(try merged.profile().plan() == expected, origin)
        } else {
          #expect(count > 1 && Self.unalike.contains(name), origin)
          let error = #expect(throws: ProfileError.self) { try merged.profile() }
          #expect(error?.code == .lackingReadings, origin)
          #expect(error?.message.contains("`\(lacking[0])`") ?? false, origin)
        }
      }
    }
  }

  /// Parts that are stored under the plan of the whole are its rows, each once, and proved.
  @Test(arguments: ["plain", "quoted", "lateText", "nulls"])
  func partsAreStoredUnderOnePlan(_ name: String) throws {
    let text = try #require(Self.tables.first { $0.name == name }).text
    try withFolder { folder in
      let path = "\(folder)/table.csv"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let plan = try TableReader(path).mergeableProfile().profile().plan()
      let expected = try DataFrame(contentsOfCSVFile: path, plan: plan)
      var frames: [DataFrame] = []
      let borders = [0, text.utf8.count / 3, text.utf8.count / 2, text.utf8.count]
      for (start, end) in zip(borders, borders.dropFirst()) {
        var reader = try TableReader(path)
        reader.byteRange = start..<end
        let file = try reader.write(to: "\(folder)/part-\(start).parquet", plan: plan)
        #expect(try file.verify(against: TableReader(path)).isVerified, "\(name), \(start)")
        frames.append(try TableReader(file.path).read(plan: plan).frame)
      }
      let all = try DataFrame(concatenating: frames)
      #expect(all.rowCount == expected.rowCount, "\(name)")
      for (found, column) in zip(all.columns, expected.columns) {
        #expect(found == column, "\(name).\(column.name): \(found.type), \(column.type)")
      }
    }
  }

  @Test func whatDoesNotGoTogetherIsRefused() throws {
    try withFolder { folder in
      func profile(_ text: String, _ name: String, _ range: Range<Int>? = nil) throws
        -> MergeableProfile
      {
        let path = "\(folder)/\(name).csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        var reader = try TableReader(path)
        reader.byteRange = range
        return try reader.mergeableProfile()
      }
      let text = "a,b\n" + (0..<50).map { "\($0),x\n" }.joined()
      let first = try profile(text, "one", 0..<40)
      func code(_ body: () throws -> Void) -> ProfileError.Code? {
        do {
          try body()
          return nil
        } catch {
          return (error as? ProfileError)?.code
        }
      }
      var all = first
      #expect(code { try all.formUnion(first) } == .overlap)
      #expect(code { try all.formUnion(profile(text, "one", 20..<80)) } == .overlap)
      #expect(code { try all.formUnion(profile("a,c\n1,2\n", "other")) } == .otherTable)
      #expect(code { try all.formUnion(profile(text + "1,y\n", "one", 40..<500)) } == .otherTable)
      #expect(code { _ = try first.profile() } == .missingParts)
      #expect(all.bytes == first.bytes)
      var options = ReadingOptions()
      options.typing.nullTokens = ["x"]
      let path = "\(folder)/one.csv"
      let otherwise = try TableReader(path, options: options)
      #expect(throws: (any Error).self) { try all.formUnion(otherwise.mergeableProfile()) }
      let bytes = first.bytes
      for place in bytes.indices {
        var damaged = bytes
        damaged[place] ^= 0x41
        #expect(throws: DocumentError.self) { try MergeableProfile(bytes: damaged) }
        #expect(throws: DocumentError.self) { try MergeableProfile(bytes: Array(bytes[..<place])) }
      }
      // What is sealed is not trusted either.
      let content = try #require(SealedDocument.profile.unsealed(bytes))
      for place in content.indices {
        var odd = content
        odd[place] ^= 0x41
        _ = try? MergeableProfile(bytes: SealedDocument.profile.sealed(odd))
      }
    }
  }
}
