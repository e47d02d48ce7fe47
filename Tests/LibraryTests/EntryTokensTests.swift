import Foundation
import TabularDiet
import TestSupport
import Testing

/// The entries of a large dictionary are held as tokens, and nobody sees it.
@Suite struct EntryTokensTests {
  /// Pages of some thousand, each in three rows or so, and none in some.
  private static func visits(seed: UInt64, pageCount: Int = 4000) -> String {
    var random = SeededGenerator(seed: seed)
    let words = (0..<300).map { _ in
      String(
        (0..<Int.random(in: 3...9, using: &random)).map { _ in
          Character(UnicodeScalar(UInt8.random(in: 97...122, using: &random)))
        })
    }
    let pages = (0..<pageCount).map { page in
      let path = (0..<4).map { _ in words.randomElement(using: &random)! }
      return "https://\(path[0]).example.org/\(path.dropFirst().joined(separator: "/"))?\(page)"
    }
    var text = "id,page,n\n"
    for row in 0..<pageCount * 3 {
      let isKnown = Int.random(in: 0..<20, using: &random) > 0
      let page = isKnown ? pages.randomElement(using: &random)! : ""
      text += "\(row),\(page),\(Int.random(in: 0...99, using: &random))\n"
    }
    return text
  }

  private static func policy(_ storage: StoragePolicy) -> LayoutPolicy {
    var policy = LayoutPolicy()
    policy.storage = storage
    return policy
  }

  private struct Tables {
    let folder: TemporaryFolder
    let path: String
    let fast: DataFrame

    init(seed: UInt64) throws {
      folder = try TemporaryFolder()
      path = try folder.file("visits.csv", visits(seed: seed)).path
      fast = try DataFrame(contentsOfCSVFile: path)
    }

    /// The table as it is held under a policy; its pages are a dictionary of tokens, or of what neighbours do not share.
    func dense(_ storage: StoragePolicy) throws -> DataFrame {
      let dense = try DataFrame(contentsOfCSVFile: path, policy: policy(storage))
      let (plain, page) = (try #require(fast["page"]), try #require(dense["page"]))
      let entries = storage == .packed ? "tokens" : "front"
      #expect(page.layout.description == "dictionary<uint12, \(entries)>", "\(storage)")
      #expect(plain.layout.description == "dictionary<uint16>")
      #expect(page.footprint.dictionary * 2 < plain.footprint.dictionary, "\(storage)")
      return dense
    }
  }

  @Test(arguments: [StoragePolicy.packed, .smallest], 0..<2 as Range<UInt64>)
  func answersAreTheSame(storage: StoragePolicy, seed: UInt64) throws {
    let tables = try Tables(seed: seed)
    let (fast, dense) = (tables.fast, try tables.dense(storage))
    #expect(dense == fast)
    let pages = try TextColumn("page", of: fast)
    let page = try #require((0..<20).lazy.compactMap { pages[$0] }.first)
    let conditions = [
      "page = '\(page)'", "page != '\(page)'", "starts_with(page, '\(page.prefix(12))')",
      "page in ('\(page)', 'https://nowhere')", "page > '\(page)'",
      "page between 'https://c' and 'https://m'", "page like '%a/b%'", "page is null",
      "n > 50 and page < 'https://k'", "page + 'x' = '\(page)x'",
    ]
    for condition in conditions {
      let expected = try fast.filtered(where: condition)
      #expect(try dense.filtered(where: condition) == expected, "seed \(seed), \(condition)")
    }
    #expect(try dense.sorted(on: "page", "id") == fast.sorted(on: "page", "id"))
    #expect(
      try dense.grouped(by: "page").aggregated(.sum("n"))
        == fast.grouped(by: "page").aggregated(.sum("n")))
    let rows = stride(from: 0, to: 400, by: 3).map { $0 }
    let (few, denseFew) = (try fast.taking(rows), try dense.taking(rows))
    #expect(denseFew == few)
    for kind in [JoinKind.inner, .left] {
      let expected = try fast.joined(few, on: "page", kind: kind)
      #expect(try dense.joined(denseFew, on: "page", kind: kind) == expected)
      #expect(try dense.joined(few, on: "page", kind: kind) == expected)
      #expect(try fast.joined(denseFew, on: "page", kind: kind) == expected)
    }
    for expression in ["page", "upper(page)", "length(page)", "coalesce(page, 'none')"] {
      #expect(try dense.evaluate(expression) == fast.evaluate(expression), "\(expression)")
    }
  }

