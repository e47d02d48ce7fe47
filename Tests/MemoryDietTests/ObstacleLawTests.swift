import Foundation
import MemoryDiet
import Testing

@testable import Columnar
@testable import DelimitedText
@testable import TabularDiet
@testable import Typing

/// What `diet why` says a column would be without some of its values is what the loader makes of it once
/// these are gone, to the byte; and it names just the values that were planted.
@Suite struct ObstacleLawTests {
  /// A column of one kind, and values that do not belong there.
  struct Kind: Sendable, CustomStringConvertible {
    let description: String
    let obstacles: [String]
    let value: @Sendable (Int, inout SeededGenerator) -> String

    init(
      _ name: String, _ obstacles: [String],
      _ value: @escaping @Sendable (Int, inout SeededGenerator) -> String
    ) {
      description = name
      self.obstacles = obstacles
      self.value = value
    }
  }

  private static func padded(_ number: Int, _ count: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }

  static let kinds: [Kind] = [
    Kind("small integers", ["-", "n/k", " "]) { "\($1.next() % 300)\($0 < 0 ? "x" : "")" },
    Kind("integers, some long", ["99999999999999999999999", "1.5"]) {
      "\($0 * 7919 % 65_521 + Int($1.next() % 2))"
    },
    Kind("integers, some padded", ["007"]) { _, random in "\(random.next() % 60_000)" },
    Kind("integers, one wide", ["5000000000"]) { "\($0 * 7919 % 30_011 + Int($1.next() % 2))" },
    Kind("integers with a base, one small", ["5"]) { _, random in
      "\(1_700_000_000 + random.next() % 50_000)"
    },
    Kind("decimals", ["-", "?", "x1"]) { _, random in
      "\(random.next() % 3000).\(padded(Int(random.next() % 90) + 10))"
    },
    Kind("decimals, one fine", ["1.23456789"]) { _, random in
      "\(random.next() % 300).\(Int(random.next() % 90) + 10)"
    },
    Kind("decimals, one long", ["123456789012345.12345678901"]) { _, random in
      "\(random.next() % 300).\(Int(random.next() % 90) + 10)"
    },
    Kind("floats", ["n/k"]) { _, random in "\(Double(random.next() >> 11) / 9e15)" },
    Kind("booleans", ["yes", "-"]) { _, random in random.next() % 2 == 0 ? "true" : "false" },
    Kind("days", ["2024-02-30", "soon"]) { _, random in
      "20\(padded(Int(random.next() % 100)))-0\(1 + random.next() % 9)-\(padded(1 + Int(random.next() % 28)))"
    },
    Kind("days, the month last", ["?"]) { _, random in
      "\(padded(1 + Int(random.next() % 28)))/\(padded(1 + Int(random.next() % 12)))/2024"
    },
    Kind("spans of time", ["-", "36:75:00"]) { _, random in
      "\(24 + random.next() % 90):\(padded(Int(random.next() % 60))):00"
    },
    Kind("days, one late", ["9999-12-31"]) { _, random in
      "20\(padded(Int(random.next() % 100)))-0\(1 + random.next() % 9)-11"
    },
    Kind("instants", ["2024-06-30 23:59:60"]) { row, _ in
      "2024-06-30 \(padded(row / 3600 % 24)):\(padded(row / 60 % 60)):\(padded(row * 7 % 60))"
    },
    Kind("instants in UTC", ["2024-06-30T00:00:00"]) { row, random in
      "2024-06-\(padded(1 + Int(random.next() % 30)))T\(padded(row / 3600 % 24)):\(padded(row / 60 % 60)):07Z"
    },
    Kind("times", ["24:00:00", "12:00:00.5"]) { row, random in
      "0\(random.next() % 9):\(padded(row % 60)):\(padded(row / 60 % 60))"
    },
    Kind("ids", [" "]) { _, random in
      let digits = padded(Int(random.next() % 1_000_000_000), 12)
      return "0a1b2c3d-0000-4000-8000-\(digits)"
    },
    Kind("addresses", ["unknown", "1.2.3"]) { _, random in
      "10.\(random.next() % 256).\(random.next() % 256).7"
    },
  ]