  @Test func tablesGoTogether() throws {
    let (first, second) = (try Tables(seed: 3), try Tables(seed: 4))
    let dense = try first.dense(.packed)
    let expected = try first.fast.appending(second.fast)
    #expect(try dense.appending(second.dense(.packed)) == expected)
    #expect(try dense.appending(second.fast) == expected)
    // Parts of one table keep their entries.
    let halves = try dense.rows(0..<6000).appending(dense.rows(6000..<12_000))
    #expect(halves == first.fast)
    #expect(halves["page"]?.layout == dense["page"]?.layout)
  }

  /// What engines and files get does not depend on the policy, nor what a plan says.
  @Test func entriesAreHandedOverAsTheyWere() throws {
    let tables = try Tables(seed: 5)
    let dense = try tables.dense(.packed)
    for (name, frame) in [("fast", tables.fast), ("dense", dense)] {
      try frame.write(toArrowFile: tables.folder.path("\(name).arrow"))
      try frame.write(toParquetFile: tables.folder.path("\(name).parquet"))
      try frame.write(toCSVFile: tables.folder.path("\(name).csv"))
    }
    for format in ["arrow", "parquet"] {
      let found = try ["fast", "dense"].map {
        let path = tables.folder.path("\($0).\(format)")
        return format == "arrow"
          ? try DataFrame(contentsOfArrowFile: path) : try DataFrame(contentsOfParquetFile: path)
      }
      #expect(found[0] == found[1], "\(format)")
      #expect(found[0]["page"]?.layout == found[1]["page"]?.layout, "\(format)")
    }
    #expect(
      try Data(contentsOf: URL(filePath: tables.folder.path("fast.csv")))
        == Data(contentsOf: URL(filePath: tables.folder.path("dense.csv"))))

    var options = ReadingOptions()
    options.layout = Self.policy(.packed)
    let read = try TableReader(tables.path, options: options).read()
    let recommendation = try #require(read.recommendations.first { $0.profile.name == "page" })
    #expect(!recommendation.isForetold)
    #expect(recommendation.footprint == read.frame["page"]?.footprint)
    let again = try TableReader(tables.path, options: options).read(plan: read.plan)
    #expect(again.frame == tables.fast)
    #expect(again.frame["page"]?.layout.description == "dictionary<uint12, tokens>")
    #expect(again.frame["page"]?.footprint == read.frame["page"]?.footprint)
  }

  /// Neither threads nor chunks show in the bytes.
  @Test func bytesAreTheSameOnAnyNumberOfThreads() throws {
    let tables = try Tables(seed: 6)
    var options = ReadingOptions()
    options.layout = Self.policy(.packed)
    let frames = try [1, 2, 5].map { threads in
      options.text.threads = threads
      return try TableReader(tables.path, options: options).read().frame
    }
    #expect(Set(frames.map { $0["page"]?.footprint.total }).count == 1)
    #expect(frames.allSatisfy { $0 == tables.fast })
  }

  /// Entries that have nothing in common stay as they are.
  @Test func noiseStaysPlain() throws {
    var random = SeededGenerator(seed: 8)
    let noise = (0..<2000).map { _ in
      String(
        (0..<Int.random(in: 20...30, using: &random)).map { _ in
          Character(UnicodeScalar(UInt8.random(in: 46...126, using: &random)))
        })
    }
    let rows = (0..<8000).map { _ in noise.randomElement(using: &random)! + "\n" }
    let text = "key\n" + rows.joined()
    let folder = try TemporaryFolder()
    let path = try folder.file("noise.csv", text).path
    let fast = try DataFrame(contentsOfCSVFile: path)
    let dense = try DataFrame(contentsOfCSVFile: path, policy: Self.policy(.packed))
    #expect(dense == fast)
    #expect(dense["key"]?.layout.description == "dictionary<uint11>")
  }
}