  /// A table of one such column between two others.
  struct Table {
    var cells: [[String]] = []
    var planted: Set<Int> = []

    init(_ kind: Kind, rows: Int, seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      for row in 0..<rows {
        cells.append(["n\(row)", kind.value(row, &random), row % 3 == 0 ? "-" : "word"])
      }
      for obstacle in kind.obstacles {
        var row = Int(random.next() % UInt64(rows))
        while planted.contains(row) { row = (row + 1) % rows }
        planted.insert(row)
        cells[row][1] = obstacle
      }
    }

    var text: [UInt8] {
      Array(("id,v,w\n" + cells.map { $0.joined(separator: ",") + "\n" }.joined()).utf8)
    }
  }

  private func lean(
    _ table: Table, _ obstacles: ObstacleSearch, chunkByteCount: Int = 1 << 20, threads: Int = 1
  ) throws -> TableProfile {
    var reading = CSVReadingOptions(
      delimiter: UInt8(ascii: ","), quoting: .enclosed(by: UInt8(ascii: "\"")), hasHeader: true)
    reading.chunkByteCount = chunkByteCount
    reading.threads = threads
    var options = ReadingOptions()
    options.text = reading
    var profiling = ProfilingOptions()
    profiling.obstacles = obstacles
    return try TableReader(
      inputs: [.bytes(table.text, name: "test.csv")], options: options
    ).profile(profiling)
  }

  /// What is said of a column, as text.
  private func said(_ table: TableProfile) throws -> [String] {
    try table.narrower[1].map { narrower in
      let rows = narrower.obstacles.flatMap { $0.first.map(\.row) }
      let places = try table.summary.source.find(Set(rows))
      let lines = rows.map { places[$0]?.line ?? 0 }.sorted()
      let profile = narrower.recommendation.profile
      return "\(profile.type) \(narrower.recommendation.layout)"
        + " \(narrower.recommendation.footprint.total) \(narrower.count) \(lines)"
    }
  }

  @Test(arguments: kinds) func holds(_ kind: Kind) throws {
    let table = Table(kind, rows: 600, seed: 7)
    let found = try lean(table, .all)
    var named: Set<Int> = []
    for narrower in found.narrower[1] {
      let rows = narrower.obstacles.flatMap { $0.first.map(\.row) }
      #expect(rows.count == narrower.count)
      let places = try found.summary.source.find(Set(rows))
      let lines = try rows.map { try #require(places[$0]?.line) }
      named.formUnion(lines.map { $0 - 2 })
      var rest = table
      for line in lines { rest.cells[line - 2][1] = "" }
      let loaded = try lean(rest, .none).recommendations[1]
      let said = narrower.recommendation
      #expect(loaded.profile.type == said.profile.type)
      #expect(loaded.layout == said.layout)
      #expect(loaded.footprint == said.footprint)
      #expect(loaded.profile.integers?.minimum == said.profile.integers?.minimum)
      #expect(loaded.profile.integers?.maximum == said.profile.integers?.maximum)
      #expect(loaded.profile.distinctCount == said.profile.distinctCount)
    }
    let all = try said(found)
    #expect(named == table.planted, "\(all)")
  }

  @Test(arguments: kinds) func doesNotDependOnChunksAndThreads(_ kind: Kind) throws {
    let table = Table(kind, rows: 600, seed: 9)
    let whole = try said(lean(table, .all))
    for (size, threads) in [(1 << 12, 1), (1 << 13, 2)] {
      #expect(try said(lean(table, .all, chunkByteCount: size, threads: threads)) == whole)
    }
  }

  /// A column in which nothing is odd is said to have nothing odd.
  @Test(arguments: kinds) func cleanColumnsHaveNone(_ kind: Kind) throws {
    let clean = Table(Kind(kind.description, [], kind.value), rows: 600, seed: 8)
    #expect(try said(lean(clean, .few)) == [])
  }
}
